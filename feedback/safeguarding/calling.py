"""Telling people that something waits: the one on duty at once, and others when nobody looks.

An e-mail says that something waits and where to sign in. It says nothing about what, where or whom: mail is read on
phones on kitchen tables, and kept for ever.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from feedback.accounts.models import User
from feedback.safeguarding.letters import areas_with_letters
from feedback.safeguarding.models import Alarm, Concern
from feedback.safeguarding.rota import holds_throughout, on_duty, who_may_be_planned
from feedback.safeguarding.screening import Severity
from surveys.frame.models import Area
from surveys.responses.models import ContactMessage

# When the one on duty, the deputy and the manager are told, from the moment something waits; our own default.
STEPS = {
    Severity.NOW: (timedelta(0), timedelta(minutes=15), timedelta(minutes=30)),
    Severity.SOON: (timedelta(0), timedelta(hours=4), timedelta(hours=8)),
}
# After that everybody who may look is told, again and again.
AGAIN = {Severity.NOW: timedelta(hours=1), Severity.SOON: timedelta(days=1)}
RETRY = timedelta(minutes=1)
logger = logging.getLogger(__name__)


def call(*, now: datetime | None = None, by=None) -> int:
    """Tells whoever is due to be told that something waits; no person is behind the sweep, so `by` is empty.

    How many were told. Harmless to run twice, and while a mail server is down: it is tried again until one takes it.
    """
    # To the minute: the calls need no more, and what stands here while nobody looks says as little as it can.
    now = (now or timezone.now()).replace(second=0, microsecond=0)
    _set_alarms(now)
    due = [alarm.area_id for alarm in Alarm.objects.all() if _is_due(alarm, now)]
    return sum(_tell(area_id, now) for area_id in due)


def areas_not_told(user, permission: str) -> list[Area]:
    """The areas of this person in which something waits and no mail server took the message."""
    alarms = Alarm.objects.filter(area__in=user.areas_held(permission), is_undelivered=True)
    return [alarm.area for alarm in alarms.select_related("area").order_by("area__name")]


@transaction.atomic
def _set_alarms(now: datetime) -> None:
    """One alarm for each area in which nobody has looked at something yet; none where somebody has."""
    waiting = _what_waits()
    standing = {alarm.area_id: alarm for alarm in Alarm.objects.select_for_update().order_by("pk")}
    Alarm.objects.filter(pk__in=standing.keys() - waiting.keys()).delete()
    for area_id, severity in waiting.items():
        alarm = standing.get(area_id)
        if alarm is None:
            Alarm.objects.get_or_create(area_id=area_id, defaults={"severity": severity, "since": now})
        elif severity == Severity.NOW and alarm.severity != Severity.NOW:
            # More urgent than what they were told of: everybody is told anew.
            Alarm(area_id=area_id, severity=severity, since=now).save(force_update=True)


def _what_waits() -> dict[int, Severity]:
    """The most urgent of what nobody has looked at, by area."""
    found: dict[int, Severity] = {}
    concerns = Concern.objects.filter(status=Concern.Status.RAISED).values_list("area_id", "severity")
    messages = ContactMessage.objects.filter(status=ContactMessage.Status.WAITING).values_list("area_id", "severity")
    letters = [(area_id, Severity.SOON) for area_id in areas_with_letters()]
    for area_id, severity in [*concerns.distinct(), *messages.distinct(), *letters]:
        is_urgent = severity in (Severity.NOW, ContactMessage.Severity.NOW)
        if is_urgent or area_id not in found:
            found[area_id] = Severity.NOW if is_urgent else Severity.SOON
    return found


def _is_due(alarm: Alarm, now: datetime) -> bool:
    if alarm.is_undelivered:
        return now - alarm.told_at >= RETRY
    steps = STEPS[Severity(alarm.severity)]
    if alarm.told < len(steps):
        return now - alarm.since >= steps[alarm.told]
    return now - alarm.told_at >= AGAIN[Severity(alarm.severity)]


@transaction.atomic
def _tell(area_id: int, now: datetime) -> int:
    """Tells the next, while no other sweep can do the same."""
    alarm = Alarm.objects.select_for_update().filter(pk=area_id).first()
    if alarm is None or not _is_due(alarm, now):
        return 0
    addresses = _whom(alarm, timezone.localdate(now))
    sent = _send(addresses)
    alarm.told_at, alarm.is_undelivered = now, not sent
    alarm.told += 1 if sent else 0
    alarm.save()
    return len(addresses) if sent else 0


def _whom(alarm: Alarm, today: date) -> list[str]:
    """The addresses that are due; where nobody is planned or may look any more, those of everybody who may."""
    area = Area.objects.get(pk=alarm.area_id)
    duty = on_duty(area, today)
    turn = [duty.lead, duty.deputy, duty.manager][alarm.told : alarm.told + 1] if duty else []
    people = _may_look(turn, area, today) or _may_look(who_may_be_planned(area, today), area, today)
    return sorted({*(person.email for person in people), area.safeguarding_email} - {""})


def _may_look(people: Iterable[User | None], area: Area, today: date) -> list[User]:
    return [person for person in people if person and holds_throughout(person, area, today, today)]


def _send(addresses: list[str]) -> bool:
    """Whether a mail server took it; each gets a message of their own, so that nobody learns who else is told."""
    if not addresses:
        logger.error(
            "Something waits in an area in which nobody can be told. Give a safeguarding lead an address today."
        )
        return False
    link = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('wagtailadmin_home')}"
    body = render_to_string("safeguarding/something_waits.txt", {"link": link})
    taken = [_send_one(address, body) for address in addresses]
    return any(taken)


def _send_one(address: str, body: str) -> bool:
    try:
        EmailMessage("Something is waiting", body, None, [address]).send()
    except (SMTPException, OSError) as problem:
        # Of what failed only the kind: what a mail server says holds the address.
        logger.error("A message that something waits could not be sent (%s).", type(problem).__name__)
        return False
    return True
