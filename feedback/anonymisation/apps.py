from django.apps import AppConfig


class AnonymisationConfig(AppConfig):
    """Registers the room."""

    name = "feedback.anonymisation"
    label = "anonymisation"
    verbose_name = "Anonymisation"
