"""The steps of a survey's approval: its care council, then a second person. They decide by the design room's rules."""

from __future__ import annotations

from django.db import models, transaction
from django.db.models.functions import Cast
from wagtail.models import Task, TaskState

from cms.workflow.locks import AwaitsCareCouncil, AwaitsSecondPerson
from cms.workflow.reports import ReportApproval as ReportApproval
from surveys.design import actions, policies
from surveys.design.models import SurveyPage


class Decision(Task):
    """A step at which somebody decides who neither submitted nor edited the survey."""

    permission: str
    approve_label: str

    class Meta:
        abstract = True

    def get_actions(self, obj, user) -> list[tuple[str, str, bool]]:
        """What this person may press: nothing, unless they are the one to decide."""
        survey = obj.specific
        if not user.has_perm(self.permission, survey) or policies.why_not_second_person(survey, by=user):
            return []
        return [("reject", "Send it back", True), ("approve", self.approve_label, False)]

    def locked_for_user(self, obj, user) -> bool:
        """Nobody edits what is being decided on, so that what is frozen is what was approved."""
        return True

    @transaction.atomic
    def on_action(self, task_state: TaskState, user, action_name: str, comment: str = "", **kwargs) -> None:
        """Decides, on the survey of the step itself, whatever page an address may have named."""
        survey = task_state.workflow_state.content_object.specific
        if action_name == "reject":
            actions.refuse(survey, reason=comment, by=user)
            task_state.reject(user=user, comment=comment)
            # It begins anew with the council, whoever sent it back.
            task_state.workflow_state.cancel(user=user)
        elif action_name == "approve":
            self.approve(survey, by=user)
            task_state.approve(user=user, comment=comment)

    def approve(self, survey: SurveyPage, *, by) -> None:
        """What approving means at this step, beside going on to the next: nothing, where that is enough."""

    def get_task_states_user_can_moderate(self, user, **kwargs) -> models.QuerySet[TaskState]:
        """The surveys of this person's areas that wait at this step."""
        mine = SurveyPage.objects.visible_to(user, self.permission)
        keys = mine.annotate(key=Cast("pk", models.CharField(max_length=255))).values("key")
        waiting = TaskState.objects.filter(task=self, status=TaskState.STATUS_IN_PROGRESS)
        return waiting.filter(workflow_state__object_id__in=keys)


class CareCouncilApproval(Decision):
    """The care council approves the survey, or refuses it and says why; its refusal stands."""

    permission = "design.approve"
    approve_label = "Approve for the care council"
    lock_class = AwaitsCareCouncil

    class Privacy:
        personal = {}
        plain = {"task_ptr"}

    class Meta:
        verbose_name = "care council approval"

    def approve(self, survey: SurveyPage, *, by) -> None:
        """Puts down who approved it for the council."""
        actions.approve(survey, by=by)

    @classmethod
    def get_description(cls) -> str:
        """What the step is, in a sentence."""
        return "A member of the care council approves or refuses the wording, who neither edited nor submitted it."


class SecondPersonApproval(Decision):
    """Somebody who neither edited nor submitted the survey freezes it: the end of the workflow does that."""

    permission = "design.freeze"
    approve_label = "Freeze it"
    lock_class = AwaitsSecondPerson

    class Privacy:
        personal = {}
        plain = {"task_ptr"}

    class Meta:
        verbose_name = "second person who did not edit"

    @classmethod
    def get_description(cls) -> str:
        """What the step is, in a sentence."""
        return "An officer who neither edited nor submitted the survey freezes it into an edition."
