from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save
from wagtail.signals import workflow_cancelled, workflow_submitted


class WorkflowConfig(AppConfig):
    """Registers the room, and what it does when Wagtail starts or stops an approval."""

    name = "cms.workflow"
    label = "workflow"
    verbose_name = "Approval"

    def ready(self) -> None:
        """Keeps the one workflow of surveys in place, and a survey's state in step with it."""
        from cms.workflow import following, setting_up
        from surveys.design.models import SurveyIndexPage

        post_migrate.connect(setting_up.after_migrating, sender=self)
        post_save.connect(setting_up.after_planting, sender=SurveyIndexPage)
        workflow_submitted.connect(following.after_submitting)
        workflow_cancelled.connect(following.after_cancelling)
