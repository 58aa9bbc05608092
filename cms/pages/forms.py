"""The forms in which pages are written that belong to an area."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page


class HomeForm(WagtailAdminPageForm):
    """Keeps a home page in its area: what is below an area is of that area, and stays of it."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "area" not in self.fields:
            return
        area = self.fields["area"]
        if self.instance.pk:
            # What is disabled is not taken from the form, whatever somebody sends.
            area.disabled = True
        elif above := self._area_above(self.parent_page):
            area.queryset = area.queryset.filter(pk=above)
            area.required = True

    @staticmethod
    def _area_above(parent: Page | None) -> int | None:
        return getattr(parent.specific, "area_id", None) if parent else None


class DeckForm(WagtailAdminPageForm):
    """Keeps a deck in its area: what is said with it goes nowhere else."""

    def clean_wave(self) -> str:
        """Refuses what is no conversation of the area."""
        code = self.cleaned_data["wave"]
        above = self.parent_page.get_ancestors(inclusive=True).specific().reverse() if code else []
        area = next((page.area for page in above if getattr(page, "area_id", None)), None)
        if code and (area is None or not area.waves.of_conversations().filter(code=code).exists()):
            raise ValidationError(f"{code} is no conversation of this area. Leave it empty, or choose one.")
        return code
