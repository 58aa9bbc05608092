from django.apps import AppConfig


class DesignConfig(AppConfig):
    """Registers the room."""

    name = "surveys.design"
    label = "design"
    verbose_name = "Survey design"
