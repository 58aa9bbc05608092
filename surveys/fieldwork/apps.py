from importlib import import_module

from django.apps import AppConfig


class FieldworkConfig(AppConfig):
    """Registers the room."""

    name = "surveys.fieldwork"
    label = "fieldwork"
    verbose_name = "Fieldwork"

    def import_models(self) -> None:
        """Knows what stands in files of its own: messages, hearers, licensed scales, packs, days."""
        super().import_models()
        import_module("surveys.fieldwork.hearers")
        import_module("surveys.fieldwork.licences")
        import_module("surveys.fieldwork.messages")
        import_module("surveys.fieldwork.occasions")
        import_module("surveys.fieldwork.open_days")
