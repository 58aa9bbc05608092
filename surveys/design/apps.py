from importlib import import_module

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """Registers the room."""

    name = "surveys.design"
    label = "design"
    verbose_name = "Survey design"

    def import_models(self) -> None:
        """Knows the records of the workbench too, which stand in a file of their own."""
        super().import_models()
        import_module("surveys.design.workbench")
