from django.apps import AppConfig


class BankConfig(AppConfig):
    """Registers the room."""

    name = "surveys.bank"
    label = "bank"
    verbose_name = "Question bank"
