"""No sentiment of anything a respondent writes is made, by any library or of our own."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# The one place where the colour of a text is judged, which is that of a question, and who may ask it.
JUDGES = "surveys/instrument/sentiment.py"
ASKS = {"surveys/instrument/linter_checks.py"}
# Says which words of usable comments stand together around a noun, and nothing else about them.
CHUNKS = "feedback/anonymisation/chunks.py"
LIBRARIES = {"textblob", "vaderSentiment", "nltk", "afinn", "pattern", "transformers", "flair", "spacy", "stanza"}
SOURCES = sorted(path for root in ("surveys", "feedback", "cms") for path in (ROOT / root).rglob("*.py"))


def imported(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.fixture(scope="module")
def imports():
    return {path.relative_to(ROOT).as_posix(): set(imported(path)) for path in SOURCES}


def test_no_library_that_judges_sentiment_is_used_on_answers(imports):
    uses = {name for name, found in imports.items() if {one.partition(".")[0] for one in found} & LIBRARIES}
    assert uses == {JUDGES, CHUNKS}


def test_what_proposes_themes_takes_of_the_library_only_what_tags_words(imports):
    taken = {one for one in imports[CHUNKS] if one.startswith("textblob")}
    assert taken == {
        "textblob.en.parsers", "textblob.en.parsers.PatternParser",
        "textblob.en.inflect", "textblob.en.inflect.singularize",
    }  # fmt: skip
    assert "sentiment" not in (ROOT / CHUNKS).read_text("utf-8")
    assert "polarity" not in (ROOT / CHUNKS).read_text("utf-8")


def test_only_the_linter_of_questions_asks_how_a_text_is_coloured(imports):
    asks = {name for name, found in imports.items() if any("sentiment" in one for one in found)}
    assert asks - {JUDGES} == ASKS


def test_no_column_keeps_a_sentiment():
    from django.apps import apps

    names = {field.name for model in apps.get_models() for field in model._meta.get_fields()}
    assert not {name for name in names if "sentiment" in name or "polarity" in name or "mood" in name}
