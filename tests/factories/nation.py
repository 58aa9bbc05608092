"""Many areas with published figures, stored as a release stores them; and a release of all of them together."""

from dataclasses import asdict

from feedback.disclosure.rules import ProtectionRules
from feedback.releases.counted_names import CountedName
from feedback.releases.models import ClosedGroup, ClosedWindow, Release
from surveys.frame.models import Area
from tests.factories import asking

VALUES = {"yes": 30.2, "sometimes": 12.4, "no": 15.1, "did_not_answer": 2.3}
ALONE = {"alone": 50.0, "read": 6.0, "tapped": 2.0, "did_not_answer": 2.0}


def of(area, quarter, *, question="listened", values=None, n=60, status="published", reason=""):
    """A release of an area with one block of a question and of who was there."""
    code = f"{area.code if area else 'all-areas'}-{quarter.lower()}"
    release, _ = Release.objects.get_or_create(
        code=code, area=area, quarter=quarter, status=status, rules=asdict(ProtectionRules())
    )
    for name, found in ((question, values or VALUES), ("who_was_there", ALONE)):
        window = ClosedWindow.objects.create(
            release=release, area=area, question=name, options=list(found), table="overall",
            first_quarter=quarter, last_quarter=quarter,
        )  # fmt: skip
        ClosedGroup.objects.create(
            window=window, respondents=None if reason else n, values={} if reason else found, reason=reason
        )
    return release


def asked():
    """The question as an edition asked it."""
    edition = asking.edition(of=asking.area("first"))
    return CountedName.objects.get_or_create(edition=edition, item="listened", name="listened")


def many_areas(many, *, quarter="2026Q2"):
    """So many areas, each with a published release."""
    asked()
    for number in range(many):
        area, is_new = Area.objects.get_or_create(code=f"area-{number:03}", name=f"Area {number:03}")
        if is_new:
            of(area, quarter)
    return of(None, quarter, n=60 * many) if not Release.objects.filter(area=None).exists() else None
