from django.apps import AppConfig


class ResponsesConfig(AppConfig):
    """Registers the room."""

    name = "surveys.responses"
    label = "responses"
    verbose_name = "Responses"
