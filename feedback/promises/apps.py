from django.apps import AppConfig


class PromisesConfig(AppConfig):
    """Registers the room."""

    name = "feedback.promises"
    label = "promises"
    verbose_name = "Promises"
