"""Reminds those who work in a wave's area that it ends: no respondent has an address here, so none is written to."""

from __future__ import annotations

import logging
from datetime import date
from smtplib import SMTPException

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log

from feedback.accounts.models import RoleHeld, User
from feedback.accounts.roles import roles_with
from feedback.anonymisation.turnout import turnout_of
from feedback.anonymisation.turnout_words import about_cards, answered
from feedback.privacy.failures import Failed, note_failure
from surveys.fieldwork.models import Reminder, Wave
from surveys.fieldwork.policies import reminder_due
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed

WHO_CAN_HELP = ("fieldwork.invite", "fieldwork.hold_conversation")
SUBJECT = "A survey in your area ends soon"
logger = logging.getLogger(__name__)


def send_reminders(*, today: date | None = None, by=None) -> int:
    """Sends what is due of every wave, once for each step, and says how many letters went; no person is behind it."""
    today = today or timezone.localdate()
    ending = Wave.objects.in_the_field().exclude(ends_on=None).exclude(area=None).select_related("area")
    return sum(_send(wave, step, today, by=by) for wave in ending if (step := reminder_due(wave, today)))


def send_reminder(wave: Wave, *, by) -> int:
    """Sends what is due of one wave without waiting for the program; says how many letters went."""
    if not by.has_perm("fieldwork.invite", wave):
        raise PermissionDenied("You have no role in this area that lets you do this.")
    step = reminder_due(wave, timezone.localdate())
    if step is None:
        raise NotAllowed("No reminder is due: one is sent from two weeks before the last day on, and one three days.")
    if wave.reminders.filter(step=step).exists():
        raise NotAllowed("This reminder was sent already. Each goes out once, so that nobody is pressed.")
    if not (told := _send(wave, step, timezone.localdate(), by=by)):
        raise NotAllowed("No letter went: nobody in this area has an address, or the mail server took none. Ask them.")
    return told


def _send(wave: Wave, step: str, today: date, *, by) -> int:
    """Takes the step first, so that two runs at once send it once; gives it back if nobody was told."""
    reminder, is_new = Reminder.objects.get_or_create(wave=wave, step=step, defaults={"sent_on": today})
    if not is_new:
        return 0
    addresses = _addresses(wave.area)
    told = _write_to(addresses, _letter(wave, today))
    if not told:
        reminder.delete()
        return 0
    reminder.told, reminder.failed = told, len(addresses) - told
    _keep(reminder, by=by)
    return told


@transaction.atomic
def _keep(reminder: Reminder, *, by) -> None:
    reminder.save(update_fields=["told", "failed"])
    wave = reminder.wave
    log(wave, "fieldwork.send_reminder", user=by, data={"step": reminder.step, "told": reminder.told})


def _addresses(area: Area) -> list[str]:
    """Of everybody who holds a role there today that can help; each once."""
    today = timezone.localdate()
    roles = {role for permission in WHO_CAN_HELP for role in roles_with(permission)}
    held = RoleHeld.objects.filter(Q(until=None) | Q(until__gte=today), since__lte=today, role__in=roles)
    there = held.filter(Q(area=area) | Q(area=None))
    people = User.objects.filter(pk__in=there.values("user"), is_active=True).exclude(email="")
    return sorted(set(people.values_list("email", flat=True)))


def _letter(wave: Wave, today: date) -> str:
    turnout = turnout_of(wave)
    left = wave.days_left(today)
    context = {
        "wave": wave,
        "left": "That is today." if not left else f"{left} day{'s' if left != 1 else ''} are left.",
        "answered": answered(turnout),
        "sentences": about_cards(turnout),
        "address": f"{settings.WAGTAILADMIN_BASE_URL}{reverse('desk:wave', args=[wave.code])}",
    }
    return render_to_string("anonymisation/reminder.txt", context)


def _write_to(addresses: list[str], letter: str) -> int:
    """How many letters a mail server took; each is a letter of its own, so that nobody reads another's address."""
    return sum(_write(address, letter) for address in addresses)


def _write(address: str, letter: str) -> bool:
    try:
        send_mail(SUBJECT, letter, None, [address])
    except (SMTPException, OSError) as problem:
        # Of what failed only the kind: what a mail server says holds the address.
        logger.error("A reminder could not be sent (%s).", type(problem).__name__)
        note_failure(Failed.LETTER)
        return False
    return True
