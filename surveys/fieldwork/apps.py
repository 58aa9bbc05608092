from importlib import import_module

from django.apps import AppConfig


class FieldworkConfig(AppConfig):
    """Registers the room."""

    name = "surveys.fieldwork"
    label = "fieldwork"
    verbose_name = "Fieldwork"

    def import_models(self) -> None:
        """Knows the messages to everybody and who hears children too, which stand in files of their own."""
        super().import_models()
        import_module("surveys.fieldwork.hearers")
        import_module("surveys.fieldwork.messages")
