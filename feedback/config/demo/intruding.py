"""A test of a published release, so that a visitor sees what may be said of figures because somebody tried."""

from __future__ import annotations

from datetime import date

from feedback.accounts.models import User
from feedback.releases.intruder_test_actions import record_test
from feedback.releases.intruder_tests import IntruderTest
from feedback.releases.models import Release
from surveys.frame.models import Area


def somebody_tried(area: Area, *, today: date, by: User) -> None:
    """A board officer writes down that somebody from outside tried to find a person in the area's last release."""
    release = Release.objects.published().filter(area=area).order_by("-quarter").first()
    if release is None:
        return
    record_test(
        release,
        who=IntruderTest.Who.RESEARCHER,
        outside="Made up for this demo: a student of social work from another town",
        knew=[IntruderTest.Knew.AREA],
        sources=[IntruderTest.Source.THIS_RELEASE, IntruderTest.Source.EARLIER, IntruderTest.Source.INTERNET],
        hours=6,
        result=IntruderTest.Result.NOBODY,
        tried_on=today,
        by=by,
    )
