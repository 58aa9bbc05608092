"""Text messages through GOV.UK Notify, and whether they arrived.

The template in Notify says that something is waiting and nothing else; no word of ours goes with it. Of a message we
keep the number Notify gave it and, if it did not arrive, the kind of failure.
"""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from notifications_python_client import NotificationsAPIClient
from notifications_python_client.errors import APIError

from feedback.accounts.models import User
from feedback.privacy.failures import Failed, note_failure
from feedback.safeguarding.models import Delivery
from surveys.frame.models import Area

# A name, the number of the service and the key itself: the last two are 36 signs each, with a dash between.
SHORTEST_KEY = 73
SECONDS_TO_WAIT = 5
DAYS_KEPT = 7
ASK_EVERY_SECONDS = 60
FAILED = set(Delivery.Failure.values)
logger = logging.getLogger(__name__)
# What it says of a request that failed can hold a telephone number.
logging.getLogger("notifications_python_client").setLevel(logging.CRITICAL)


def can_text() -> bool:
    """Whether this server can send text messages."""
    return len(settings.EARSHOT_NOTIFY_API_KEY) >= SHORTEST_KEY and bool(settings.EARSHOT_NOTIFY_TEMPLATE)


def _client() -> NotificationsAPIClient:
    return NotificationsAPIClient(
        settings.EARSHOT_NOTIFY_API_KEY, base_url=settings.EARSHOT_NOTIFY_ADDRESS, timeout=SECONDS_TO_WAIT
    )


def send_text(number: str) -> tuple[str, str]:
    """Sends one: the number GOV.UK Notify gives it, or why it was not taken; whether it arrives is asked later."""
    try:
        sent = _client().send_sms_notification(number, settings.EARSHOT_NOTIFY_TEMPLATE)
        return str(sent["id"])[:36], ""
    except APIError as problem:
        logger.error("A text message that something waits could not be sent (%s).", problem.status_code)
        note_failure(Failed.TEXT_MESSAGE)
        return "", _kind_of(problem)
    except (KeyError, TypeError):
        logger.error("GOV.UK Notify answered something that is not a message.")
        note_failure(Failed.TEXT_MESSAGE)
        return "", Delivery.Failure.UNREACHABLE


def _kind_of(problem: APIError) -> str:
    is_ours = 400 <= problem.status_code < 500 and problem.status_code != 429
    return Delivery.Failure.REFUSED if is_ours else Delivery.Failure.UNREACHABLE


def note_delivery(person: User, area: Area, means: str, *, failure: str, on: date, reference: str = "") -> None:
    """Keeps that a message has not arrived, or not yet; forgets it if nothing is left to be known."""
    if not failure and not reference:
        Delivery.objects.filter(area=area, person=person, means=means).delete()
        return
    Delivery.objects.update_or_create(
        area=area, person=person, means=means, defaults={"reference": reference, "failure": failure, "on": on}
    )


def ask_about_texts(now: datetime) -> None:
    """Asks what became of text messages, once a minute at most, and forgets what is a week old."""
    Delivery.objects.filter(on__lt=timezone.localdate(now) - timedelta(days=DAYS_KEPT)).delete()
    waiting = Delivery.objects.filter(means=Delivery.Means.TEXT, failure="")
    if not can_text() or not waiting.exists() or not cache.add("safeguarding.texts_asked", 1, ASK_EVERY_SECONDS):
        return
    client = _client()
    for delivery in waiting:
        _follow(delivery, client)


def _follow(delivery: Delivery, client: NotificationsAPIClient) -> None:
    try:
        status = client.get_notification_by_id(delivery.reference)["status"]
    except (APIError, KeyError, TypeError) as problem:
        logger.error("What became of a text message could not be asked (%s).", type(problem).__name__)
        return
    if status == "delivered":
        delivery.delete()
    elif status in FAILED:
        delivery.failure = status
        delivery.save(update_fields=["failure"])


def not_delivered(user, permission: str) -> list[Delivery]:
    """The messages to people of this person’s areas that did not arrive."""
    failed = Delivery.objects.visible_to(user, permission).failed()
    return list(failed.select_related("area", "person").order_by("area__name", "person__username", "means"))
