"""A second person approves an annual report, which publishes it; nobody publishes a report of their own."""

from __future__ import annotations

from django.apps import apps
from django.db import models, transaction
from django.db.models.functions import Cast
from wagtail.locks import WorkflowLock
from wagtail.models import Page, PageLogEntry, Revision, Task, TaskState, Workflow, WorkflowTask

from surveys.frame.policies import NotAllowed

APPROVE = "pages.approve_report"
NAME, STEP = "A second person reads an annual report", "Second person reads the report"
EDITS = ("wagtail.create", "wagtail.edit", "wagtail.revert", "wagtail.rename")
SECOND = "Somebody who neither wrote nor sent it decides."


class AwaitsReader(WorkflowLock):
    """Keeps a report as it was sent until a second person decided."""

    def get_message(self, user) -> str:
        """Whose turn it is, and what to do."""
        return f"This report waits under Annual reports in the menu. {SECOND} Until then nobody edits it."

    def get_locked_by(self, user, can_lock: bool = False) -> str:
        """What keeps it."""
        return "In approval"

    def get_description(self, user, can_lock: bool = False) -> str:
        """Whose turn it is, in short."""
        return SECOND


class ReportApproval(Task):
    """Somebody who neither wrote nor sent the report approves it, or sends it back with a reason."""

    lock_class = AwaitsReader

    class Privacy:
        personal = {}
        plain = {"task_ptr"}

    class Meta:
        verbose_name = "second person reads an annual report"

    def get_actions(self, obj, user) -> list[tuple[str, str, bool]]:
        """What this person may press: nothing, unless they are the one to decide."""
        report = obj.specific
        if not user.has_perm(APPROVE, report) or why_not_second(report, by=user):
            return []
        return [("reject", "Send it back", True), ("approve", "Approve and publish", False)]

    def locked_for_user(self, obj, user) -> bool:
        """Nobody edits what is being decided on."""
        return True

    @transaction.atomic
    def on_action(self, task_state: TaskState, user, action_name: str, comment: str = "", **kwargs) -> None:
        """Decides, on the report of the step itself, whatever page an address may have named."""
        state = TaskState.objects.select_for_update().get(pk=task_state.pk)
        report = state.workflow_state.content_object.specific
        _check_may_decide(report, state, by=user)
        if action_name == "reject":
            _check_has_reason(comment)
            state.reject(user=user, comment=comment)
            state.workflow_state.cancel(user=user)
        elif action_name == "approve":
            _check_is_whole(state.revision.as_object())
            state.approve(user=user, comment=comment)

    def get_task_states_user_can_moderate(self, user, **kwargs) -> models.QuerySet[TaskState]:
        """The reports of this person's areas that wait."""
        keys = reports_for(user).annotate(key=Cast("pk", models.CharField(max_length=255))).values("key")
        waiting = TaskState.objects.filter(task=self, status=TaskState.STATUS_IN_PROGRESS)
        return waiting.filter(workflow_state__object_id__in=keys)

    @classmethod
    def get_description(cls) -> str:
        """What the step is, in a sentence."""
        return "Somebody who neither wrote nor sent the report reads it, and approves it or sends it back."


def report_workflow() -> Workflow:
    """The workflow of annual reports; made when it is not there."""
    workflow, _ = Workflow.objects.get_or_create(name=NAME)
    task = ReportApproval.objects.first() or ReportApproval.objects.create(name=STEP)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    return workflow


def reports_for(user) -> models.QuerySet[Page]:
    """The annual reports of the areas in which this person decides on them."""
    # The pages' room is above this one, so its models are named by string.
    reports, homes = (apps.get_model("pages", name).objects for name in ("AnnualReportPage", "HomePage"))
    if user.holds_everywhere(APPROVE):
        return reports.all()
    found = reports.none()
    for home in homes.filter(area__in=user.areas_held(APPROVE)):
        found = found | reports.descendant_of(home)
    return found


def reports_waiting_for(user) -> list[Page]:
    """The reports this person may decide on now."""
    task = ReportApproval.objects.first()
    states = task.get_task_states_user_can_moderate(user) if task else ()
    pages = [state.workflow_state.content_object.specific for state in states]
    return [page for page in pages if not why_not_second(page, by=user)]


def decisions_on(report: Page) -> models.QuerySet[TaskState]:
    """Every step it went through, the first first."""
    return TaskState.objects.filter(workflow_state__object_id=str(report.pk)).order_by("pk")


def why_not_second(report: Page, *, by) -> str:
    """What makes this person the first and not the second, in a sentence; nothing if they may decide."""
    state = report.current_workflow_state
    if state and state.requested_by_id == by.pk:
        return "You sent this report, so someone else must decide on it."
    if by.pk in writers_of(report):
        return "You wrote in this report since it was last published, so someone else must decide on it."
    return ""


def writers_of(report: Page) -> set[int]:
    """The ids of those who wrote in it since it was last published."""
    entries = PageLogEntry.objects.filter(page=report.pk)
    edits = entries.filter(action__in=EDITS, user__isnull=False)
    if published := entries.filter(action="wagtail.publish").order_by("-timestamp").first():
        edits = edits.filter(timestamp__gt=published.timestamp)
    return set(edits.values_list("user", flat=True))


def check_was_approved(revision: Revision) -> None:
    """Refuses to publish a revision that no second person approved."""
    approved = ReportApproval.objects.values("pk")
    states = TaskState.objects.filter(revision=revision, status=TaskState.STATUS_APPROVED, task__in=approved)
    if not states.exists():
        raise NotAllowed("A report is published by a second person who approves it. Submit it for approval.")


def _check_may_decide(report: Page, state: TaskState, *, by) -> None:
    if state.status != TaskState.STATUS_IN_PROGRESS:
        raise NotAllowed("Somebody else has decided on this report already. Open the list to see what came of it.")
    if not by.has_perm(APPROVE, report):
        raise NotAllowed("Your role does not include this.")
    if problem := why_not_second(report, by=by):
        raise NotAllowed(problem)


def _check_has_reason(reason: str) -> None:
    if not reason.strip():
        raise NotAllowed("Say why, so that whoever wrote it knows what to change.")


def _check_is_whole(report) -> None:
    if sentences := report.why_not_ready():
        raise NotAllowed(sentences)
