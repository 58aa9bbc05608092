from django.core.management.base import BaseCommand

from feedback.anonymisation.reminder_actions import send_reminders


class Command(BaseCommand):
    """Reminds those who work in an area that a wave ends there."""

    help = (
        "Reminds officers and practitioners of an area, two weeks and three days before the last day of a wave, once "
        "each. Harmless to run twice; made for cron, each morning. No respondent is written to."
    )

    def handle(self, **options) -> None:
        """Does it, and says how many letters went; never to whom."""
        self.stdout.write(f"{send_reminders()} sent.")
