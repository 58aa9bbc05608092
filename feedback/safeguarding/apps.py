from django.apps import AppConfig


class SafeguardingConfig(AppConfig):
    """Registers the room."""

    name = "feedback.safeguarding"
    label = "safeguarding"
    verbose_name = "Safeguarding"
