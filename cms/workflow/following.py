"""Keeps a survey's state in step where somebody uses Wagtail's own buttons and not those of the desk."""

from __future__ import annotations

from wagtail.models import WorkflowState

from surveys.design import actions
from surveys.design.models import SurveyPage


def _survey(state: WorkflowState) -> SurveyPage | None:
    page = state.content_object.specific
    return page if isinstance(page, SurveyPage) else None


def after_submitting(instance: WorkflowState, user, **kwargs: object) -> None:
    """Whoever submits it in Wagtail has submitted it."""
    survey = _survey(instance)
    if survey and survey.status == SurveyPage.Status.DRAFT:
        actions.submit(survey, by=user)


def after_cancelling(instance: WorkflowState, user, **kwargs: object) -> None:
    """Whoever takes it back in Wagtail goes on working on it; what is published just now is not taken back."""
    survey = _survey(instance)
    is_published = survey and survey.live_revision_id == instance.current_task_state.revision_id
    if survey and survey.status == SurveyPage.Status.IN_APPROVAL and not is_published:
        actions.reopen(survey, by=user)
