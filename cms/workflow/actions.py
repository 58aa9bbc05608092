"""What people do with a survey's approval at the desk; Wagtail's workflow keeps the history."""

from __future__ import annotations

from django.db import transaction
from wagtail.models import TaskState

from cms.workflow.setting_up import survey_workflow
from surveys.design import actions
from surveys.design.models import SurveyPage


@transaction.atomic
def send_for_approval(survey: SurveyPage, *, by) -> None:
    """Submits a survey, and starts its approval with the last draft."""
    actions.submit(survey, by=by)
    if survey.get_latest_revision() is None:
        survey.save_revision(user=by, log_action=False)
    survey_workflow().start(survey, by)


@transaction.atomic
def decide(survey: SurveyPage, *, approved: bool, reason: str = "", by) -> None:
    """The care council, and after it the second person, approves a survey or sends it back."""
    state = survey.current_workflow_task_state
    if state:
        state.task.specific.on_action(state, by, "approve" if approved else "reject", comment=reason)
    elif not approved:
        actions.refuse(survey, reason=reason, by=by)
    elif survey.approved_by_id is None:
        actions.approve(survey, by=by)
    else:
        actions.freeze(survey, by=by)


@transaction.atomic
def decide_report(step: TaskState, *, approved: bool, reason: str = "", by) -> None:
    """A second person approves an annual report, which publishes it, or sends it back and says why."""
    step.task.specific.on_action(step, by, "approve" if approved else "reject", comment=reason)


@transaction.atomic
def take_back(survey: SurveyPage, *, by) -> None:
    """Whoever works on a survey goes on working on it, in approval or frozen."""
    actions.reopen(survey, by=by)
    if state := survey.current_workflow_state:
        state.cancel(user=by)
