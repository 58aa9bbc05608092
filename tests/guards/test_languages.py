"""Every language of respondents says everything, with the same blanks to fill, and marks itself as a draft."""

import ast
import json
import re
from pathlib import Path

import polib
import pytest

from feedback.config.demo.questions import QUESTIONS, SURVEYS
from surveys.instrument.wording import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
OTHERS = sorted(set(LANGUAGES) - {"en"})
BLANKS = re.compile(r"%\(\w+\)s")


@pytest.mark.parametrize("language", OTHERS)
def test_the_catalogue_is_complete(language):
    catalogue = polib.pofile(str(ROOT / "locale" / language / "LC_MESSAGES" / "django.po"))
    assert not catalogue.untranslated_entries()
    assert not catalogue.fuzzy_entries()
    for entry in catalogue:
        assert sorted(BLANKS.findall(entry.msgid)) == sorted(BLANKS.findall(entry.msgstr)), entry.msgid
        assert entry.msgid.count("0800 1111") == entry.msgstr.count("0800 1111"), entry.msgid
        assert "@" not in entry.msgstr


@pytest.mark.parametrize("language", OTHERS)
def test_the_demo_asks_in_it(language):
    said = json.loads((ROOT / "feedback/config/demo/translations" / f"{language}.json").read_text("utf-8"))
    for question in QUESTIONS:
        of_question = said["questions"][question.code]
        assert set(of_question["wordings"]) == set(question.wordings)
        assert set(of_question["options"]) == {code for code, *_ in question.options}
        assert all([*of_question["wordings"].values(), *of_question["options"].values()])
    assert all(said["surveys"][survey.wave]["title"] for survey in SURVEYS)


def texts_of(file):
    """What a module of the phone says through gettext."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_":
            yield node.args[0].value


def test_every_text_of_the_phone_is_in_the_catalogues():
    """What was marked for translation since the catalogues were written would be shown in English."""
    known = {entry.msgid for entry in polib.pofile(str(ROOT / "locale" / "cy" / "LC_MESSAGES" / "django.po"))}
    marked = set()
    for file in (ROOT / "surveys" / "answering" / "templates").rglob("*.html"):
        marked |= set(re.findall(r"""\{% translate ["']([^"']+)["'] %\}""", file.read_text()))
    marked |= {text for file in (ROOT / "surveys" / "answering").glob("*.py") for text in texts_of(file)}
    assert len(marked) > 100
    assert marked - known == set()
