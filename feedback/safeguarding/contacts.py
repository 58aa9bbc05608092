"""Messages of people who want to be contacted: the leads of the area read them, say what was done, and forget them."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import Min
from django.utils import timezone
from wagtail.log_actions import log

from feedback.accounts.models import areas_with_anybody
from feedback.privacy.failures import Failed, note_failure
from feedback.safeguarding.actions import NOT_OPENED, ConcernWords
from feedback.safeguarding.models import ContactState
from feedback.safeguarding.screening import Severity, screen, screened_or_not
from surveys.frame.policies import NotAllowed, check_may_move
from surveys.responses.actions import lock_messages, mix_messages
from surveys.responses.models import ContactMessage, ContactMessageQuerySet
from surveys.responses.sealed import CannotOpenWords

READ_CONTACT, CLOSE_CONTACT = "safeguarding.read_contact", "safeguarding.close_contact"
DAYS_KEPT = 28
ON_A_PAGE = 50
FOUND = {Severity.NOW: ContactMessage.Severity.NOW, Severity.SOON: ContactMessage.Severity.SOON}
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class AskedForAPerson:
    """The messages that wait for one lead, a page of them, how many there are, and since when the oldest waits."""

    messages: Page
    oldest: date | None

    @property
    def many(self) -> int:
        """How many wait, on all pages."""
        return self.messages.paginator.count


def asked_for_a_person(by, *, page: object = 1) -> AskedForAPerson:
    """What nobody has finished with in this person's areas: danger first, then the oldest, so many on a page."""
    waiting = ContactMessage.objects.visible_to(by, READ_CONTACT).unfinished().select_related("area")
    # Of a flood the sweep screens the rest; what is not screened stands before all but the urgent meanwhile.
    _screen(waiting, most=ON_A_PAGE)
    oldest = waiting.aggregate(oldest=Min("sent_on"))["oldest"]
    return AskedForAPerson(Paginator(waiting.defer("name", "reach", "words"), ON_A_PAGE).get_page(page), oldest)


def contacts_of(by) -> ContactMessageQuerySet:
    """The messages that this person may open; those that were done with are forgotten, but still found."""
    # The words only when they are read: one that does not open can still be finished with.
    return ContactMessage.objects.visible_to(by, READ_CONTACT).select_related("area").defer("name", "reach", "words")


def words_of_contact(message: ContactMessage) -> dict[str, str]:
    """What somebody wrote, by what they were asked."""
    asked = {"What to call them": message.name, "How to reach them safely": message.reach, "About": message.words}
    return {question: text for question, text in asked.items() if text}


def _screen(messages: ContactMessageQuerySet, *, most: int | None = None) -> None:
    """Says how soon each is to be read. One that cannot be screened stays where it is: before all but the urgent."""
    failed = set()
    for message in messages.awaiting_screening()[:most]:
        try:
            found = _severity(message)
        except Exception as problem:
            failed.add(type(problem).__name__)
        else:
            ContactMessage.objects.filter(pk=message.pk).update(severity=found)
    if failed:
        logger.error("Messages could not be screened (%s). Tell the makers of the software.", ", ".join(sorted(failed)))
        note_failure(Failed.SCREENING)


def _severity(message: ContactMessage) -> str:
    found = screen("\n".join(words_of_contact(message).values()), language=message.language).severity
    return FOUND[found] if found else ContactMessage.Severity.NOTHING


@transaction.atomic
def read_contact(message: ContactMessage, *, by) -> list[ConcernWords]:
    """Shows a lead what was written, and says in the log that they looked; no other function shows it."""
    _check_permission(by, READ_CONTACT, message)
    _lock(message)
    if message.status == ContactMessage.Status.WAITING:
        _move(message, ContactMessage.Status.SEEN, by=by)
    log(message, "safeguarding.read_contact", user=by)
    if not _opens(message):
        return NOT_OPENED
    return [
        ConcernWords(question, text, screened_or_not(text, language=message.language).signals)
        for question, text in words_of_contact(message).items()
    ]


@transaction.atomic
def close_contact(message: ContactMessage, *, reason: str, by) -> None:
    """Says what was done; what somebody wrote is kept for 28 more days, in case they come back to it."""
    _check_permission(by, CLOSE_CONTACT, message)
    if not reason.strip():
        raise NotAllowed("Say in a sentence what was done.")
    _lock(message)
    _move(message, ContactMessage.Status.DONE, reason=reason.strip(), by=by)
    log(message, "safeguarding.close_contact", user=by)


def _opens(message: ContactMessage) -> bool:
    try:
        words_of_contact(message)
    except CannotOpenWords:
        return False
    return True


def _lock(message: ContactMessage) -> None:
    """Two people may act at the same moment, and the row may be written anew in between: then both wait."""
    lock_messages({message.area_id})
    message.refresh_from_db()


def _move(message: ContactMessage, status: str, *, reason: str = "", by) -> None:
    check_may_move(message.status, status, ContactMessage.TRANSITIONS)
    today = timezone.localdate()
    message.status, message.done_on = status, today if status == ContactMessage.Status.DONE else None
    message.save(update_fields=["status", "done_on"])
    ContactState.objects.create(message_key=message.pk, status=status, by=by, on=today, reason=reason)


def _check_permission(by, permission: str, message: ContactMessage) -> None:
    if not by.has_perm(permission, message):
        raise PermissionDenied("Only a safeguarding lead of this area may do this.")


def states_of(message: ContactMessage) -> Iterable[ContactState]:
    """What has happened to a message, in order."""
    return ContactState.objects.filter(message_key=message.pk).select_related("by").order_by("pk")


def sweep_contacts(*, by=None) -> None:
    """Screens, mixes and forgets messages; no person is behind the sweep, so `by` is empty. Harmless to run twice."""
    _screen(ContactMessage.objects.all())
    mix_messages(by=by)
    forget_contacts(by=by)
    _say_if_nobody_reads()


def _say_if_nobody_reads() -> None:
    """Whoever asked was told that somebody of their area reads it."""
    areas = set(ContactMessage.objects.unfinished().values_list("area_id", flat=True))
    unread = areas - areas_with_anybody(READ_CONTACT)
    if unread:
        logger.error(
            "People ask to be contacted in %d areas that have no safeguarding lead, so nobody reads it. "
            "Give somebody that role there today.",
            len(unread),
        )


def forget_contacts(*, by=None) -> int:
    """Erases what was written in messages done with 28 days ago; that somebody asked, and the steps, stay."""
    old = list(ContactMessage.objects.finished_by(timezone.localdate() - timedelta(days=DAYS_KEPT)).values_list("pk"))
    keys = [key for (key,) in old]
    if keys:
        _forget(keys)
    return len(keys)


@transaction.atomic
def _forget(keys: list[uuid.UUID]) -> None:
    ContactMessage.objects.filter(pk__in=keys).update(name="", reach="", words="")
    ContactState.objects.filter(message_key__in=keys).update(reason="")
