"""The workflow of surveys, kept in place by code, and none of Wagtail's: nobody sets one up or leaves a step out."""

from __future__ import annotations

from django.db.models import Model
from wagtail.models import GroupApprovalTask, Locale, Task, Workflow, WorkflowPage, WorkflowTask

from cms.workflow.models import CareCouncilApproval, SecondPersonApproval
from surveys.design.models import SurveyIndexPage

NAME = "Care council, then a second person"
STEPS = ((CareCouncilApproval, "Care council"), (SecondPersonApproval, "Second person"))


def survey_workflow() -> Workflow:
    """The workflow, with its two steps in order; made when it is not there."""
    workflow, _ = Workflow.objects.get_or_create(name=NAME)
    for place, (model, name) in enumerate(STEPS):
        task = _task(model, name)
        WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": place})
    return workflow


def _task(model: type[Task], name: str) -> Task:
    return model.objects.first() or model.objects.create(name=name)


def put_in_place() -> None:
    """Gives every survey that workflow; a translation is no survey of its own, and is published by itself."""
    default = Locale.objects.filter(pk=Locale.get_default().pk) if Locale.objects.exists() else Locale.objects.none()
    for index in SurveyIndexPage.objects.filter(locale__in=default):
        WorkflowPage.objects.update_or_create(page=index.page_ptr, defaults={"workflow": survey_workflow()})


def end_wagtails_own() -> None:
    """Ends what Wagtail gives to every page: a group approves in it, of which nobody here is a member."""
    by_groups = GroupApprovalTask.objects.values("pk")
    for workflow in Workflow.objects.active().filter(workflow_tasks__task__in=by_groups).distinct():
        workflow.deactivate()


def after_migrating(**kwargs: object) -> None:
    """Trees that were there before the workflow get it too, and no page keeps another."""
    put_in_place()
    end_wagtails_own()


def after_planting(instance: Model, created: bool, raw: bool = False, **kwargs: object) -> None:
    """A new tree of surveys gets it with its first breath."""
    if created and not raw:
        put_in_place()
