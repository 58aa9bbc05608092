from importlib import import_module

from django.apps import AppConfig


class FieldworkConfig(AppConfig):
    """Registers the room."""

    name = "surveys.fieldwork"
    label = "fieldwork"
    verbose_name = "Fieldwork"

    def import_models(self) -> None:
        """Knows the messages to everybody too, which stand in a file of their own."""
        super().import_models()
        import_module("surveys.fieldwork.messages")
