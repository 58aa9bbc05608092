"""No feature weakens a promise: what is stored and who may open it comes from one table, and its words stay."""

import ast
import hashlib
import re
from pathlib import Path

import pytest
from django.utils import translation

from surveys.answering.promise_words import SAID
from surveys.answering.words import words_for
from surveys.design.models import Promise
from surveys.instrument.promises import IF_NOT_SAFE, MY_PERSON, NOBODY_KNOWS, TABLE, TERMS
from surveys.instrument.wording import Audience

ROOT = Path(__file__).resolve().parents[2]
CODE = {
    file.relative_to(ROOT).as_posix(): file.read_text()
    for house in ("surveys", "feedback", "cms")
    for file in (ROOT / house).rglob("*.py")
    if "migrations" not in file.parts
}
# The words of each terms' number, as a hash of the English: who changes what a child is told raises the number, so that
# every edition says which words it was frozen with. Under *my person* nobody could be asked before decision 50, so its
# first words that anybody was told are these.
WORDS_OF_TERMS = {1: {IF_NOT_SAFE: "0b233af52220c990", MY_PERSON: "2fd5dfab13a87514"}}


def words_as_told(promise):
    """Everything that is said of a promise under which somebody can be found, in English."""
    with translation.override("en"):
        told = [
            f"{promise}/{family}/{name}: {text}"
            for family, words in sorted(SAID[promise].items())
            for name, text in sorted(words.items())
        ]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


def test_the_words_of_a_promise_are_those_of_its_number():
    told = {promise: words_as_told(promise) for promise in (IF_NOT_SAFE, MY_PERSON)}
    assert WORDS_OF_TERMS[TERMS] == told, "Raise TERMS, and keep the old words for the old number."


def test_the_table_and_what_can_be_chosen_are_the_same():
    assert set(TABLE) == set(Promise.values) == set(SAID)


@pytest.mark.parametrize("promise", TABLE)
@pytest.mark.parametrize("audience", Audience)
def test_the_floor_is_said_to_every_audience(promise, audience):
    """Who sees it, what is promised, and what cannot stay private: no survey can leave one of them empty."""
    words = words_for(audience, "", promise)
    for said in (words.who_sees, words.promise, words.promise_more, words.not_private):
        assert str(said).strip()
    assert bool(words.was_looked_up) == bool(words.promise_after) == TABLE[promise].keeps_card


def test_nobody_knows_is_said_of_nothing_that_can_be_opened():
    for audience in Audience:
        assert "look" not in str(words_for(audience, "", NOBODY_KNOWS).promise_more).lower()


def names(pattern):
    """The files that name something."""
    return {file for file, text in CODE.items() if re.search(rf"\b{pattern}\b", text)}


def test_the_number_of_a_card_is_opened_in_one_place():
    assert names("open_card") == {"surveys/responses/coded_cards.py", "feedback/safeguarding/code_actions.py"}
    tree = ast.parse(CODE["feedback/safeguarding/code_actions.py"])
    callers = {
        function.name
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"open_card", "_serial_of"}
    }
    assert callers == {"_serial_of", "look_at_code"}


def test_the_sealed_number_is_named_only_where_it_is_kept_and_erased():
    assert names("CodedCard") == {
        "surveys/responses/coded_cards.py",
        "surveys/responses/models.py",
        "surveys/responses/actions.py",
        "feedback/anonymisation/erasing.py",
    }


def test_a_number_is_printed_with_the_card_and_kept_by_a_delivery_and_nowhere_else():
    assert names("card_serial") == {
        "surveys/fieldwork/link_codes.py",
        "surveys/answering/ways_in.py",
        "cms/desk/cards.py",
    }
    assert names("keep_card") == {"surveys/responses/coded_cards.py", "surveys/responses/actions.py"}


def test_a_choice_is_kept_by_a_delivery_and_read_by_safeguarding_and_the_receipt_and_nowhere_else():
    assert names("keep_hearers") == {"surveys/responses/chosen_hearers.py", "surveys/responses/actions.py"}
    assert names("chosen_among") == {"surveys/responses/chosen_hearers.py", "feedback/safeguarding/hearing.py"}
    assert names("note_heard") == {"surveys/responses/chosen_hearers.py", "feedback/safeguarding/hearing_actions.py"}
    assert names("ChosenHearers") == {
        "surveys/responses/chosen_hearers.py",
        "surveys/responses/models.py",
        "surveys/responses/actions.py",
        "surveys/answering/hearer_words.py",
        "feedback/safeguarding/hearing.py",
        "feedback/anonymisation/erasing.py",
    }


def test_what_is_said_to_hearers_is_given_out_after_it_was_asked_whether_they_were_chosen():
    tree = ast.parse(CODE["feedback/safeguarding/hearing_actions.py"])
    public = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name[0] != "_"}
    for name, node in public.items():
        calls = {one.func.id for one in ast.walk(node) if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)}
        assert {"_chosen", "check_may_read"} & calls, name
        assert "log" in calls, name


def test_no_code_outside_the_table_decides_by_the_name_of_a_promise():
    """Who asks which promise it is, asks the table; it is named only where words are chosen, or one of three."""
    named = names("IF_NOT_SAFE|MY_PERSON") | {file for file, text in CODE.items() if '"if_not_safe"' in text}
    assert named == {
        "surveys/instrument/promises.py",
        "surveys/answering/promise_words.py",
        "surveys/design/models.py",
        # Chooses it for a survey of the demo, as an officer does.
        "feedback/config/demo/hearing.py",
    }


def test_a_wave_gets_its_edition_when_it_is_planned_and_by_pinning_one_of_the_same_promise():
    setting = {
        (file, function.name)
        for file, text in CODE.items()
        for function in ast.walk(ast.parse(text))
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Attribute) and target.attr in {"edition", "edition_id"}
    }
    assert setting == {("surveys/fieldwork/actions.py", "pin_edition")}
    assert "check_same_promise" in CODE["surveys/fieldwork/actions.py"]


def test_no_setting_reaches_the_table():
    assert "settings" not in CODE["surveys/instrument/promises.py"]
    assert "settings" not in CODE["surveys/answering/promise_words.py"]
