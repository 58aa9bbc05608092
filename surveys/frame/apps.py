from django.apps import AppConfig


class FrameConfig(AppConfig):
    """Registers the room."""

    name = "surveys.frame"
    label = "frame"
    verbose_name = "Sampling frame"
