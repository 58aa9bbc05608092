from importlib import import_module

from django.apps import AppConfig


class ResponsesConfig(AppConfig):
    """Registers the room."""

    name = "surveys.responses"
    label = "responses"
    verbose_name = "Responses"

    def import_models(self) -> None:
        """Knows the letters too, which stand in a file of their own."""
        super().import_models()
        import_module("surveys.responses.letters")
