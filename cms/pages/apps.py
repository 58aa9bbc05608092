from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Registers the room."""

    name = "cms.pages"
    label = "pages"
    verbose_name = "Public pages"
