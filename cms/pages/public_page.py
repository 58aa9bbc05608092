"""What every public page has in common."""

from __future__ import annotations

from django.conf import settings

from cms.pages.line import InLine
from cms.pages.wording import check_claims_nothing
from surveys.frame.models import Area


class PublicPage(InLine):
    """What every public page has: its area's name and helplines, and the note on invented content."""

    class Meta:
        abstract = True

    words_of_staff: tuple[str, ...] = ("title", "seo_title", "search_description", "introduction", "body")

    def get_context(self, request, *args, **kwargs) -> dict:
        """What the template shows."""
        context = super().get_context(request, *args, **kwargs)
        home = self.home()
        area = home.area if home else None
        context.update(home=home, area=area, help_numbers=area.help_numbers.all() if area else [])
        # What speaks for all areas says so too as soon as one of them is invented.
        is_invented = area.is_fictional if area else Area.objects.filter(is_fictional=True).exists()
        context.update(exit_address=settings.EARSHOT_QUICK_EXIT_ADDRESS, is_invented=is_invented)
        return context

    def clean(self) -> None:
        """Refuses words that only the record of a test may say."""
        super().clean()
        for name in self.words_of_staff:
            if text := getattr(self, name, ""):
                check_claims_nothing(name, [str(text)])
