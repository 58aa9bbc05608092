from django.apps import AppConfig


class InspectionConfig(AppConfig):
    """Registers the room."""

    name = "feedback.inspection"
    label = "inspection"
    verbose_name = "Inspection"
