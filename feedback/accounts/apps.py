from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers the room."""

    name = "feedback.accounts"
    label = "accounts"
    verbose_name = "Staff accounts"
