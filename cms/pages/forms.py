"""The form in which a home page is written."""

from __future__ import annotations

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
