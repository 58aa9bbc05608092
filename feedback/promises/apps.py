from importlib import import_module

from django.apps import AppConfig


class PromisesConfig(AppConfig):
    """Registers the room."""

    name = "feedback.promises"
    label = "promises"
    verbose_name = "Promises"

    def import_models(self) -> None:
        """Knows what stands in a file of its own: the board of what gets in the way."""
        super().import_models()
        import_module("feedback.promises.blockages")
