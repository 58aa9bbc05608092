"""A promise has an owner and a day, words for each audience, and steps that nobody can change."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from feedback.accounts.models import RoleHeld
from feedback.accounts.roles import PERMISSIONS, Role
from feedback.promises import actions
from feedback.promises.models import OWN, PROMISE, Promise, PromiseState
from feedback.promises.policies import Outcome, Said, has_left
from feedback.promises.reading import action_gap, promises_by_theme, promises_of
from feedback.releases.models import Quote, Release
from feedback.releases.quote_actions import recall_quote
from surveys.frame.policies import NotAllowed
from tests.factories import asking
from tests.factories.people import staff
from tests.factories.promising import board, in_days, late, officer, owner, plan, promised, told, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return asking.area("north")


def release(area, status="published", code=None):
    return Release.objects.create(
        code=code or f"{area.code}-2026q1",
        area=area,
        quarter=(code or "q1")[-2:].upper().join(["2026", ""]),
        rules={},
        status=status,
    )


def test_what_is_promised_is_read_in_the_words_of_whoever_reads(area):
    made = promised(area, "AGE_8_11", "AGE_12_17")
    (everybody,) = promises_of(area)
    (child,) = promises_of(area, audience="AGE_8_11")
    assert (everybody.you_said.text, child.we_will.text) == ("You said to all", "We will for AGE_8_11")
    assert (child.owner, child.due_on, child.days_late) == ("The head of visits", in_days(10), 0)
    assert promises_of(area, audience="PARENT_CARER") == []
    assert promises_by_theme(area)[0].label == "Coming when they said"
    assert ModelLogEntry.objects.filter(action="promises.promise", object_id=made.pk).count() == 1


def test_another_language_is_read_where_there_is_one_and_else_what_was_written(area):
    made = promised(area)
    actions.add_words(made, [Said("AGE_8_11", "pl", "Powiedziałeś", "Zrobimy")], by=officer(area))
    assert promises_of(area, audience="AGE_8_11", language="pl")[0].you_said.language == "pl"
    assert promises_of(area, language="pl")[0].you_said.language == "en"
    with pytest.raises(NotAllowed, match="already"):
        actions.add_words(made, [Said("AGE_8_11", "pl", "Inaczej", "Zrobimy")], by=officer(area))


def test_it_is_late_in_days_from_the_day_after_its_day(area):
    late(area, days=1)
    made = promised(area, due_on=timezone.localdate())
    found = {one.number: one.days_late for one in promises_of(area)}
    assert found.pop(made.pk) == 0
    assert list(found.values()) == [1]


def test_its_owner_says_that_it_is_kept_and_what_was_done(area):
    made = promised(area)
    actions.keep(made, told("AGE_8_11", text="Done for"), by=owner(area))
    (child,) = promises_of(area, audience="AGE_8_11")
    assert (child.status, child.ended.told.text, child.ended.on) == ("kept", "Done for AGE_8_11", timezone.localdate())
    assert [state.status for state in made.states.all()] == ["made", "kept"]


def test_a_day_is_moved_only_with_a_reason_that_children_read(area):
    made = promised(area)
    with pytest.raises(ValidationError, match="why it is another day"):
        actions.move_day(made, in_days(20), [], by=owner(area))
    with pytest.raises(ValidationError, match="over already"):
        actions.move_day(made, in_days(-1), told("AGE_8_11"), by=owner(area))
    with pytest.raises(NotAllowed, match="holds already"):
        actions.move_day(made, in_days(10), told("AGE_8_11"), by=owner(area))
    actions.move_day(made, in_days(20), told("AGE_8_11", text="It rained"), by=owner(area))
    (moved,) = promises_of(area, audience="AGE_8_11")[0].moved
    assert (moved.was_due_on, moved.due_on, moved.told.text) == (in_days(10), in_days(20), "It rained AGE_8_11")


def test_it_can_be_said_from_the_start_that_it_cannot_be_done(area):
    because = told("AGE_8_11", text="No money for")
    said = [Said(one, "en", "You want a pony") for one in ("", "AGE_8_11")]
    promised(area, words=said, because=because, due_on=None)
    (child,) = promises_of(area, audience="AGE_8_11")
    assert (child.status, child.we_will.text, child.ended.told.text) == ("cannot", "", "No money for AGE_8_11")
    with pytest.raises(NotAllowed, match="new promise"):
        actions.promise_again(Promise.objects.get(), in_days(5), told("AGE_8_11"), by=board(area))


def test_a_mistake_is_taken_back_and_only_the_reason_is_read(area):
    made = promised(area)
    actions.take_back(made, told("AGE_8_11", text="Written for another area"), by=officer(area))
    (child,) = promises_of(area, audience="AGE_8_11")
    assert (child.you_said.text, child.we_will.text) == ("", "")
    assert [step.told.text for step in child.steps] == ["Written for another area AGE_8_11"]
    with pytest.raises(NotAllowed, match="taken back"):
        actions.keep(made, told("AGE_8_11"), by=owner(area))


def test_the_care_council_doubts_and_it_is_promised_again(area):
    made, young = promised(area), staff("young", Role.CARE_COUNCIL_MEMBER, area=area)
    with pytest.raises(NotAllowed, match="Nobody has said"):
        actions.doubt(made, by=young)
    actions.keep(made, told("AGE_8_11"), by=owner(area))
    actions.doubt(made, by=young)
    assert promises_of(area)[0].doubted_on == timezone.localdate()
    with pytest.raises(NotAllowed, match="already"):
        actions.doubt(made, by=young)
    actions.promise_again(made, in_days(5), told("AGE_8_11", text="You were right"), by=owner(area))
    (again,) = promises_of(area)
    assert (again.status, again.doubted_on, again.is_open) == ("made", None, True)


def test_a_doubt_is_taken_down_by_the_care_council(area):
    made, young = promised(area), staff("young", Role.CARE_COUNCIL_MEMBER, area=area)
    actions.keep(made, told("AGE_8_11"), by=owner(area))
    actions.doubt(made, by=young)
    actions.end_doubt(made, by=young)
    assert promises_of(area)[0].doubted_on is None
    with pytest.raises(NotAllowed, match="has not said"):
        actions.end_doubt(made, by=young)


def test_when_the_owner_has_left_the_board_officers_answer(area):
    made = promised(area)
    RoleHeld.objects.filter(user=made.owner).update(until=in_days(-1))
    assert has_left(made)
    with pytest.raises(PermissionDenied):
        actions.keep(made, told("AGE_8_11"), by=made.owner)
    actions.hand_over(made, owner(area, "another"), "The new head", by=board(area))
    assert promises_of(area)[0].owner == "The new head"
    assert not has_left(made)


def test_a_child_never_answers_for_a_promise(area):
    young = staff("young", Role.CARE_COUNCIL_MEMBER, area=area)
    assert not {PROMISE, OWN} & PERMISSIONS[Role.CARE_COUNCIL_MEMBER]
    with pytest.raises(ValidationError, match="no role in North"):
        promised(area, owner=young)


@pytest.mark.parametrize("role", [role for role in Role if PROMISE not in PERMISSIONS[role]])
def test_other_roles_promise_nothing(area, role):
    with pytest.raises(PermissionDenied):
        promised(area, by=staff("somebody", role, area=area))


def test_another_areas_officer_promises_and_keeps_nothing(area):
    stranger, made = board(asking.area("south"), "stranger"), promised(area)
    for act in (actions.keep, actions.say_cannot, actions.take_back):
        with pytest.raises(PermissionDenied):
            act(made, told("AGE_8_11"), by=stranger)
    with pytest.raises(PermissionDenied):
        promised(area, by=stranger)
    assert not Promise.objects.visible_to(stranger, "promises.see").exists()


def test_a_release_of_another_area_or_one_nobody_can_read_is_not_cited(area):
    with pytest.raises(ValidationError, match="not of North"):
        promised(area, release=release(asking.area("south")))
    with pytest.raises(ValidationError, match="not published"):
        promised(area, release=release(area, "approved"))
    with pytest.raises(ValidationError, match="shows no figure"):
        promised(area, release=release(area, code="north-2026q2"), question="unknown")
    with pytest.raises(ValidationError, match="Choose the release"):
        promised(area, question="unknown")
    assert not Promise.objects.exists()


def test_a_release_that_is_withdrawn_is_not_cited_any_more(area):
    cited = release(area)
    promised(area, release=cited)
    assert promises_of(area)[0].release == cited.code
    Release.objects.filter(pk=cited.pk).update(status="withdrawn")
    assert promises_of(area)[0].release == ""


def test_no_day_one_that_is_over_or_one_years_away_is_taken(area):
    for day, why in ((None, "by which day"), (in_days(-1), "over already"), (in_days(1000), "two years")):
        with pytest.raises(ValidationError, match=why):
            promised(area, due_on=day)


def test_whoever_it_is_about_has_words_of_their_own(area):
    with pytest.raises(ValidationError, match="whom it is about"):
        promised(area, words=words())
    with pytest.raises(ValidationError, match="first for everybody"):
        promised(area, words=words("AGE_8_11")[1:])
    with pytest.raises(ValidationError, match="“We will” for 8 to 11 year olds, English is empty"):
        promised(area, words=[*words(), Said("AGE_8_11", "en", "You said")])
    with pytest.raises(ValidationError, match="no such audience"):
        promised(area, words=[*words("AGE_8_11"), Said("AGE_4_5", "en", "You said", "We will")])
    with pytest.raises(ValidationError, match="twice"):
        promised(area, words=words("AGE_8_11", "AGE_8_11"))


def test_a_megabyte_of_text_and_what_no_screen_shows(area):
    with pytest.raises(ValidationError, match="At most 300 fit"):
        promised(area, words=[*words(), Said("AGE_8_11", "en", "x" * 1_000_000, "We will")])
    made = promised(area, words=[*words(), Said("AGE_8_11", "en", "You\x00 said", "We\x07 will")])
    assert promises_of(area, audience="AGE_8_11")[0].you_said.text == "You said"
    with pytest.raises(ValidationError, match="At most 500 fit"):
        actions.keep(made, [*told(), Outcome("AGE_8_11", "en", "y" * 501)], by=owner(area))
    with pytest.raises(ValidationError, match="is empty"):
        promised(area, shown_as="\x00 ")
    with pytest.raises(ValidationError):
        promised(area, theme="nothing")


def test_words_claim_nothing_that_only_a_record_may(area):
    with pytest.raises(ValidationError, match="record of a test"):
        promised(area, words=[*words(), Said("AGE_8_11", "en", "The anonymised answers say so", "We will")])


def test_only_what_was_released_stands_in_quotation_marks(area):
    said = [*words(), Said("AGE_8_11", "en", "You said “my worker never comes on time”", "We will")]
    with pytest.raises(ValidationError, match="in no published release"):
        promised(area, words=said)
    quote = Quote.objects.create(
        release=release(area), language="en", words="My worker never comes on time!", chosen_by=officer(area),
        chosen_on=timezone.localdate(),
    )  # fmt: skip
    promised(area, words=said)
    assert promises_of(area, audience="AGE_8_11")[0].you_said
    recall_quote(quote, because=Quote.Reason.RECOGNISED, by=staff("lead", Role.SAFEGUARDING_LEAD, area=area))
    (child,) = promises_of(area, audience="AGE_8_11")
    assert (child.you_said.text, child.we_will.text) == ("", "We will")


def test_younger_children_and_older_ones_are_counted_apart(area):
    actions.keep(promised(area, "AGE_6_7", "AGE_12_17"), told("AGE_6_7", "AGE_12_17"), by=owner(area))
    late(area, "AGE_12_17")
    actions.take_back(promised(area, "AGE_8_11"), told("AGE_8_11"), by=officer(area))
    gap = action_gap(area)
    assert (gap.under_11.made, gap.under_11.kept, gap.under_11.overdue) == (1, 1, 0)
    assert (gap.older.made, gap.older.kept, gap.older.overdue, gap.older.is_open) == (2, 1, 1, 1)


def test_what_an_area_promised_goes_with_it_into_another(area):
    south, made = asking.area("south"), promised(area)
    area.merged_into = south
    area.save()
    assert [one.number for one in promises_of(south)] == [made.pk]
    made.refresh_from_db()
    actions.keep(made, told("AGE_8_11"), by=board(south))
    with pytest.raises(NotAllowed, match="part of South"):
        actions.promise(area, plan(area), by=officer(area))


def test_steps_are_counted_one_after_another(area):
    made = promised(area)
    actions.move_day(made, in_days(20), told("AGE_8_11"), by=board(area))
    actions.say_cannot(made, told("AGE_8_11"), by=board(area))
    numbers = PromiseState.objects.filter(promise=made).values_list("number", "status", "due_on")
    assert list(numbers) == [(1, "made", in_days(10)), (2, "made", in_days(20)), (3, "cannot", in_days(20))]
