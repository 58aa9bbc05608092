from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Registers the room, and shows the linter's findings where a question is edited."""

    name = "cms.desk"
    label = "desk"
    verbose_name = "Desk"

    def ready(self) -> None:
        """Adds the panel before any form is made."""
        from cms.desk.question_panel import put_in_place

        put_in_place()
