from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Registers the room."""

    name = "cms.desk"
    label = "desk"
    verbose_name = "Desk"
