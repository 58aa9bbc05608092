"""A survey is approved by its care council and frozen by a second person, in Wagtail's workflow and by our rules."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import PageLogEntry, TaskState, Workflow, WorkflowState

from cms.workflow.actions import decide, send_for_approval, take_back
from cms.workflow.setting_up import put_in_place, survey_workflow
from feedback.accounts.roles import Role
from surveys.design import actions
from surveys.design.models import Edition, SurveyPage
from surveys.frame.policies import NotAllowed
from tests.factories import asking
from tests.factories.designing import again, designers, draft, edits
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return asking.area("here")


@pytest.fixture
def people(area):
    return designers(area)


@pytest.fixture
def survey(area):
    return draft(area)


def test_there_is_one_workflow_with_two_steps_and_every_survey_has_it(survey):
    survey_workflow()
    put_in_place()
    assert Workflow.objects.filter(name=survey_workflow().name).count() == 1
    assert [task.name for task in survey_workflow().tasks] == ["Care council", "Second person"]
    assert survey.get_workflow() == survey_workflow()


def test_from_a_draft_to_an_edition(survey, people):
    author, young, second = people
    send_for_approval(survey, by=author)
    assert again(survey).status == SurveyPage.Status.IN_APPROVAL
    decide(again(survey), approved=True, by=young)
    assert not Edition.objects.exists()
    decide(again(survey), approved=True, by=second)
    survey = again(survey)
    assert survey.status == SurveyPage.Status.FROZEN
    assert (Edition.objects.get().survey, Edition.objects.get().frozen_by) == (survey, second)
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_APPROVED
    assert [state.finished_by for state in TaskState.objects.order_by("pk")] == [young, second]
    assert survey.live


def test_what_is_frozen_is_the_draft_that_was_approved_with_its_state_as_it_is(client, survey, people):
    author, young, second = people
    at_desk(client, author)
    assert edits(client, survey, introduction="What is this about?").status_code == 302
    assert again(survey).introduction == ""
    send_for_approval(again(survey), by=author)
    decide(again(survey), approved=True, by=young)
    decide(again(survey), approved=True, by=second)
    assert Edition.objects.get().document["introduction"]["en"] == "What is this about?"
    assert (again(survey).status, again(survey).submitted_by) == (SurveyPage.Status.FROZEN, author)
    assert again(survey).get_latest_revision_as_object().status == SurveyPage.Status.FROZEN


def test_nobody_approves_what_they_submitted_or_edited(client, survey, people):
    author, young, second = people
    at_desk(client, young)
    edits(client, survey, introduction="Mine.")
    send_for_approval(again(survey), by=author)
    with pytest.raises(NotAllowed, match="You edited this survey"):
        decide(again(survey), approved=True, by=young)
    other = staff("other", Role.CARE_COUNCIL_MEMBER, area=survey.care_council.area)
    decide(again(survey), approved=True, by=other)
    with pytest.raises(NotAllowed, match="You submitted this survey"):
        decide(again(survey), approved=True, by=author)
    decide(again(survey), approved=True, by=second)
    assert Edition.objects.exists()


def test_whoever_approved_for_the_council_is_not_the_second_person_too(survey, people):
    author, young, _ = people
    staff("young", Role.PARTICIPATION_OFFICER, area=survey.care_council.area)
    send_for_approval(survey, by=author)
    decide(again(survey), approved=True, by=young)
    with pytest.raises(NotAllowed, match="for the care council"):
        decide(again(survey), approved=True, by=young)
    assert not Edition.objects.exists()


def test_who_edited_before_the_last_freezing_may_decide_on_the_next(client, survey, people):
    author, young, second = people
    at_desk(client, second)
    edits(client, survey, introduction="By the second.")
    third = staff("third", Role.PARTICIPATION_OFFICER, area=survey.care_council.area)
    send_for_approval(again(survey), by=author)
    decide(again(survey), approved=True, by=young)
    decide(again(survey), approved=True, by=third)
    take_back(again(survey), by=author)
    at_desk(client, author)
    edits(client, survey, introduction="By the author.")
    send_for_approval(again(survey), by=author)
    decide(again(survey), approved=True, by=young)
    decide(again(survey), approved=True, by=second)
    assert Edition.objects.count() == 2


def test_the_refusal_of_the_council_stands(client, survey, people):
    author, young, second = people
    send_for_approval(survey, by=author)
    with pytest.raises(NotAllowed, match="Say in a sentence why"):
        decide(again(survey), approved=False, reason=" ", by=young)
    decide(again(survey), approved=False, reason="Nobody talks like this.", by=young)
    assert again(survey).status == SurveyPage.Status.DRAFT
    assert PageLogEntry.objects.get(action="design.refuse").data["reason"] == "Nobody talks like this."
    for act in (actions.freeze, lambda survey, by: decide(survey, approved=True, by=by)):
        with pytest.raises((NotAllowed, PermissionDenied)):
            act(again(survey), by=second)
    with pytest.raises(NotAllowed, match="refused this wording"):
        send_for_approval(again(survey), by=author)
    at_desk(client, author)
    edits(client, survey, introduction="Said in another way.")
    send_for_approval(again(survey), by=author)
    decide(again(survey), approved=True, by=young)
    assert again(survey).approved_by == young


def test_a_refusal_is_answered_once_and_stands_all_the_same(client, survey, people):
    author, young, second = people
    with pytest.raises(NotAllowed, match="waits for an answer"):
        actions.answer_refusal(survey, answer="Nobody asked.", by=author)
    send_for_approval(survey, by=author)
    decide(again(survey), approved=False, reason="Nobody talks like this.", by=young)
    with pytest.raises(NotAllowed, match="in a sentence why"):
        actions.answer_refusal(again(survey), answer=" ", by=second)
    at_desk(client, second)
    address = reverse("desk:survey", args=[survey.pk])
    answer = {"step": "answer", "reason": "The court\0 uses this word, so we wanted to explain it."}
    assert "Answer the refusal" in client.get(address).content.decode()
    for _ in range(2):
        client.post(address, answer)
    assert PageLogEntry.objects.filter(action="design.answer").count() == 1
    page = client.get(address).content.decode()
    assert "The court uses this word" in page
    assert "Answer the refusal" not in page
    with pytest.raises(NotAllowed, match="refused this wording"):
        send_for_approval(again(survey), by=author)


def test_who_may_not_submit_answers_no_refusal(survey, people):
    author, young, _ = people
    send_for_approval(survey, by=author)
    decide(again(survey), approved=False, reason="No.", by=young)
    with pytest.raises(PermissionDenied):
        actions.answer_refusal(again(survey), answer="But.", by=staff("elsewhere", Role.PRACTITIONER))


def test_saving_or_submitting_in_the_editor_without_a_change_changes_nothing_about_a_refusal(client, survey, people):
    author, young, _ = people
    send_for_approval(survey, by=author)
    decide(again(survey), approved=False, reason="No.", by=young)
    at_desk(client, author)
    assert edits(client, again(survey)).status_code == 302
    assert edits(client, again(survey), button="action-submit").status_code == 302
    assert again(survey).status == SurveyPage.Status.DRAFT
    assert again(survey).current_workflow_state is None
    with pytest.raises(NotAllowed, match="refused this wording"):
        send_for_approval(again(survey), by=author)


def test_a_question_that_was_worded_anew_is_a_change_of_the_survey(survey, people):
    author, young, _ = people
    send_for_approval(survey, by=author)
    decide(again(survey), approved=False, reason="Nobody says this.", by=young)
    asked = survey.screens[0].value["question"].specific
    asked.wordings.update(text="Do they listen?")
    send_for_approval(again(survey), by=author)
    assert again(survey).status == SurveyPage.Status.IN_APPROVAL


def test_what_a_second_person_sends_back_begins_with_the_council_again(client, survey, people):
    author, young, second = people
    send_for_approval(survey, by=author)
    decide(again(survey), approved=True, by=young)
    decide(again(survey), approved=False, reason="The date is wrong.", by=second)
    assert (again(survey).status, again(survey).approved_by) == (SurveyPage.Status.DRAFT, None)
    at_desk(client, author)
    edits(client, survey, decision_maker="The new director")
    send_for_approval(again(survey), by=author)
    assert again(survey).current_workflow_task.name == "Care council"
    with pytest.raises(NotAllowed, match="has not approved"):
        actions.freeze(again(survey), by=second)


def test_what_cannot_be_frozen_goes_back_to_where_it_was(survey, people):
    author, young, second = people
    SurveyPage.objects.filter(pk=survey.pk).update(decision_maker="")
    send_for_approval(again(survey), by=author)
    decide(again(survey), approved=True, by=young)
    with pytest.raises(NotAllowed, match="who listens"):
        decide(again(survey), approved=True, by=second)
    assert again(survey).status == SurveyPage.Status.IN_APPROVAL
    assert again(survey).current_workflow_task.name == "Second person"


def test_nobody_edits_what_is_decided_on_and_is_told_why(client, survey, people):
    author, young, second = people
    send_for_approval(survey, by=author)
    address = reverse("wagtailadmin_pages:edit", args=[survey.pk])
    for person in people:
        at_desk(client, person)
        page = client.get(address).content.decode()
        assert "This survey waits for Care council of Here: a member who neither edited nor submitted it" in page
        edits(client, survey, introduction="Changed meanwhile.")
    decide(again(survey), approved=True, by=young)
    at_desk(client, author)
    assert "an officer who neither edited nor submitted it freezes it now" in client.get(address).content.decode()
    decide(again(survey), approved=True, by=second)
    assert "This survey is frozen, so it stays as it was asked" in client.get(address).content.decode()
    edits(client, survey, introduction="Changed afterwards.")
    assert "Changed" not in again(survey).get_latest_revision_as_object().introduction


def test_publishing_a_survey_is_freezing_it_and_nothing_else(client, survey, people):
    author = people[0]
    at_desk(client, author)
    edits(client, survey, button="action-publish", introduction="Published around everybody.")
    assert again(survey).introduction == ""
    assert "action-publish" not in client.get(reverse("wagtailadmin_pages:edit", args=[survey.pk])).content.decode()
    with pytest.raises(NotAllowed, match="approved and frozen"):
        again(survey).save_revision().publish(user=author)
    assert not again(survey).permissions_for_user(author).can_publish()


def test_wagtails_own_buttons_do_the_same(client, survey, people):
    author, young, second = people
    at_desk(client, author)
    edits(client, survey, button="action-submit", introduction="Submitted in the editor.")
    assert (again(survey).status, again(survey).submitted_by) == (SurveyPage.Status.IN_APPROVAL, author)
    for person, approves in ((author, False), (second, False), (young, True), (second, True)):
        at_desk(client, person)
        state = again(survey).current_workflow_task_state
        address = reverse("wagtailadmin_pages:workflow_action", args=[survey.pk, "approve", state.pk])
        client.post(address, {"comment": ""})
        after = again(survey).current_workflow_task_state
        assert (after is None or after.pk != state.pk) is approves
    assert Edition.objects.get().frozen_by == second


def test_taking_it_back_in_wagtail_makes_it_a_draft(client, survey, people):
    author = people[0]
    send_for_approval(survey, by=author)
    again(survey).current_workflow_state.cancel(user=author)
    assert again(survey).status == SurveyPage.Status.DRAFT


def test_a_step_of_another_areas_survey_is_not_taken_through_ones_own_page(client, survey, people):
    _, young, _ = people
    there = asking.area("there")
    theirs = draft(there)
    send_for_approval(theirs, by=staff("their-author", Role.PARTICIPATION_OFFICER, area=there))
    send_for_approval(survey, by=people[0])
    at_desk(client, young)
    state = again(theirs).current_workflow_task_state
    client.post(reverse("wagtailadmin_pages:workflow_action", args=[survey.pk, "approve", state.pk]), {"comment": ""})
    assert again(theirs).approved_by is None
    with pytest.raises(PermissionDenied):
        decide(again(theirs), approved=True, by=young)


def test_a_role_that_is_gone_decides_nothing(survey, people):
    author, young, _ = people
    send_for_approval(survey, by=author)
    young.roles_held.all().delete()
    with pytest.raises(PermissionDenied):
        decide(again(survey), approved=True, by=young)
    assert again(survey).current_workflow_task.specific.get_actions(survey, young) == []


def test_a_copy_begins_as_a_draft(survey, people):
    author, young, second = people
    send_for_approval(survey, by=author)
    decide(again(survey), approved=True, by=young)
    decide(again(survey), approved=True, by=second)
    copy = again(survey).copy(update_attrs={"slug": "copy", "title": "Copy"}, user=author)
    assert (copy.status, copy.submitted_by, copy.approved_by) == (SurveyPage.Status.DRAFT, None, None)


def test_twice_at_once_is_once(survey, people):
    author, young, second = people
    first, other = again(survey), again(survey)
    send_for_approval(first, by=author)
    with pytest.raises(NotAllowed):
        send_for_approval(other, by=second)
    old = again(survey)
    decide(again(survey), approved=True, by=young)
    with pytest.raises((NotAllowed, PermissionDenied)):
        decide(old, approved=True, by=staff("young2", Role.CARE_COUNCIL_MEMBER, area=survey.care_council.area))
