"""The form in which a survey is drafted."""

from __future__ import annotations

from wagtail.admin.forms import WagtailAdminPageForm

from surveys.instrument.promised_words import added_problems
from surveys.instrument.wording import Audience


class SurveyForm(WagtailAdminPageForm):
    """Offers the care councils of the area in which the survey is drafted, and no other."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        area = getattr(self.parent_page.specific_deferred if self.parent_page else None, "area_id", None)
        if "care_council" in self.fields and area:
            councils = self.fields["care_council"]
            councils.queryset = councils.queryset.filter(area=area)
            councils.required = True
            if not councils.queryset.exists():
                councils.help_text = "There is none yet. An administrator of the area adds it at the desk, under Area."

    def clean(self) -> dict:
        """Says at once, beside the field, what freezing would refuse."""
        found = super().clean()
        page, added = self.instance, found.get("promise_words", "").strip()
        audience = found.get("audience") or page.audience
        if added and audience in set(Audience):
            for problem in added_problems(
                added, Audience(audience), page.locale.language_code if page.locale_id else "en"
            ):
                self.add_error("promise_words", problem)
        return found
