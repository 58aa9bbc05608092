from django.core.management.base import BaseCommand
from wagtail import hooks

from feedback.anonymisation.reminder_actions import send_reminders


class Command(BaseCommand):
    """Reminds those who work in an area that a wave ends there, and owners that a promise waits."""

    help = (
        "Reminds officers and practitioners of an area, two weeks and three days before the last day of a wave, once "
        "each; and owners of promises, a week before their day and once they are late. Harmless to run twice; made for "
        "cron, each morning. No respondent is written to."
    )

    def handle(self, **options) -> None:
        """Does it, and says how many letters went; never to whom."""
        # Rooms above remind of what is theirs, such as promises.
        others = sum(remind() for remind in hooks.get_hooks("reminders"))
        self.stdout.write(f"{send_reminders() + others} sent.")
