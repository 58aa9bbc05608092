from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Registers the start-up checks."""

    name = "feedback.config"
    label = "config"

    def ready(self) -> None:
        """Makes Django run our checks at every start."""
        from django.core.checks import register

        from feedback.config import checks

        for check in checks.AT_EVERY_START:
            register(check)
        for check in checks.ON_DEPLOYMENT:
            register(check, deploy=True)
