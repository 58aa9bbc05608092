"""Telling people that something waits: the one on duty at once, and others when nobody looks.

A message says that something waits and where to sign in. It says nothing about what, where or whom: it is read on
phones on kitchen tables, and kept for ever.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from feedback.accounts.models import User
from feedback.safeguarding.clock import call_steps, minutes_passed, start_clocks
from feedback.safeguarding.leaving import free_what_was_left
from feedback.safeguarding.letters import areas_with_letters
from feedback.safeguarding.models import Alarm, Concern
from feedback.safeguarding.rota import holds_throughout, on_duty, who_may_be_planned
from feedback.safeguarding.screening import Severity
from feedback.safeguarding.telling import Ways, tell, tell_duty_team
from feedback.safeguarding.texting import ask_about_texts
from surveys.frame.models import Area
from surveys.responses.models import ContactMessage

# After the one on duty, the deputy and the manager everybody who may look is told, again and again.
AGAIN = {Severity.NOW: timedelta(hours=1), Severity.SOON: timedelta(days=1)}
RETRY = timedelta(minutes=1)
ON_THE_ROTA = ("lead", "deputy", "manager")
logger = logging.getLogger(__name__)


def call(*, now: datetime | None = None, by=None) -> int:
    """Tells whoever is due to be told that something waits; no person is behind the sweep, so `by` is empty.

    How many were told. Harmless to run twice, and while a mail server is down: it is tried again until one takes it.
    """
    # To the minute: the calls need no more, and what stands here while nobody looks says as little as it can.
    now = (now or timezone.now()).replace(second=0, microsecond=0)
    free_what_was_left(by=by)
    start_clocks(now)
    ask_about_texts(now)
    _set_alarms(now)
    due = [alarm.area_id for alarm in Alarm.objects.select_related("area") if _is_due(alarm, now)]
    ways = Ways()
    return sum(_tell(area_id, now, ways) for area_id in due)


def areas_not_told(user, permission: str) -> list[Area]:
    """The areas of this person in which something waits and nothing took the message."""
    alarms = Alarm.objects.filter(area__in=user.areas_held(permission), is_undelivered=True)
    return [alarm.area for alarm in alarms.select_related("area").order_by("area__name")]


@transaction.atomic
def _set_alarms(now: datetime) -> None:
    """One alarm for each area in which nobody has looked at something yet; none where somebody has."""
    waiting = _what_waits()
    standing = {alarm.area_id: alarm for alarm in Alarm.objects.select_for_update().order_by("pk")}
    Alarm.objects.filter(pk__in=standing.keys() - waiting.keys()).delete()
    for area_id, urgent in waiting.items():
        alarm = standing.get(area_id)
        severity = Severity.NOW if urgent else Severity.SOON
        if alarm is None:
            made = {"severity": severity, "since": now, "urgent": urgent}
            Alarm.objects.get_or_create(area_id=area_id, defaults=made)
        elif urgent and alarm.severity != Severity.NOW:
            # More urgent than what they were told of: everybody is told anew.
            Alarm(area_id=area_id, severity=severity, since=now, urgent=urgent).save(force_update=True)
        elif urgent != alarm.urgent:
            _count(alarm, urgent)


def _count(alarm: Alarm, urgent: int) -> None:
    """Notes how much is urgent; if it has become more, all who are due by now are told once more."""
    if urgent > alarm.urgent:
        alarm.told = 0
    alarm.urgent = urgent
    alarm.save(update_fields=["urgent", "told"])


def _what_waits() -> dict[int, int]:
    """Where something is that nobody has looked at, by area: how much of it is urgent."""
    found = dict.fromkeys(areas_with_letters(), 0)
    for waiting, status in ((Concern, Concern.Status.RAISED), (ContactMessage, ContactMessage.Status.WAITING)):
        counted = waiting.objects.filter(status=status).order_by().values_list("area_id", "severity")
        for area_id, severity, many in counted.annotate(many=Count("pk")):
            is_urgent = severity in (Severity.NOW, ContactMessage.Severity.NOW)
            found[area_id] = found.get(area_id, 0) + (many if is_urgent else 0)
    return found


def _is_due(alarm: Alarm, now: datetime) -> bool:
    if alarm.is_undelivered:
        return now - alarm.told_at >= RETRY
    if alarm.told < len(ON_THE_ROTA):
        return alarm.told < _steps_passed(alarm, now)
    return now - alarm.told_at >= AGAIN[Severity(alarm.severity)]


def _steps_passed(alarm: Alarm, now: datetime) -> int:
    """How many of the one on duty, the deputy and the manager are due by the clock of the area."""
    passed = minutes_passed(alarm.area, alarm.severity, alarm.since, now)
    return sum(step <= passed for step in call_steps(alarm.area, alarm.severity))


def _tell(area_id: int, now: datetime, ways: Ways) -> int:
    """Tells the next; where nothing takes the message, who comes after them."""
    alarm = _take_turn(area_id, now)
    if alarm is None:
        return 0
    turns, due = _turns(alarm, timezone.localdate(now)), _steps_passed(alarm, now)
    reached, number, tried = 0, alarm.told, set[User]()
    while number < max(due, alarm.told + 1) or (not reached and number < len(turns)):
        people = [person for person in turns[min(number, len(turns) - 1)] if person not in tried]
        reached += sum(_tell_one(person, alarm, now, ways) for person in people)
        tried.update(people)
        number += 1
    is_told = alarm.area.safeguarding_email in {person.email for person in tried}
    team = not is_told and tell_duty_team(alarm.area, ways)
    _say_if_nobody_can_be_told(alarm.area, tried)
    # Where only the duty team was reached, the people behind are tried again at the next step.
    told = number if reached else alarm.told + team
    same = Alarm.objects.filter(pk=area_id, since=alarm.since, severity=alarm.severity, urgent=alarm.urgent)
    same.update(told=told, is_undelivered=not (reached or team))
    return reached + team


@transaction.atomic
def _take_turn(area_id: int, now: datetime) -> Alarm | None:
    """The alarm, if it is this sweep that calls. Until it has, it counts as not told: a sweep that dies is made up for.

    Nothing is sent while this is locked: a mail server that hangs must not keep a child's answer from being stored.
    """
    alarm = Alarm.objects.select_for_update(of=("self",)).select_related("area").filter(pk=area_id).first()
    if alarm is None or not _is_due(alarm, now):
        return None
    alarm.told_at, alarm.is_undelivered = now, True
    alarm.save(update_fields=["told_at", "is_undelivered"])
    return alarm


def _tell_one(person: User, alarm: Alarm, now: datetime, ways: Ways) -> bool:
    return tell(person, alarm.area, is_urgent=alarm.severity == Severity.NOW, now=now, ways=ways)


def _say_if_nobody_can_be_told(area: Area, people: Iterable[User]) -> None:
    if not area.safeguarding_email and not any(person.email or person.phone for person in people):
        logger.error(
            "Something waits in an area in which nobody can be told. Give a safeguarding lead an address today."
        )


def _turns(alarm: Alarm, today: date) -> list[list[User]]:
    """Whom to tell first, then, and at last; where nobody is planned or may look any more, everybody who may."""
    everybody = _may_look(who_may_be_planned(alarm.area, today), alarm.area, today)
    duty = on_duty(alarm.area, today)
    planned = [getattr(duty, place) for place in ON_THE_ROTA] if duty else [None] * len(ON_THE_ROTA)
    return [*(_may_look([person], alarm.area, today) or everybody for person in planned), everybody]


def _may_look(people: Iterable[User | None], area: Area, today: date) -> list[User]:
    return [person for person in people if person and holds_throughout(person, area, today, today)]
