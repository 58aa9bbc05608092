"""What happens when a workflow has gone through: a survey is frozen, and any other page is published."""

from __future__ import annotations

from wagtail.workflows import publish_workflow_state


def finish(workflow_state, user=None) -> None:
    """Ends an approval; named in the settings, and imported before there are models."""
    from surveys.design.actions import freeze
    from surveys.design.models import SurveyPage

    page = workflow_state.content_object.specific
    if isinstance(page, SurveyPage):
        freeze(page, by=user)
    else:
        publish_workflow_state(workflow_state, user=user)
