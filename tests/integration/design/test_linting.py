"""What the linter says must go keeps a survey from being frozen, unless an officer's reason stands in its history."""

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import PageLogEntry

from cms.workflow.history import history_of
from feedback.accounts.roles import Role
from surveys.bank.models import Wording
from surveys.design import actions
from surveys.design.composition import compose
from surveys.design.linting import lint_question, linted
from surveys.design.linting_actions import override
from surveys.design.models import Edition
from surveys.design.overrides import LintOverride
from surveys.frame.policies import NotAllowed
from surveys.instrument.linter_rules import Severity
from surveys.instrument.wording import Audience
from tests.factories import asking
from tests.factories.designing import again, designers, draft, question
from tests.factories.people import staff

pytestmark = pytest.mark.django_db
TWO = "Is your home kind and safe?"


@pytest.fixture
def area():
    return asking.area("here")


@pytest.fixture
def people(area):
    return designers(area)


@pytest.fixture
def survey(area):
    """A survey of one question that asks two things."""
    question()
    reword(TWO)
    return draft(area)


def reword(text):
    Wording.objects.update(text=text)


def standing(survey):
    return [one for one in linted(survey, compose(survey), Severity.MUST) if one.stands]


def lets_pass(survey, by, reason="The council wants it whole.", **meant):
    [found] = standing(survey)
    meant = {"item": found.finding.item, "rule": found.finding.rule, "wording": found.wording, **meant}
    return override(survey, reason=reason, by=by, **meant)


def test_what_must_go_stops_submitting_approving_and_freezing(survey, people):
    author, young, second = people
    with pytest.raises(NotAllowed, match="joins two things"):
        actions.submit(survey, by=author)
    reword("Is your home kind?")
    actions.submit(survey, by=author)
    reword(TWO)
    with pytest.raises(NotAllowed, match="joins two things"):
        actions.approve(survey, by=young)
    reword("Is your home kind?")
    actions.approve(survey, by=young)
    reword(TWO)
    with pytest.raises(NotAllowed, match="joins two things"):
        actions.freeze(survey, by=second)
    assert not Edition.objects.exists()


def test_with_a_reason_it_goes_through_and_the_reason_stays(survey, people):
    author, young, second = people
    made = lets_pass(survey, author, reason=" They\0 asked for it. ")
    assert (made.reason, made.by, made.survey) == ("They asked for it.", author, survey)
    assert standing(survey) == []
    actions.submit(survey, by=author)
    actions.approve(survey, by=young)
    actions.freeze(survey, by=second)
    entry = PageLogEntry.objects.get(action="design.freeze")
    assert entry.data["let_pass"] == ["listened: double_barrelled"]
    [told] = [one for one in history_of(survey) if one.reason]
    assert (told.by, told.reason) == (str(author), "listened, two questions in one: They asked for it.")


def test_another_wording_needs_a_reason_of_its_own(survey, people):
    lets_pass(survey, people[0])
    reword("Is your home kind and warm?")
    assert len(standing(survey)) == 1
    reword(TWO)
    assert standing(survey) == []


def test_who_lets_it_pass_neither_approves_nor_freezes(survey, people):
    author, young, second = people
    lets_pass(survey, second)
    actions.submit(survey, by=author)
    actions.approve(survey, by=young)
    with pytest.raises(NotAllowed, match="let a finding in it pass"):
        actions.freeze(survey, by=second)
    third = staff("third", Role.PARTICIPATION_OFFICER, area=survey.care_council.area)
    assert actions.freeze(survey, by=third)


def test_nobody_lets_it_pass_behind_the_back_of_the_council(survey, people):
    author, young, _ = people
    reword("Is your home kind?")
    actions.submit(survey, by=author)
    reword(TWO)
    [found] = standing(survey)
    with pytest.raises(NotAllowed, match="Others decide"):
        lets_pass(survey, author)
    actions.refuse(survey, reason="Two things.", by=young)
    assert override(
        survey, item=found.finding.item, rule=found.finding.rule, wording=found.wording, reason="Both.", by=author
    )


def test_only_an_officer_of_the_area_gives_the_reason(survey, people):
    elsewhere = staff("elsewhere", Role.PARTICIPATION_OFFICER, area=asking.area("there"))
    for somebody in (people[1], elsewhere, staff("lead", Role.SAFEGUARDING_LEAD, area=survey.care_council.area)):
        with pytest.raises(PermissionDenied):
            lets_pass(survey, somebody)
    assert not LintOverride.objects.exists()


@pytest.mark.parametrize(
    ("meant", "said"),
    [
        ({"reason": " \0 "}, "Say in a sentence"),
        ({"wording": "0" * 64}, "changed since you looked"),
        ({"rule": "leading"}, "no longer found"),
        ({"item": "nothing"}, "no longer found"),
    ],
)
def test_what_is_not_meant_is_refused(survey, people, meant, said):
    with pytest.raises(NotAllowed, match=said):
        lets_pass(survey, people[0], **meant)
    assert not LintOverride.objects.exists()
    assert not PageLogEntry.objects.filter(action="design.override").exists()


def test_pressed_twice_it_is_once(survey, people):
    [found] = standing(survey)
    lets_pass(survey, people[0])
    with pytest.raises(NotAllowed, match="author has let this pass already"):
        override(
            survey, item=found.finding.item, rule=found.finding.rule, wording=found.wording, reason="Again.",
            by=people[0],
        )  # fmt: skip
    assert LintOverride.objects.count() == 1


def test_a_limit_of_the_audience_is_no_matter_of_reasons(survey, people):
    reword("word " * 16)
    with pytest.raises(NotAllowed, match="Nobody can let it pass"):
        lets_pass(survey, people[0])


def test_the_last_draft_is_what_is_looked_at(survey, people):
    reword("Is your home kind?")
    other = question("other")
    Wording.objects.filter(question=other).update(text=TWO)
    page = again(survey)
    page.screens.append(("question", {"question": other, "show_if": []}))
    page.save_revision(user=people[1])
    with pytest.raises(NotAllowed, match="other: “and” joins"):
        actions.submit(again(survey), by=people[0])


def test_a_question_is_read_by_itself_saved_or_not(survey):
    page = question("alone")
    page.wordings = [Wording(audience="AGE_8_11", text=TWO)]
    assert [one.rule for one in lint_question(page, Audience.AGE_8_11)] == ["double_barrelled"]
