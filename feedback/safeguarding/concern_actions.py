"""What leads do with a worry between reading and finishing it: take it on, hand it over, ask, note."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from feedback.accounts.models import User
from feedback.safeguarding.concern_steps import (
    check_is_open,
    check_may_act,
    check_nobody_else_has_it,
    has_left,
    lock_concern,
    readable,
    take_step,
)
from feedback.safeguarding.models import Concern, ConcernState, Setting
from feedback.safeguarding.screening import Severity
from feedback.safeguarding.telling import tell
from surveys.frame.policies import NotAllowed

Step = ConcernState.Step


@transaction.atomic
def claim_concern(concern: Concern, *, reason: str = "", by) -> None:
    """Takes a worry on; one that somebody else has only with a reason, which they see."""
    _lock_open(concern, by)
    if concern.holder_id == by.pk:
        return
    if not reason.strip():
        check_nobody_else_has_it(concern, by)
    said = readable(reason, missing="") if reason.strip() else ""
    _give(concern, by)
    take_step(concern, Step.CLAIMED, by=by, reason=said)
    log(concern, "safeguarding.claim_concern", user=by)


@transaction.atomic
def hand_over_concern(concern: Concern, to: User | None, *, note: str, by) -> None:
    """Gives a worry to another lead of the area, with a note on how it stands."""
    _lock_open(concern, by)
    check_nobody_else_has_it(concern, by)
    person = _another_lead(concern, to, by)
    said = readable(note, missing="Write a note on how it stands, so that they can go on from there.")
    _give(concern, person)
    take_step(concern, Step.HANDED_OVER, by=by, to=person, reason=said)
    log(concern, "safeguarding.hand_over_concern", user=by)
    _tell(person, concern)


@transaction.atomic
def ask_for_opinion(concern: Concern, of: User | None, *, question: str, by) -> None:
    """Asks another lead of the area what they think; the worry stays with whoever has it."""
    _lock_open(concern, by)
    check_nobody_else_has_it(concern, by)
    if concern.asked is not None and not has_left(concern.asked, concern):
        raise NotAllowed(f"{concern.asked} was asked already and has not answered yet.")
    person = _another_lead(concern, of, by)
    said = readable(question, missing="Write what you want a second opinion on.")
    concern.asked = person
    concern.save(update_fields=["asked"])
    take_step(concern, Step.ASKED, by=by, to=person, reason=said)
    log(concern, "safeguarding.ask_for_opinion", user=by)
    _tell(person, concern)


@transaction.atomic
def give_opinion(concern: Concern, *, opinion: str, by) -> None:
    """Says what one thinks, when one was asked; what is done stays with whoever has the worry."""
    _lock_open(concern, by)
    if concern.asked_id != by.pk:
        raise NotAllowed("Nobody waits for a second opinion of yours here. You can leave a note instead.")
    said = readable(opinion, missing="Write what you think, and why.")
    concern.asked = None
    concern.save(update_fields=["asked"])
    take_step(concern, Step.OPINION, by=by, reason=said)
    log(concern, "safeguarding.give_opinion", user=by)


@transaction.atomic
def note_concern(concern: Concern, *, note: str, by) -> None:
    """Adds a note, which nobody can change or delete, also to a worry that is finished."""
    check_may_act(by, concern)
    lock_concern(concern)
    said = readable(note, missing="Write the note first.")
    last = concern.states.order_by("-pk").first()
    # Pressed twice: it cannot be taken away again, so it must not be there twice.
    if last is not None and (last.step, last.by_id, last.reason, last.on) == (Step.NOTE, by.pk, said, _today()):
        return
    take_step(concern, Step.NOTE, by=by, reason=said)
    log(concern, "safeguarding.note_concern", user=by)


@transaction.atomic
def set_setting(concern: Concern, setting: Setting | None, *, by) -> None:
    """Says which setting of the area a worry is about, or that it is about none."""
    check_may_act(by, concern)
    lock_concern(concern)
    if setting is not None and setting.area_id != concern.area_id:
        raise NotAllowed("Choose a setting of this area.")
    if concern.setting == setting:
        return
    concern.setting = setting
    concern.save(update_fields=["setting"])
    take_step(concern, Step.SETTING, by=by)
    log(concern, "safeguarding.set_setting", user=by)


def _lock_open(concern: Concern, by) -> None:
    check_may_act(by, concern)
    lock_concern(concern)
    check_is_open(concern)


def _give(concern: Concern, person) -> None:
    concern.holder = person
    concern.save(update_fields=["holder"])


def _another_lead(concern: Concern, person: User | None, by) -> User:
    if person is None or person.pk == by.pk or has_left(person, concern):
        raise NotAllowed("Choose another safeguarding lead of this area.")
    return person


def _tell(person: User, concern: Concern) -> None:
    """Once it is stored; a mail server that is down does not undo it."""
    area, is_urgent = concern.area, concern.severity == Severity.NOW
    transaction.on_commit(lambda: tell(person, area, is_urgent=is_urgent, now=timezone.now()))


def _today():
    return timezone.localdate()
