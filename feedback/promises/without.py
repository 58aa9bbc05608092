"""What was asked about and released, and nothing was ever promised on."""

from __future__ import annotations

from feedback.promises.models import Promise
from feedback.releases.models import ClosedWindow, Release
from feedback.releases.series import code_of
from surveys.bank.models import QuestionPage
from surveys.bank.themes import Theme
from surveys.frame.models import Area


def themes_without_a_promise(area: Area) -> list[str]:
    """The themes of the questions whose figures the area has published, on which no promise of it stands."""
    published = Release.objects.published().filter(area=area)
    shown = ClosedWindow.objects.filter(release__in=published, groups__reason="").order_by()
    codes = {code_of(name) for name in shown.values_list("question", flat=True).distinct()}
    asked = set(QuestionPage.objects.filter(code__in=codes).values_list("theme", flat=True))
    promised = set(Promise.objects.of(area).standing().values_list("theme", flat=True))
    return [str(theme.label) for theme in Theme if theme in asked - promised and theme != Theme.OTHER]
