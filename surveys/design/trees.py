"""Where surveys hang: below their area, so that a role in one area does not reach into another."""

from __future__ import annotations

from wagtail.models import Page

from surveys.design.models import AreaSurveysPage, SurveyIndexPage
from surveys.frame.models import Area


def survey_index() -> SurveyIndexPage:
    """The tree of all surveys."""
    if existing := SurveyIndexPage.objects.order_by("path").first():
        return existing
    return Page.get_first_root_node().add_child(instance=SurveyIndexPage(title="Surveys", slug="surveys"))


def surveys_of(area: Area) -> AreaSurveysPage:
    """The tree of one area's surveys; made when it is first needed."""
    index = survey_index()
    below = AreaSurveysPage.objects.child_of(index).filter(area=area).first()
    return below or index.add_child(instance=AreaSurveysPage(title=area.name, slug=area.code, area=area))
