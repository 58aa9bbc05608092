from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Registers the room, and seals the log."""

    name = "feedback.privacy"
    label = "privacy"
    verbose_name = "Privacy"

    def ready(self) -> None:
        """From now on the log refuses anonymous entries, and lets none be changed."""
        from django.core.signals import request_finished, request_started

        from feedback.privacy import programs
        from feedback.privacy.log import seal

        seal()
        request_started.connect(programs.request_begins)
        request_finished.connect(programs.request_ends)
