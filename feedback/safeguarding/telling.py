"""One message to one person: something is waiting. By e-mail always, by text message where it cannot wait."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from smtplib import SMTPConnectError, SMTPException, SMTPServerDisconnected

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from feedback.accounts.models import User
from feedback.privacy.failures import Failed, note_failure
from feedback.safeguarding.clock import hours_of
from feedback.safeguarding.models import Delivery
from feedback.safeguarding.texting import can_text, note_delivery, send_text
from surveys.frame.models import Area

logger = logging.getLogger(__name__)


@dataclass
class Ways:
    """Which ways to people are open during one sweep: one that hung once is not waited for again and again."""

    mail: bool = True
    texts: bool = True


def tell(person: User, area: Area, *, is_urgent: bool, now: datetime, ways: Ways | None = None) -> bool:
    """Whether an e-mail or a text message to somebody was taken; what was not stands among the deliveries.

    Text messages wake people: outside office hours only what may be danger now is worth it.
    """
    ways = ways or Ways()
    taken = bool(person.email) and _email_to(person, area, now, ways)
    if is_urgent or hours_of(area).is_open(now):
        taken |= _text_to(person, area, now, ways)
    return taken


def tell_duty_team(area: Area, ways: Ways) -> bool:
    """Whether a mail server took the message to the duty team of an area, if it has an address."""
    return bool(area.safeguarding_email) and _email(area.safeguarding_email, ways)


def _email_to(person: User, area: Area, now: datetime, ways: Ways) -> bool:
    is_taken = _email(person.email, ways)
    failure = "" if is_taken else Delivery.Failure.NOT_TAKEN
    note_delivery(person, area, Delivery.Means.EMAIL, failure=failure, on=timezone.localdate(now))
    return is_taken


def _text_to(person: User, area: Area, now: datetime, ways: Ways) -> bool:
    if not person.phone or not can_text():
        return False
    reference, failure = send_text(person.phone) if ways.texts else ("", Delivery.Failure.UNREACHABLE)
    ways.texts = failure != Delivery.Failure.UNREACHABLE
    on = timezone.localdate(now)
    note_delivery(person, area, Delivery.Means.TEXT, reference=reference, failure=failure, on=on)
    return not failure


def _email(address: str, ways: Ways) -> bool:
    if not ways.mail:
        return False
    link = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('wagtailadmin_home')}"
    body = render_to_string("safeguarding/something_waits.txt", {"link": link})
    try:
        EmailMessage("Something is waiting", body, None, [address]).send()
    except (SMTPException, OSError) as problem:
        # Of what failed only the kind: what a mail server says holds the address.
        logger.error("A message that something waits could not be sent (%s).", type(problem).__name__)
        note_failure(Failed.LETTER)
        ways.mail = _has_answered(problem)
        return False
    return True


def _has_answered(problem: OSError) -> bool:
    """Whether a mail server is there, and refused only this message."""
    is_gone = isinstance(problem, SMTPServerDisconnected | SMTPConnectError)
    return isinstance(problem, SMTPException) and not is_gone
