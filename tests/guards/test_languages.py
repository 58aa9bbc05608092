"""Every language of respondents says everything, with the same blanks to fill, and marks itself as a draft."""

import ast
import json
import re
from pathlib import Path

import polib
import pytest

from feedback.config.demo.questions import QUESTIONS, SURVEYS
from surveys.answering.sentences import SENTENCES
from surveys.instrument.licensed import MODES
from surveys.instrument.wording import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
OTHERS = sorted(set(LANGUAGES) - {"en"})
FROM_THE_RIGHT = {"ar", "ur"}
BLANKS = re.compile(r"%\(\w+\)s")


@pytest.mark.parametrize("language", OTHERS)
def test_the_catalogue_is_complete(language):
    catalogue = polib.pofile(str(ROOT / "locale" / language / "LC_MESSAGES" / "django.po"))
    assert not catalogue.untranslated_entries()
    assert not catalogue.fuzzy_entries()
    for entry in catalogue:
        assert sorted(BLANKS.findall(entry.msgid)) == sorted(BLANKS.findall(entry.msgstr)), entry.msgid
        # Between languages written from the right a plain space would turn the halves of a number round.
        number = "0800\u00a01111" if language in FROM_THE_RIGHT else "0800 1111"
        assert entry.msgid.count("0800 1111") == entry.msgstr.count(number), entry.msgid
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


def calls_in(folder, names):
    """What is passed first to functions of these names."""
    for file in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
                yield file, node.args[0]


# At the desk only what a worker and a family look at together.
OF_FAMILIES = ("family_page", "family_card", "family_scale", "family_paper", "side_by_side")


def marked_in_templates():
    block = re.compile(r"\{% blocktranslate[^%]*%\}(.*?)\{% endblocktranslate %\}", re.S)
    folders = [ROOT / "surveys" / "answering" / "templates", ROOT / "cms" / "pages" / "templates"]
    at_the_desk = [ROOT / "cms/desk/templates/desk" / f"{name}.html" for name in OF_FAMILIES]
    for file in [*(file for folder in folders for file in folder.rglob("*.html")), *at_the_desk]:
        text = file.read_text()
        yield from re.findall(r"""\{% translate ["']([^"]+?)["'] %\}""", text)
        yield from (re.sub(r"\{\{ (\w+) \}\}", r"%(\1)s", found) for found in block.findall(text))


def marked_in_code():
    names = {"_", "gettext", "gettext_lazy", "gettext_noop"}
    rooms = ("surveys/answering", "cms/pages", "cms/desk")
    for file, text in [call for room in rooms for call in calls_in(room, names)]:
        if file.name != "sentences.py" or isinstance(text, ast.Constant):
            yield ast.literal_eval(text)


def test_every_text_of_the_phone_is_in_the_catalogues():
    """What was marked for translation since the catalogues were written would be shown in English."""
    known = {entry.msgid for entry in polib.pofile(str(ROOT / "locale" / "cy" / "LC_MESSAGES" / "django.po"))}
    marked = {*marked_in_templates(), *marked_in_code()}
    assert len(marked) > 130
    assert marked - known == set()


@pytest.mark.parametrize("name", OF_FAMILIES)
def test_what_a_family_looks_at_together_stands_in_no_template_untranslated(name):
    text = (ROOT / "cms/desk/templates/desk" / f"{name}.html").read_text()
    text = re.sub(r"\{% blocktranslate.*?\{% endblocktranslate %\}|\{[%{].*?[%}]\}|<[^>]*>", "", text, flags=re.S)
    # The way back is for the worker.
    assert re.findall(r"[A-Za-z]{2,}", text.replace("The desk", "")) == []


@pytest.mark.parametrize("language", OTHERS)
def test_each_way_of_answering_a_licensed_scale_is_said_in_it(language):
    catalogue = polib.pofile(str(ROOT / "locale" / language / "LC_MESSAGES" / "django.po"))
    assert set(MODES.values()) <= {entry.msgid for entry in catalogue}


def test_every_sentence_of_the_pure_room_is_listed_to_be_translated():
    """It knows no translations, so the answering room lists what it says."""
    said = set()
    for file, text in calls_in("surveys/instrument", {"InvalidAnswer", "BadDrawing", "Sentence"}):
        if file.name != "sentences.py":
            assert isinstance(text, ast.Constant), f"{file.name} makes up a sentence: {ast.unparse(text)}"
            said.add(text.value)
    assert said == set(SENTENCES)


def test_the_pure_room_says_nothing_else_to_respondents():
    for _, errors in calls_in("surveys/instrument", {"InvalidAnswers"}):
        values = errors.values if isinstance(errors, ast.Dict) else []
        assert not [value for value in values if isinstance(value, ast.Constant | ast.JoinedStr)]
