"""What the administrator must know of floods, and what is forgotten of the daily numbers they are noticed by."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Max
from django.utils import timezone

from feedback.anonymisation.floods import Flood
from feedback.privacy.watching import Watched
from surveys.fieldwork.models import Wave
from surveys.fieldwork.open_days import OpenDay

# A week in which a second person can be found.
DAYS_TO_DECIDE = 7


def floods_watched(today: date | None = None) -> Iterator[Watched]:
    """Days that nobody has looked at, and answers put aside that wait for too long; never of which wave."""
    yield _to_look_at()
    yield _put_aside(today or timezone.localdate())


def _to_look_at() -> Watched:
    many = Flood.objects.to_look_at().count()
    said = f"On {_days(many)} more answers came openly than is plausible." if many else "No day brought too many."
    late = (
        "More answers came by an open link than is plausible: a class, or somebody who sends invented ones. They are "
        "counted until a participation officer says otherwise, on the page of the wave. Tell the officers today."
    )
    return Watched("floods_to_look_at", said, many, late if many else "")


def _put_aside(today: date) -> Watched:
    undecided = Flood.objects.undecided()
    many = undecided.count()
    put = undecided.annotate(put_on=Max("steps__on")).filter(put_on__lt=today - timedelta(days=DAYS_TO_DECIDE))
    said = f"The answers of {_days(many)} are put aside, and counted nowhere." if many else "No answers are put aside."
    late = (
        f"Answers have been put aside for more than {DAYS_TO_DECIDE} days, and nobody has decided whether they count. "
        "Tell a second participation officer, or an output checker."
    )
    return Watched("floods_put_aside", said, many, late if put.exists() else "")


def _days(many: int) -> str:
    return "1 day" if many == 1 else f"{many} days"


def forget_open_days(*, by=None) -> int:
    """Erases the daily numbers of waves that take no more answers; the sweep has no person behind it."""
    closed = Wave.objects.filter(status=Wave.Status.CLOSED)
    today = timezone.localdate()
    over = [wave.pk for wave in closed if not wave.takes_answers_on(today)]
    return OpenDay.objects.filter(wave__in=over).delete()[0]
