"""What an area said it would report back on, by a day that is over, without having promised anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from feedback.promises.models import EVERYBODY, Promise, PromiseWords
from surveys.fieldwork.models import Wave
from surveys.frame.models import Area
from surveys.instrument.wording import AT_WORK, Audience

# Who is 4 or 5 is told on the page of those who are 6 or 7; who answers at work reads what is for everybody.
TOLD_AS = {Audience.AGE_4_5: Audience.AGE_6_7, **dict.fromkeys(AT_WORK, EVERYBODY)}


@dataclass(frozen=True)
class Unanswered:
    """A survey whose day to report back (the Lundy field *influence*) is over, with nothing promised since it began."""

    wave: str
    code: str
    audience: str
    report_on: date
    days_late: int


def told_as(audience: str) -> str:
    """On whose page somebody of this audience reads; blank is everybody's."""
    return str(TOLD_AS.get(Audience(audience), audience))


def unanswered(area: Area, *, today: date | None = None) -> list[Unanswered]:
    """The surveys of an area that nobody has answered in time, the one that waits longest first.

    A survey is answered once something is promised, or said to be impossible, about what its audience said.
    """
    today = today or timezone.localdate()
    promised = _promised(area)
    late = [one for one in _over(area, today) if not _is_answered(one, promised)]
    found = [one for _, one in late]
    return sorted(found, key=lambda one: (-one.days_late, one.wave))


def _over(area: Area, today: date) -> list[tuple[date, Unanswered]]:
    """Those whose day is over, each with the day on which it began."""
    waves = Wave.objects.filter(Q(area=area) | Q(area__merged_into=area)).exclude(opened_on=None)
    rows = waves.values_list(
        "name", "code", "opened_on", "edition__document__audience", "edition__document__report_back_on"
    )
    found = []
    for name, code, opened_on, audience, report in rows:
        day = date.fromisoformat(report) if report else today
        if day < today:
            found.append((opened_on, Unanswered(name, code, told_as(audience), day, (today - day).days)))
    return found


def _promised(area: Area) -> list[tuple[str, date]]:
    promises = Promise.objects.of(area).standing()
    words = PromiseWords.objects.filter(promise__in=promises).order_by()
    return list(words.values_list("audience", "promise__made_on").distinct())


def _is_answered(late: tuple[date, Unanswered], promised: list[tuple[str, date]]) -> bool:
    opened_on, one = late
    return any(audience == one.audience and made_on >= opened_on for audience, made_on in promised)
