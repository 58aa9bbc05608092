"""Screening raises and never lowers; how well it does is measured, not promised."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.safeguarding.screening import Severity, screen
from feedback.safeguarding.screening_rules import RULES, TRANSLATED
from feedback.safeguarding.screening_text import readable
from surveys.instrument.wording import LANGUAGES
from tests.shared import shared
from tests.unit.safeguarding.held_out import ORDINARY, WORRYING

SEVERITY = {None: 0, Severity.SOON: 1, Severity.NOW: 2}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("he hits me", "harm.to_me"),
        ("He HITS me!!!", "harm.to_me"),
        ("he h1ts me", "harm.to_me"),
        ("he herts me", "harm.to_me"),
        ("he hiiiiits me", "harm.to_me"),
        ("my friend says her dad hurts her", "harm.by_someone"),
        ("i don’t feel safe", "danger.not_safe"),
        ("i dont feel safe", "danger.not_safe"),
        ("I want to die", "self.die"),
        ("im cutting myself again, been cutting", "self.harm"),
        ("he said its our secret", "secret.told_not_to"),
        ("please help", "danger.help_me"),
        ("dad has a knife", "danger.weapon"),
        ("we havent eaten today", "neglect.food"),
        ("they lock me in my room", "locked"),
        ("im going to run away tonight", "missing.run"),
        ("i owe someone money", "exploited.debt"),
    ],
)
def test_what_children_say_raises_a_signal(text, rule):
    assert rule in {signal.rule for signal in screen(text).signals}


@pytest.mark.parametrize("text", ["nobody hits me any more", "he used to hit me", "i am not scared of him now"])
def test_in_doubt_a_person_reads_it_first(text):
    """Negation and the past do not lower anything."""
    assert screen(text).needs_a_person_first


def test_offsets_are_places_in_the_text_as_it_was_written():
    text = "Ok… 🙂 He’s  hiiitting   me"
    (first, *_) = [s for s in screen(text).signals if s.rule == "harm.to_me"]
    assert text[first.start : first.end] == "hiiitting   me"


@pytest.mark.parametrize(("language", "text"), [("pl", "on mnie bije"), ("ar", "ابي يضربني"), ("so", "fadlan i caawi")])
def test_words_of_danger_are_known_in_other_languages(language, text):
    assert screen(text, language=language).severity is Severity.NOW


def test_every_language_of_the_platform_has_some():
    assert set(TRANSLATED) == set(LANGUAGES) - {"en"}


def test_an_unknown_language_is_screened_with_the_english_rules():
    assert screen("he hits me", language="xx").needs_a_person_first


def test_every_rule_has_its_own_name_and_says_why():
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.reason.endswith(".") for rule in RULES)


@given(st.text())
def test_any_text_can_be_screened_and_offsets_stay_inside(text):
    for signal in screen(text).signals:
        assert 0 <= signal.start < signal.end <= len(text)


@given(st.sampled_from([*WORRYING, *ORDINARY]), st.text(max_size=80))
def test_writing_more_never_lowers_anything(first, more):
    assert SEVERITY[screen(f"{first}. {more}").severity] >= SEVERITY[screen(first).severity]
    assert SEVERITY[screen(f"{more}. {first}").severity] >= SEVERITY[screen(first).severity]


@given(st.text())
def test_the_same_text_gives_the_same_signals(text):
    assert screen(text) == screen(text)


@given(st.text())
def test_every_letter_knows_where_it_came_from(text):
    words = readable(text)
    assert len(words.text) == len(words.places)
    assert list(words.places) == sorted(words.places)


@pytest.mark.parametrize("piece", ["a", "he ", "he hits ", "dont ", "lock ", "made me "])
def test_a_megabyte_takes_time_in_proportion(piece):
    """Counted in matches and letters, not in seconds: the work for twice the text is twice the text."""
    small, large = piece * 2000, piece * 4000
    assert len(readable(large).text) <= 2 * len(readable(small).text) + 4
    screen(piece * (200_000 // len(piece)))


def rate(texts):
    return sum(screen(text).needs_a_person_first for text in texts) / len(texts)


def test_held_out_texts_are_raised_as_often_as_the_documents_say():
    assert rate(WORRYING) >= 0.90
    assert rate(ORDINARY) <= 0.10


def test_the_development_texts_are_raised():
    rows = [json.loads(line) for line in shared("texts/screening_dev.jsonl").read_text().splitlines()]
    assert rate([row["text"] for row in rows if row["label"]]) >= 0.95
    assert rate([row["text"] for row in rows if not row["label"]]) <= 0.25
