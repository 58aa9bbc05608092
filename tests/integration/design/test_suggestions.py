"""Other words are suggested, voted on, decided on by the care council, and put into the bank's draft; people remark."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import ModelLogEntry

from feedback.accounts.roles import Role
from surveys.bank.models import QuestionPage, Wording
from surveys.design.arranging import screens_of
from surveys.design.bench import row_of
from surveys.design.suggestion_actions import decide, put_in, remark, suggest, vote
from surveys.design.workbench import Suggestion, Vote
from surveys.frame.policies import NotAllowed
from tests.factories import asking
from tests.factories.designing import draft_of
from tests.factories.people import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return asking.area("here")


@pytest.fixture
def survey(area):
    return draft_of(area, "first", "second")


@pytest.fixture
def officer(area):
    return staff("officer", Role.PARTICIPATION_OFFICER, area=area)


@pytest.fixture
def young(area):
    return staff("young", Role.CARE_COUNCIL_MEMBER, area=area)


@pytest.fixture
def other(area):
    return staff("other", Role.CARE_COUNCIL_MEMBER, area=area)


@pytest.fixture
def screen(survey):
    return screens_of(survey)[0]["id"]


@pytest.fixture
def suggestion(survey, screen, officer):
    return suggest(survey, screen, text="Better words?", reason="Shorter.", by=officer)


def test_an_officer_says_why_and_the_council_need_not(survey, screen, officer, young):
    with pytest.raises(NotAllowed, match="Say why"):
        suggest(survey, screen, text="Better words?", reason=" ", by=officer)
    made = suggest(survey, screen, text="Better words?", reason="", by=young)
    assert (made.instead_of, made.audience, made.status) == ("Question first?", "AGE_8_11", "open")
    assert row_of(survey, screen).suggestions == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "Write the other words"), ("\0 \0", "Write the other words"), ("Question first?", "the words it has"),
     ("x" * 301, "too long"), ("x" * 1_000_000, "too long")],
)  # fmt: skip
def test_words_that_cannot_be_suggested(survey, screen, young, text, said):
    with pytest.raises(NotAllowed, match=said):
        suggest(survey, screen, text=text, reason="", by=young)
    assert not Suggestion.objects.exists()


def test_a_form_sent_twice_suggests_once(survey, screen, suggestion, young):
    with pytest.raises(NotAllowed, match="suggested these words already"):
        suggest(survey, screen, text="Better words?", reason="", by=young)
    for nowhere in ("nowhere", "", "\0"):
        with pytest.raises(NotAllowed, match="not in the survey"):
            suggest(survey, nowhere, text="Mine?", reason="", by=young)


def test_each_has_one_vote_and_can_change_it(suggestion, young, other):
    vote(suggestion, stance="agree", by=young)
    vote(suggestion, stance="unsure", by=other)
    vote(suggestion, stance="against", reason="Too hard.", by=young)
    assert {(cast.voter.username, cast.stance, cast.reason) for cast in Vote.objects.all()} == {
        ("young", "against", "Too hard."), ("other", "unsure", ""),
    }  # fmt: skip
    with pytest.raises(NotAllowed, match="Choose one"):
        vote(suggestion, stance="yes", by=young)


def test_votes_decide_nothing_and_the_council_does(suggestion, young, other, officer):
    for person in (young, other, officer):
        vote(suggestion, stance="against", by=person)
    decide(suggestion, accepted=True, answer="", by=young)
    assert Suggestion.objects.get().status == "accepted"
    with pytest.raises(NotAllowed, match="decided on already"):
        vote(suggestion, stance="agree", by=young)
    with pytest.raises(NotAllowed):
        decide(suggestion, accepted=False, answer="No.", by=other)


def test_a_refusal_needs_a_reason_and_stands(suggestion, young, officer):
    with pytest.raises(NotAllowed, match="Say in a sentence why"):
        decide(suggestion, accepted=False, answer="  ", by=young)
    decide(suggestion, accepted=False, answer="Nobody says that.", by=young)
    stored = Suggestion.objects.get()
    assert (stored.status, stored.answer, stored.decided_by) == ("refused", "Nobody says that.", young)
    with pytest.raises(NotAllowed):
        decide(suggestion, accepted=True, answer="", by=young)
    with pytest.raises(NotAllowed):
        put_in(suggestion, by=officer)


def test_nobody_decides_on_their_own_and_no_officer_decides(survey, screen, suggestion, young, officer):
    with pytest.raises(PermissionDenied):
        decide(suggestion, accepted=True, answer="", by=officer)
    own = suggest(survey, screen, text="Mine?", reason="", by=young)
    with pytest.raises(NotAllowed, match="You suggested this"):
        decide(own, accepted=True, answer="", by=young)


def test_accepted_words_go_into_the_banks_draft_once_and_are_not_asked_before_they_are_published(
    suggestion, young, officer
):
    with pytest.raises(NotAllowed):
        put_in(suggestion, by=officer)
    decide(suggestion, accepted=True, answer="", by=young)
    put_in(suggestion, by=officer)
    question = QuestionPage.objects.get(code="first")
    assert [wording.text for wording in question.wordings.all()] == ["Question first?"]
    drafted = question.get_latest_revision_as_object()
    assert [(w.text, w.audience) for w in drafted.wordings.all()] == [("Better words?", "AGE_8_11")]
    with pytest.raises(NotAllowed):
        put_in(suggestion, by=officer)
    question.get_latest_revision().publish()
    assert [wording.text for wording in QuestionPage.objects.get(code="first").wordings.all()] == ["Better words?"]


def test_words_that_changed_in_the_bank_meanwhile_are_not_overwritten(suggestion, young, officer):
    decide(suggestion, accepted=True, answer="", by=young)
    question = QuestionPage.objects.get(code="first")
    question.wordings = [Wording(audience="AGE_8_11", text="Quite other words?")]
    question.save_revision()
    with pytest.raises(NotAllowed, match="Quite other words"):
        put_in(suggestion, by=officer)
    question.wordings = [Wording(audience="AGE_12_17", text="Only for others?")]
    question.save_revision()
    with pytest.raises(NotAllowed, match="no words for this audience"):
        put_in(suggestion, by=officer)
    QuestionPage.objects.filter(pk=question.pk).update(locked=True, locked_by=young)
    with pytest.raises(NotAllowed, match="locked"):
        put_in(suggestion, by=officer)
    assert Suggestion.objects.get().status == "accepted"


def test_people_remark_on_a_screen_once(survey, screen, young, officer):
    remark(survey, screen, text="I like it.\0", by=young)
    with pytest.raises(NotAllowed, match="just said this"):
        remark(survey, screen, text="I like it.", by=young)
    remark(survey, screen, text="I like it.", by=officer)
    assert [said.text for said in survey.remarks.filter(item="first")] == ["I like it.", "I like it."]
    for wrong, said in (("", "Write what"), ("x" * 1001, "too long")):
        with pytest.raises(NotAllowed, match=said):
            remark(survey, screen, text=wrong, by=young)


def test_who_works_elsewhere_or_on_something_else_says_nothing_here(survey, screen, suggestion):
    there = asking.area("there")
    strangers = [staff(f"far-{role}", role, area=there) for role in Role]
    strangers += [staff(f"near-{role}", role, area=survey.care_council.area) for role in Role
                  if role not in {Role.PARTICIPATION_OFFICER, Role.CARE_COUNCIL_MEMBER}]  # fmt: skip
    for stranger in strangers:
        for do in (
            lambda by: suggest(survey, screen, text="Mine?", reason="x", by=by),
            lambda by: vote(suggestion, stance="agree", by=by),
            lambda by: decide(suggestion, accepted=True, answer="", by=by),
            lambda by: put_in(suggestion, by=by),
            lambda by: remark(survey, screen, text="Hello", by=by),
        ):
            with pytest.raises(PermissionDenied), transaction.atomic():
                do(stranger)


def test_everything_is_in_the_log_and_no_words_of_it(survey, screen, suggestion, young, officer):
    vote(suggestion, stance="agree", reason="Because zyzzyva.", by=young)
    decide(suggestion, accepted=True, answer="Yes zyzzyva.", by=young)
    put_in(suggestion, by=officer)
    remark(survey, screen, text="So zyzzyva.", by=young)
    entries = ModelLogEntry.objects.filter(action__startswith="design.")
    assert set(entries.values_list("action", "user__username")) == {
        ("design.suggest", "officer"), ("design.vote", "young"), ("design.decide_suggestion", "young"),
        ("design.put_in", "officer"), ("design.remark", "young"),
    }  # fmt: skip
    for entry in entries:
        assert entry.data["area"] == "here"
        assert "zyzzyva" not in f"{entry.data} {entry.label}"
        assert "Better words" not in f"{entry.data} {entry.label}"
