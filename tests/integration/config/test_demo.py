"""The demo has something for every audience, in our own codes, and worries a lead with one text only."""

import pytest

from feedback.config.demo.answers import TEXTS, WORRYING, rows
from feedback.config.demo.hearing import SAID
from feedback.config.demo.questions import QUESTIONS, SURVEYS
from feedback.config.demo.quoting import an_analyst_chooses
from feedback.config.demo.readings import readings
from feedback.disclosure.blocks import Quarter
from feedback.releases.quoting import quotes_of
from feedback.safeguarding.screening import screen
from surveys.instrument.wording import AT_WORK, Audience, voice_of
from tests.factories.listening import analyst
from tests.factories.quoting import draft, usable, wave_of

# How many questions each is asked, and whether it is a conversation.
ASKED = {
    "AGE_4_5": (6, "conversation"),
    "AGE_6_7": (4, "survey"),
    "AGE_8_11": (10, "survey"),
    "AGE_12_17": (13, "survey"),
    "CARE_LEAVER": (11, "survey"),
    "PARENT_CARER": (5, "survey"),
    "PROFESSIONAL": (9, "survey"),
    "REFERRER": (8, "survey"),
}


def test_every_audience_has_a_survey_or_a_conversation():
    assert {
        s.audience: (sum(s.audience in q.wordings for q in QUESTIONS), s.kind) for s in SURVEYS
    } == ASKED  # fmt: skip
    assert set(ASKED) == set(Audience)
    assert len({survey.wave for survey in SURVEYS}) == len(SURVEYS)


def test_an_analyst_says_something_of_every_question_that_is_counted():
    assert set(readings()) >= {question.code for question in QUESTIONS if question.options}


def test_no_question_is_asked_with_two_voices():
    assert not [q.code for q in QUESTIONS if len({voice_of(Audience(audience)) for audience in q.wordings}) > 1]


def test_a_ladder_of_the_demo_shares_out_a_hundred():
    for question in QUESTIONS:
        if question.kind in {"ladder", "choice", "sort", "faces", "pictures", "again"}:
            assert sum(share for *_, share in question.options) == 100, question.code


def test_only_one_text_of_the_demo_is_a_worry():
    at_work = {q.code for q in QUESTIONS if AT_WORK & set(q.wordings)}
    written = [(text, code in at_work) for code, texts in [*TEXTS.items(), ("", SAID.values())] for text in texts]
    assert {text for text, is_about_work in written if screen(text, at_work=is_about_work).signals} == set()
    assert screen(WORRYING).signals


@pytest.mark.parametrize("survey", SURVEYS, ids=lambda survey: survey.wave)
def test_invented_answers_are_what_the_questions_offer(survey):
    found = list(
        rows(survey, area="x", services=["s"], stages=["plan", "leaving"], quarter=Quarter(2025, 1), people=60)
    )
    offered = {q.code: {code for code, *_ in q.options} for q in QUESTIONS if survey.audience in q.wordings}
    ways_out = {"", "rather_not_say", "do_not_know"}
    for row in found:
        for code, options in offered.items():
            given = set(row.get(code, "").split(";"))
            assert not options or given <= options | ways_out
    if survey.kind == "conversation":
        assert {row["helper"] for row in found} <= {"read", "tapped"}
    if survey.audience == "CARE_LEAVER":
        assert {row["stage"] for row in found} == {"leaving"}


@pytest.mark.django_db
def test_an_analyst_of_the_demo_quotes_nothing_twice_and_not_only_one_question():
    wave = wave_of()
    for said in ("more time", "more time", "ring first", "a quiet room"):
        usable(wave, said)
    made = draft(wave)
    an_analyst_chooses(made, analyst())
    said = [one.words for one in quotes_of(made).shown]
    # Two of them, because all answer one question.
    assert len(said) == len(set(said)) == 2
