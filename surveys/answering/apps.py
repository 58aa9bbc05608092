from django.apps import AppConfig


class AnsweringConfig(AppConfig):
    """Registers the room."""

    name = "surveys.answering"
    label = "answering"
    verbose_name = "Answering"
