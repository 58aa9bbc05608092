"""What two people do to find out which card a child used, and to tell the child; nothing else opens a code."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from feedback.safeguarding.code_asking import check_can_be_asked_for
from feedback.safeguarding.code_letters import say_that_a_second_person_is_needed, say_what_was_opened
from feedback.safeguarding.codes import (
    ASK,
    DAYS_TO_DECIDE,
    DECIDE,
    LONGEST,
    CodeOpening,
    check_may_be_told,
    check_may_decide,
    check_may_look,
    lasts_until,
)
from feedback.safeguarding.models import Concern
from surveys.frame.policies import NotAllowed, check_may_move
from surveys.responses.coded_cards import open_card
from surveys.responses.sealed import CannotOpenWords

Status = CodeOpening.Status
# What says whether a step is allowed.
DECIDING = ["status", "asked_by", "decided_by", "until", "looked_on"]


@transaction.atomic
def ask_for_code(concern: Concern, *, reason: str, by) -> CodeOpening:
    """Asks that a second person lets both see the number of the card that a worry's answers came with."""
    _check_permission(by, ASK, concern)
    said = _sentence(reason, "Say in a sentence why somebody must be found.")
    concern.refresh_from_db(from_queryset=Concern.objects.select_for_update())
    check_can_be_asked_for(concern)
    today = timezone.localdate()
    _let_lapse(concern.openings.lapsed_on(today))
    if concern.openings.unfinished().exists():
        raise NotAllowed("Somebody has asked for this card already. Look at what was asked.")
    opening = CodeOpening.objects.create(
        concern=concern, reason=said, asked_by=by, asked_on=today, until=today + timedelta(days=DAYS_TO_DECIDE)
    )
    log(concern, "safeguarding.ask_code", user=by)
    transaction.on_commit(lambda: say_that_a_second_person_is_needed(opening, by=by))
    return opening


@transaction.atomic
def agree_to_code(opening: CodeOpening, *, reason: str, by) -> None:
    """The second person agrees: the two may see the number from now on, and only for a short time."""
    _decide(opening, Status.AGREED, "safeguarding.agree_to_code", reason=reason, by=by)


@transaction.atomic
def refuse_code(opening: CodeOpening, *, reason: str, by) -> None:
    """The second person refuses, and nobody sees anything."""
    _decide(opening, Status.REFUSED, "safeguarding.refuse_code", reason=reason, by=by)


def _decide(opening: CodeOpening, status: str, action: str, *, reason: str, by) -> None:
    _check_permission(by, DECIDE, opening.concern)
    said = _sentence(reason, "Say in a sentence why.")
    _lock(opening)
    today = timezone.localdate()
    check_may_decide(opening, by=by, day=today)
    opening.status, opening.decision, opening.decided_by, opening.decided_on = status, said, by, today
    opening.until = lasts_until(today) if status == Status.AGREED else opening.until
    opening.save(update_fields=["status", "decision", "decided_by", "decided_on", "until"])
    log(opening.concern, action, user=by)


@transaction.atomic
def look_at_code(opening: CodeOpening, *, by) -> str:
    """The number of the card, for one of the two; the log, all leads and the receipt say so from now on.

    No other function shows it. NotAllowed where it is not for them, not any more, or nothing is left.
    """
    _check_permission(by, ASK, opening.concern)
    _lock(opening)
    today = timezone.localdate()
    check_may_look(opening, by=by, day=today)
    serial = _serial_of(opening, today)
    log(opening.concern, "safeguarding.look_at_code", user=by)
    if opening.looked_on is None:
        opening.looked_on = today
        opening.save(update_fields=["looked_on"])
        transaction.on_commit(lambda: say_what_was_opened(by=by))
    return serial


def _serial_of(opening: CodeOpening, today: date) -> str:
    try:
        serial = open_card(opening.concern.response_key, on=today)
    except CannotOpenWords as problem:
        raise NotAllowed(
            "The number cannot be opened with the keys that are here. Ask the administrator of the machine for the "
            "earlier keys of the words."
        ) from problem
    if not serial:
        raise NotAllowed("The answers were taken back or erased, and the number of the card with them.")
    return serial


@transaction.atomic
def tell_of_code(opening: CodeOpening, *, teller: str, told_on: date | None, telling: str, by) -> None:
    """Says who told the child that two people looked, and when; only then it is finished."""
    _check_permission(by, ASK, opening.concern)
    _lock(opening)
    said = _clean(telling)
    check_may_be_told(opening, teller=teller, told_on=told_on, telling=said, day=timezone.localdate())
    opening.status, opening.teller, opening.telling = Status.FINISHED, teller, said
    opening.told_on, opening.told_by = told_on, by
    opening.save(update_fields=["status", "teller", "telling", "told_on", "told_by"])
    log(opening.concern, "safeguarding.tell_of_code", user=by)


@transaction.atomic
def lapse_codes(*, by=None) -> int:
    """Marks what nobody decided on, or looked at, in time; the sweep has no person behind it, so `by` is empty."""
    return _let_lapse(CodeOpening.objects.lapsed_on(timezone.localdate()))


def _let_lapse(openings) -> int:
    waiting = list(openings.select_for_update(of=("self",)).order_by("pk"))
    for opening in waiting:
        check_may_move(opening.status, Status.LAPSED, CodeOpening.TRANSITIONS)
        opening.status = Status.LAPSED
        opening.save(update_fields=["status"])
    return len(waiting)


def _check_permission(by, permission: str, concern: Concern) -> None:
    if not by.has_perm(permission, concern):
        raise PermissionDenied("Only a safeguarding lead of this area may do this.")


def _lock(opening: CodeOpening) -> None:
    """Two people may act at the same moment; the second sees what the first did. No words are opened for it."""
    opening.refresh_from_db(from_queryset=CodeOpening.objects.select_for_update(), fields=DECIDING)


def _sentence(typed: str, otherwise: str) -> str:
    said = _clean(typed)
    if not said:
        raise NotAllowed(otherwise)
    return said


def _clean(typed: str) -> str:
    said = typed.replace("\0", "").strip()
    if len(said) > LONGEST:
        raise NotAllowed(f"This is too long to be read at a glance: use at most {LONGEST} letters.")
    return said
