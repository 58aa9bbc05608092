"""The starting bank: enough questions, on every theme, within what each audience can be asked, and loaded once."""

import re
from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command
from wagtail.models import PageLogEntry

from surveys.bank.models import QuestionPage, Theme
from surveys.bank.starting_bank import load_starting_bank, starting_questions
from surveys.instrument.document import Instrument
from surveys.instrument.items import Item, Kind, Option
from surveys.instrument.limits import beyond_limits
from surveys.instrument.linter import lint
from surveys.instrument.wording import CONVERSATION, LIMITS, Audience, voice_of

QUESTIONS = list(starting_questions())
WORDINGS = [(question, Audience(audience)) for question in QUESTIONS for audience in question["wordings"]]
NEGATIONS = re.compile(r"\b(no|not|never|none|nobody|nothing|without|\w+n['’]t)\b", re.I)
# Two ideas in one question; a ladder goes from one number to another and names both.
JOINED = re.compile(r"\b(and|or|also|as well as)\b|;|/", re.I)
# About help and how it felt, never about what somebody did to a child.
ACCOUNTS = re.compile(r"\b(hit|hurt|touch\w*|abus\w*|beat\w*|shout\w*|neglect\w*|harm\w*|happened at home)\b", re.I)
CHILDREN = {Theme.LISTENED, Theme.UNDERSTOOD, Theme.TIME, Theme.KEPT_WORD, Theme.CAME, Theme.EXPLAINED, Theme.COULD_ASK,
            Theme.HELPED, Theme.SAFER, Theme.PLAN, Theme.SAY, Theme.SAME_WORKER, Theme.KIND}  # fmt: skip
PARENTS = {Theme.WORRY, Theme.REPORT, Theme.SKILLS, Theme.RESPECT, Theme.CONFERENCE}
YOUNG = {Audience.AGE_4_5, Audience.AGE_6_7}


def answers(question, audience):
    return question["answers"].get(audience) or question["answers"].get("", [])


def instrument(question, audience):
    """A survey of this one question for this audience; for those who are only talked with a conversation."""
    options = tuple(
        Option(row["code"], {"en": row["label"]}, row["excludes_others"], row["picture"])
        for row in answers(question, audience)
    )
    text = {"en": question["wordings"][audience]}
    item = Item(code=question["code"], kind=Kind(question["kind"]), texts=text, options=options)
    kind = CONVERSATION if LIMITS[audience].only_talked_with else "survey"
    return Instrument(title={"en": "T"}, audience=audience, kind=kind, promise="nobody_knows", languages=("en",),
                      items=(item,))  # fmt: skip


def test_there_are_at_least_sixty_and_each_code_once():
    assert len(QUESTIONS) >= 60
    assert max(Counter(question["code"] for question in QUESTIONS).values()) == 1


def test_every_theme_of_children_and_of_parents_is_asked_about_by_three_questions_in_the_right_voice():
    by_voice = Counter(
        (question["theme"], voice_of(Audience(next(iter(question["wordings"]))))) for question in QUESTIONS
    )
    assert [theme for theme in CHILDREN if by_voice[theme, "child"] < 3] == []
    assert [theme for theme in PARENTS if by_voice[theme, "parent"] < 3] == []


def test_every_audience_is_asked_and_voices_are_never_mixed():
    asked = Counter(audience for _, audience in WORDINGS)
    assert {audience: many for audience, many in asked.items() if many < 6} == {}
    assert set(asked) == set(Audience)
    for question in QUESTIONS:
        assert len({voice_of(Audience(audience)) for audience in question["wordings"]}) == 1, question["code"]


@pytest.mark.parametrize("audience", list(Audience))
def test_every_wording_is_within_what_its_audience_can_be_asked(audience):
    for question in (question for question, of in WORDINGS if of == audience):
        text = question["wordings"][audience]
        assert beyond_limits(instrument(question, audience), {question["code"]: question["theme"]}) == (), text
        for rule in (NEGATIONS, JOINED, ACCOUNTS):
            assert not rule.search(text), (rule.pattern, text)
        if audience in YOUNG and question["kind"] == "choice":
            assert len(answers(question, audience)) == 2, question["code"]


@pytest.mark.parametrize("audience", list(Audience))
def test_the_linter_finds_nothing_in_it(audience):
    found = [lint(instrument(question, audience).items[0], audience) for question, of in WORDINGS if of == audience]
    assert [findings for findings in found if findings] == []


@pytest.mark.django_db
def test_it_is_loaded_once_as_drafts_that_say_where_they_come_from():
    out = StringIO()
    call_command("load_starting_bank", stdout=out)
    assert f"{len(QUESTIONS)} questions are new" in out.getvalue()
    loaded = QuestionPage.objects.all()
    assert set(loaded.values_list("status", "licence")) == {("draft", "CC BY 4.0")}
    assert all("Own words" in page.provenance and page.purpose for page in loaded)
    for page in loaded:
        page.full_clean()
    assert PageLogEntry.objects.filter(action="bank.load").count() == len(QUESTIONS)
    assert load_starting_bank() == 0


@pytest.mark.django_db
def test_what_people_made_of_a_question_is_left_and_what_is_missing_comes():
    load_starting_bank()
    changed, gone = QuestionPage.objects.get(code="sw_kind"), QuestionPage.objects.get(code="sw_came")
    changed.wordings.filter(audience="AGE_8_11").update(text="Are they kind?")
    gone.delete()
    assert load_starting_bank() == 1
    assert changed.wordings.get(audience="AGE_8_11").text == "Are they kind?"
