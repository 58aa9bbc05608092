"""The form in which a survey is drafted."""

from __future__ import annotations

from wagtail.admin.forms import WagtailAdminPageForm


class SurveyForm(WagtailAdminPageForm):
    """Offers the care councils of the area in which the survey is drafted, and no other."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        area = getattr(self.parent_page.specific_deferred if self.parent_page else None, "area_id", None)
        if "care_council" in self.fields and area:
            councils = self.fields["care_council"]
            councils.queryset = councils.queryset.filter(area=area)
            councils.required = True
