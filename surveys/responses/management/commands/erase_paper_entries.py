from django.core.management.base import BaseCommand

from surveys.responses.paper_actions import erase_overdue_entries


class Command(BaseCommand):
    """Erases what one person keyed of booklets that nobody has keyed a second time within the days of grace."""

    help = (
        "Erases first keyings of booklets that have waited for longer than their wave's days of grace, or whose wave "
        "takes no answers any more, and says how many; screen_waiting does it as well. Harmless to run twice."
    )

    def handle(self, **options) -> None:
        """Does it, and says how many; never which."""
        erased = erase_overdue_entries()
        self.stdout.write(f"{erased} first keying{'' if erased == 1 else 's'} erased.")
