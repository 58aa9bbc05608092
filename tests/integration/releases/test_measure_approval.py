"""A measure is proposed by one person and approved by another; until then everybody reads what was approved before."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from wagtail.models import ModelLogEntry

from feedback.accounts.roles import Role
from feedback.releases.measure import Measure
from feedback.releases.measure_actions import change_measure, retire_measure, take_up_measure
from feedback.releases.measure_approval_actions import approve_measure, return_measure
from feedback.releases.starting_measures import load_starting_measures
from surveys.bank.starting_bank import load_starting_bank
from surveys.frame.policies import NotAllowed
from tests.factories import asking
from tests.factories.listening import analyst, checker
from tests.factories.measuring import a_made_measure, approved, proposed_measure
from tests.factories.people import at_desk, staff
from tests.integration.releases.test_measures import LISTENED

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposed(area, edition):
    return proposed_measure(area, "listened-to", **LISTENED)


@pytest.fixture
def made(area, edition):
    return a_made_measure(area, "listened-to", **LISTENED)


def in_use():
    return [one.name for one in Measure.objects.in_use()]


def test_nobody_reads_a_new_one_before_a_second_person_approved_it(proposed):
    assert in_use() == []
    approved(proposed)
    assert in_use() == [LISTENED["name"]]
    assert [state.status for state in proposed.states.all()] == ["proposed", "approved"]
    assert ModelLogEntry.objects.filter(action="releases.approve_measure").count() == 1


def test_what_is_changed_reads_as_before_until_it_is_approved(made):
    change_measure(made, by=analyst(), name="Is heard", ask=["What?", "Who?", "Why?"])
    assert in_use() == [LISTENED["name"]]
    approved(made)
    made.refresh_from_db()
    assert (made.name, made.ask, made.waiting) == ("Is heard", ["What?", "Who?", "Why?"], {})


def test_a_change_that_is_taken_back_waits_for_nobody(made):
    change_measure(made, by=analyst(), name="Is heard")
    change_measure(made, by=analyst(), name=LISTENED["name"])
    made.refresh_from_db()
    assert (made.status, made.waiting) == ("approved", {})


def test_who_proposed_any_of_it_does_not_decide(made):
    """Also not where somebody else changed it last."""
    both, other = staff("both", Role.BOARD_ANALYST), staff("other", Role.BOARD_ANALYST)
    staff("both", Role.OUTPUT_CHECKER)
    change_measure(made, by=both, name="Is heard")
    change_measure(made, by=other, good_news_if="Something comes of it.")
    for act in (approve_measure, return_measure):
        reason = {"reason": "No."} if act is return_measure else {}
        with pytest.raises(NotAllowed, match="someone else"):
            act(made, seen=made.step(), by=both, **reason)
    approved(made)
    # What was decided is over: of the next proposal they may be the second person.
    change_measure(made, by=other, name="Is heard well")
    approve_measure(made, seen=made.step(), by=both)
    assert in_use() == ["Is heard well"]


def test_what_goes_back_says_why_and_comes_again(made):
    change_measure(made, by=analyst(), name="Is heard")
    for reason in ("", "  ", "x" * 501, "a\x00b"):
        with pytest.raises(NotAllowed, match="in a sentence"):
            return_measure(made, reason=reason, seen=made.step(), by=checker())
    return_measure(made, reason="Say by whom.", seen=made.step(), by=checker())
    assert in_use() == [LISTENED["name"]]
    with pytest.raises(NotAllowed, match="cannot become returned"):
        return_measure(made, reason="Again.", seen=made.step(), by=checker())
    change_measure(made, by=analyst(), name="Is heard by the worker")
    approved(made)
    assert in_use() == ["Is heard by the worker"]


def test_what_was_changed_since_it_was_read_is_not_decided_on(proposed):
    seen = proposed.step()
    change_measure(proposed, by=analyst(), name="Is heard")
    for decide in (
        lambda: approve_measure(proposed, seen=seen, by=checker()),
        lambda: return_measure(proposed, reason="No.", seen=seen, by=checker()),
    ):
        with pytest.raises(NotAllowed, match="since you opened it"):
            decide()
    assert in_use() == []


def test_only_a_checker_of_the_area_decides(proposed):
    others = [analyst(), staff("far", Role.OUTPUT_CHECKER, area=asking.area("far"))]
    others += [staff(f"some-{role}", role) for role in set(Role) - {Role.OUTPUT_CHECKER}]
    for by in others:
        with pytest.raises(PermissionDenied):
            approve_measure(proposed, seen=proposed.step(), by=by)


def test_what_cannot_be_read_any_more_is_not_approved(proposed):
    Measure.objects.filter(pk=proposed.pk).update(questions={"gone": ["yes"]})
    proposed.refresh_from_db()
    with pytest.raises(ValidationError, match="no question with the code"):
        approve_measure(proposed, seen=proposed.step(), by=checker())
    retire_measure(proposed, by=analyst())
    with pytest.raises(NotAllowed, match="retired"):
        approve_measure(proposed, seen=proposed.step(), by=checker())


def test_what_was_never_approved_is_not_shown_by_taking_it_up(proposed):
    retire_measure(proposed, by=analyst())
    take_up_measure(proposed, by=analyst())
    assert in_use() == []


def test_those_to_begin_with_are_worded_by_nobody_here_and_are_in_use(area):
    load_starting_bank()
    assert load_starting_measures(area, by=analyst()) == Measure.objects.in_use().count()


def test_the_second_person_finds_it_reads_what_would_be_other_and_approves(client, made):
    change_measure(made, by=analyst(), good_news_if="Children say what came of it.")
    at_desk(client, checker())
    assert "Measures to approve" in client.get("/desk/").content.decode()
    assert "Waiting for a second person" in client.get(reverse("desk:measures")).content.decode()
    address = reverse("desk:measure", args=[made.pk])
    page = client.get(address)
    text = page.content.decode()
    assert "What would be other" in text
    assert text.count(LISTENED["good_news_if"]) == 1
    assert "Children say what came of it." in text
    for sent in ("", "x", "9" * 40, str(page.context["seen"] - 1)):
        refused = client.post(address, {"step": "approve", "seen": sent}, follow=True).content.decode()
        assert "since you opened it" in refused
    done = client.post(address, {"step": "approve", "seen": page.context["seen"]}, follow=True).content.decode()
    assert "Everybody reads it so" in done
    assert "Approve it, or send it back" not in done
    assert "Measures to approve" not in client.get("/desk/").content.decode()


def test_whoever_proposed_it_reads_that_it_went_back_and_why(client, proposed):
    at_desk(client, checker())
    address = reverse("desk:measure", args=[proposed.pk])
    sent = {"step": "return", "seen": proposed.step(), "reason": "Say by whom."}
    assert "Sent back." in client.post(address, sent, follow=True).content.decode()
    at_desk(client, analyst())
    text = client.get(address).content.decode()
    assert "Sent back by checker" in text
    assert "Say by whom." in text
    assert "Approve it" not in text
    assert client.post(address, {"step": "approve", "seen": proposed.step()}).status_code in {302, 403}
    assert in_use() == []


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_who_decide_at_once_decide_once_and_a_change_meanwhile_is_not_approved(area, edition, elsewhere):
    one = proposed_measure(area, "listened-to", **LISTENED)
    seen, by, second = one.step(), checker(), staff("second", Role.OUTPUT_CHECKER)
    other = Measure.objects.get()
    with transaction.atomic():
        approve_measure(one, seen=seen, by=by)
        later = elsewhere(return_measure, other, reason="No.", seen=seen, by=second)
    with pytest.raises(ValidationError, match="cannot become returned"):
        later.result(timeout=30)
    writes = analyst()
    change_measure(one, by=writes, name="Is heard")
    one.refresh_from_db()
    seen, other = one.step(), Measure.objects.get()
    with transaction.atomic():
        change_measure(one, by=writes, name="Is heard well")
        later = elsewhere(approve_measure, other, seen=seen, by=by)
    with pytest.raises(ValidationError, match="since you opened it"):
        later.result(timeout=30)
    assert in_use() == [LISTENED["name"]]
