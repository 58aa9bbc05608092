"""What is asked before and after, as it is written down: whole in eight languages, plain, and nothing that blocks."""

import re

import pytest

from surveys.bank import occasions as written
from surveys.bank.occasions import ASKED_WHOM, Occasion, Side, asked_on
from surveys.instrument.document import Instrument
from surveys.instrument.items import Item, Kind, Option
from surveys.instrument.limits import beyond_limits
from surveys.instrument.linter import Severity, lint_instrument
from surveys.instrument.wording import LANGUAGES

NEGATIONS = re.compile(r"\b(no|not|never|none|nobody|nothing|without|\w+n['’]t)\b", re.I)
JOINED = re.compile(r"\b(and|or|also|as well as)\b|;|/", re.I)
EACH = [(occasion, side, audience) for occasion in Occasion for side in Side for audience in ASKED_WHOM]
QUESTIONS = {question["code"]: question for question in written._plan()["questions"]}


def item(code):
    options = written._plan()["sets"][QUESTIONS[code]["answers"]]
    return Item(
        code=code,
        kind=Kind.CHOICE if options else Kind.TEXT,
        texts=written._said("questions", code),
        options=tuple(Option(option, written._said("answers", option)) for option in options),
    )


def told(said):
    for code, texts in said.items():
        lines = {language: text.partition("\n") for language, text in texts.items()}
        heads = {language: first for language, (first, _, _) in lines.items()}
        yield Item(code, Kind.INFORMATION, heads, hints={k: rest for k, (_, _, rest) in lines.items()}, ways_out=())


def instrument(occasion, side, audience):
    asked = asked_on(occasion, side, audience)
    items = (*told(asked.told_first), *map(item, asked.questions), *told(asked.told_last))
    return Instrument(
        title=asked.title, audience=audience, kind="survey", promise="nobody_knows", languages=tuple(LANGUAGES),
        items=items, introduction=asked.introduction,
    )  # fmt: skip


def test_every_language_says_the_same_things_and_none_is_english_under_another_name():
    texts = dict(written._texts())
    assert set(texts) == set(LANGUAGES)
    english = texts.pop("en")
    for language, said in texts.items():
        assert {part: set(of) for part, of in said.items()} == {part: set(of) for part, of in english.items()}
        for part, of in said.items():
            same = [key for key, text in of.items() if not text.strip() or text == english[part][key]]
            assert not same, (language, part, same)


@pytest.mark.parametrize(("occasion", "side", "audience"), EACH)
def test_each_is_short_within_limits_and_nothing_in_it_blocks(occasion, side, audience):
    made = instrument(occasion, side, audience)
    questions = [one for one in made.items if one.kind is not Kind.INFORMATION]
    assert 5 <= len(questions) <= 7
    themes = {one.code: QUESTIONS[one.code]["theme"] for one in questions}
    assert beyond_limits(made, themes) == ()
    found = lint_instrument(made, themes)
    assert not [finding for finding in found if finding.severity is not Severity.NOTE], found
    for one in questions:
        for rule in (NEGATIONS, JOINED):
            assert not rule.search(one.texts["en"]), (rule.pattern, one.texts["en"])


@pytest.mark.parametrize(("occasion", "side", "audience"), EACH)
def test_each_tells_what_it_is_who_gets_it_and_that_the_two_times_are_not_put_together(occasion, side, audience):
    asked = asked_on(occasion, side, audience)
    said = {**asked.told_first, **asked.told_last}
    assert set(said) == ({"what", "mine", "card"} if side is Side.BEFORE else {"mine", "next"})
    if side is Side.BEFORE:
        assert "We do not put your two" in said["card"]["en"]
    assert "Nobody knows that they are yours" in said["mine"]["en"]
    assert all("\n" in text for of in said.values() for text in of.values())
