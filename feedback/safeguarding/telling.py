"""One message to one person: something is waiting. By e-mail always, by text message where it cannot wait."""

from __future__ import annotations

import logging
from datetime import datetime
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from feedback.accounts.models import User
from feedback.safeguarding.clock import hours_of
from feedback.safeguarding.models import Delivery
from feedback.safeguarding.texting import note_delivery, send_text
from surveys.frame.models import Area

logger = logging.getLogger(__name__)


def tell(person: User, area: Area, *, is_urgent: bool, now: datetime) -> bool:
    """Whether an e-mail or a text message to somebody was taken; what was not stands among the deliveries.

    Text messages wake people: outside office hours only what may be danger now is worth it.
    """
    taken = bool(person.email) and _email_to(person, area, now)
    if is_urgent or hours_of(area).is_open(now):
        taken |= send_text(person, area, now)
    return taken


def tell_duty_team(area: Area) -> bool:
    """Whether a mail server took the message to the duty team of an area, if it has an address."""
    return bool(area.safeguarding_email) and _email(area.safeguarding_email)


def _email_to(person: User, area: Area, now: datetime) -> bool:
    is_taken = _email(person.email)
    failure = "" if is_taken else Delivery.Failure.NOT_TAKEN
    note_delivery(person, area, Delivery.Means.EMAIL, failure=failure, on=timezone.localdate(now))
    return is_taken


def _email(address: str) -> bool:
    link = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('wagtailadmin_home')}"
    body = render_to_string("safeguarding/something_waits.txt", {"link": link})
    try:
        EmailMessage("Something is waiting", body, None, [address]).send()
    except (SMTPException, OSError) as problem:
        # Of what failed only the kind: what a mail server says holds the address.
        logger.error("A message that something waits could not be sent (%s).", type(problem).__name__)
        return False
    return True
