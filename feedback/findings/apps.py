from django.apps import AppConfig


class FindingsConfig(AppConfig):
    """Registers the room."""

    name = "feedback.findings"
    label = "findings"
    verbose_name = "Shared findings"
