"""Reminds owners that something waits for them: a week before the day of a promise, and once it is late."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log

from feedback.accounts.rights import people_with
from feedback.privacy.failures import Failed, note_failure
from feedback.promises.models import KEEP, Promise, PromiseReminder
from feedback.promises.policies import has_left

DAYS_BEFORE = timedelta(days=7)
SUBJECT = "Something waits for you"
Step = PromiseReminder.Step
logger = logging.getLogger(__name__)


def remind_owners(*, today: date | None = None, by=None) -> int:
    """One letter to each owner of whose promises a reminder is due, each due once; says how many letters went.

    The letter says only that something waits. Where the owner has left it goes to the board officers.
    """
    today = today or timezone.localdate()
    waiting: dict[str, list[PromiseReminder]] = defaultdict(list)
    for reminder in _due(today):
        addresses = _addresses(reminder.promise)
        if not addresses:
            reminder.delete()
        for address in addresses:
            waiting[address].append(reminder)
    told = {address for address in waiting if _write(address)}
    _keep(waiting, told, by=by)
    return len(told)


def _due(today: date) -> Iterator[PromiseReminder]:
    """Takes each step first, so that two runs at once send it once."""
    found = Promise.objects.open().filter(due_on__lte=today + DAYS_BEFORE)
    for promise in found.select_related("area__merged_into", "owner"):
        step = Step.LATE if promise.days_late(today) else Step.SOON
        reminder, is_new = PromiseReminder.objects.get_or_create(
            promise=promise, step=step, due_on=promise.due_on, defaults={"sent_on": today}
        )
        if is_new:
            yield reminder


def _addresses(promise: Promise) -> set[str]:
    people = people_with([KEEP], where=promise.place) if has_left(promise) else [promise.owner]
    return {person.email for person in people if person.email}


@transaction.atomic
def _keep(waiting: dict[str, list[PromiseReminder]], told: set[str], *, by) -> None:
    """How many were told of each; what nobody was told of is sent again the next time."""
    reached: dict[PromiseReminder, int] = defaultdict(int)
    for address, reminders in waiting.items():
        for reminder in reminders:
            reached[reminder] += address in told
    for reminder, many in reached.items():
        if not many:
            reminder.delete()
            continue
        reminder.told = many
        reminder.save(update_fields=["told"])
        promise = reminder.promise
        log(promise, "promises.remind", user=by, data={"step": reminder.step, "told": many})


def _write(address: str) -> bool:
    where = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('desk:promises')}"
    try:
        send_mail(SUBJECT, render_to_string("promises/reminder.txt", {"address": where}), None, [address])
    except (SMTPException, OSError) as problem:
        # Of what failed only the kind: what a mail server says holds the address.
        logger.error("A reminder could not be sent (%s).", type(problem).__name__)
        note_failure(Failed.LETTER)
        return False
    return True
