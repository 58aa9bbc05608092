"""Letters about codes: a second person is needed; a number was looked up. Neither says anything of whom."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from feedback.privacy.failures import Failed, note_failure
from feedback.safeguarding.codes import CodeOpening
from feedback.safeguarding.rota import holds_throughout, who_may_be_planned
from surveys.frame.models import Area

RETRY_SECONDS = 60
logger = logging.getLogger(__name__)


def say_that_a_second_person_is_needed(opening: CodeOpening, *, by) -> bool:
    """To everybody who may decide, and so not to the one who asked; True if a mail server took one."""
    return _send(opening.concern.area, "Something is waiting", "safeguarding/something_waits.txt", but=by.email)


def say_what_was_opened(*, by=None) -> int:
    """Says to all leads, managers among them, that a code was opened, as often as it takes until a server takes it.

    How many openings were said. No person is behind the sweep, so `by` is empty there.
    """
    said = 0
    for opening in CodeOpening.objects.not_said_yet().select_related("concern__area"):
        if _send(opening.concern.area, "A code was opened", "safeguarding/code_was_opened.txt"):
            CodeOpening.objects.filter(pk=opening.pk).update(is_said=True)
            said += 1
    return said


def say_again_what_was_opened(*, by=None) -> int:
    """The same from the sweep, which comes every few seconds: a mail server that is down is asked once a minute."""
    return say_what_was_opened(by=by) if cache.add("codes-said-again", True, RETRY_SECONDS) else 0


def _send(area: Area, subject: str, template: str, *, but: str = "") -> bool:
    link = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('wagtailadmin_home')}"
    body = render_to_string(template, {"link": link})
    # Each gets a letter of their own, so that nobody learns who else is told.
    taken = [_send_one(address, subject, body) for address in _leads_of(area) if address != but]
    return any(taken)


def _leads_of(area: Area) -> list[str]:
    today = timezone.localdate()
    people = [one for one in who_may_be_planned(area, today) if holds_throughout(one, area, today, today)]
    return sorted({*(person.email for person in people), area.safeguarding_email} - {""})


def _send_one(address: str, subject: str, body: str) -> bool:
    try:
        EmailMessage(subject, body, None, [address]).send()
    except (SMTPException, OSError) as problem:
        # Of what failed only the kind: what a mail server says holds the address.
        logger.error("A letter about a code could not be sent (%s). It is tried again.", type(problem).__name__)
        note_failure(Failed.LETTER)
        return False
    return True
