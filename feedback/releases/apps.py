from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    """Registers the room."""

    name = "feedback.releases"
    label = "releases"
    verbose_name = "Releases"
