"""The programs that must run again and again, and when each last ended well."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from feedback.privacy.models import ProgramRun
from feedback.privacy.watching import Watched

A_NIGHT = timedelta(hours=26)
TOO_LONG_AGO = "That is too long: look at its timer and at what it wrote."
NEVER = "Start its timer; if it has one, look at what it wrote."


@dataclass(frozen=True)
class Expected:
    """A program, what it is for, and after how long without it somebody has to look."""

    program: str
    does: str
    within: timedelta


EXPECTED = (
    Expected("screen_waiting", "reads new answers for worries, and calls who is on duty", timedelta(minutes=15)),
    Expected("retention_sweep", "erases what was kept long enough", A_NIGHT),
    Expected("follow_plans", "opens and closes surveys on their days", A_NIGHT),
    Expected("send_reminders", "reminds staff of what waits", A_NIGHT),
    Expected("backup", "keeps everything a second time", A_NIGHT),
    Expected("list_erasures", "lists what must not come back with a backup", timedelta(hours=2)),
)


def note_run(program: str) -> None:
    """Notes that a program ended well."""
    ProgramRun.objects.update_or_create(program=program, defaults={"ended_at": timezone.now()})


def runs_watched(now: datetime | None = None) -> Iterator[Watched]:
    """How long ago each of them ended well."""
    now, ended = now or timezone.now(), dict(ProgramRun.objects.values_list("program", "ended_at"))
    for one in EXPECTED:
        last = ended.get(one.program)
        says = f"{one.program}, which {one.does}, {_ago(last, now)}."
        to_do = _to_do(one, last, now)
        yield Watched(
            code=f"hours_since_{one.program}",
            says=says,
            value=(now - last).total_seconds() / 3600 if last else None,
            trouble=f"{says} {to_do}" if to_do else "",
            to_do=to_do,
        )


def _to_do(one: Expected, last: datetime | None, now: datetime) -> str:
    if last is None:
        return NEVER
    return TOO_LONG_AGO if now - last > one.within else ""


def _ago(last: datetime | None, now: datetime) -> str:
    if last is None:
        return "has never ended well here"
    hours = int((now - last).total_seconds() // 3600)
    return "ended well less than an hour ago" if hours < 1 else f"last ended well {hours} hour{'s' * (hours > 1)} ago"
