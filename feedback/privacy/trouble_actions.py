"""Tells administrators that something about the installation needs them, once for each cause until it is over."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks

from feedback.privacy.failures import Failed, note_failure
from feedback.privacy.models import Trouble
from feedback.privacy.watching import everything_watched

SUBJECT = "Earshot needs an administrator"
# Who is told: a room that knows roles says so, because this one does not.
HOOK = "register_administrators"
logger = logging.getLogger(__name__)


def tell_of_troubles(*, by=None) -> int:
    """Writes one letter of all causes that nobody was told of; says how many went. No person is behind it.

    A cause that is over is forgotten, so that it is told of again when it comes back.
    """
    troubles = {one.code: one.trouble for one in everything_watched() if one.trouble}
    Trouble.objects.exclude(code__in=troubles).delete()
    new = _begun(troubles)
    told = _write([trouble for code, trouble in troubles.items() if code in new]) if new else 0
    Trouble.objects.filter(code__in=new).update(told=told)
    return told


@transaction.atomic
def _begun(troubles: dict[str, str]) -> set[str]:
    """The causes that nobody was told of yet, taken so that two runs at once do not both tell."""
    today = timezone.localdate()
    for code in troubles:
        Trouble.objects.get_or_create(code=code, defaults={"since": today})
    waiting = Trouble.objects.select_for_update().filter(code__in=troubles, told=0)
    return set(waiting.values_list("code", flat=True))


def _write(troubles: list[str]) -> int:
    link = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('desk:status')}"
    body = render_to_string("privacy/trouble.txt", {"troubles": troubles, "link": link})
    return sum(_send(address, body) for address in _addresses())


def _addresses() -> set[str]:
    people = [person for hook in hooks.get_hooks(HOOK) for person in hook()]
    found = get_user_model().objects.filter(pk__in=[person.pk for person in people])
    return {person.email for person in found if person.email}


def _send(address: str, body: str) -> bool:
    try:
        send_mail(SUBJECT, body, None, [address])
    except (SMTPException, OSError) as problem:
        # Of what failed only the kind: what a mail server says holds the address.
        logger.error("A letter to an administrator could not be sent (%s).", type(problem).__name__)
        note_failure(Failed.LETTER)
        return False
    return True
