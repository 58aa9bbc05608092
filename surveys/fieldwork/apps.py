from django.apps import AppConfig


class FieldworkConfig(AppConfig):
    """Registers the room."""

    name = "surveys.fieldwork"
    label = "fieldwork"
    verbose_name = "Fieldwork"
