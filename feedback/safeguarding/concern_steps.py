"""How a worry goes from one step to the next: locked, allowed, and written down."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from feedback.safeguarding.models import Concern, ConcernState
from feedback.safeguarding.rota import READS_CONCERNS, holds_throughout
from surveys.frame.policies import NotAllowed, check_may_move

ACTS_ON_CONCERNS = "safeguarding.close_concern"
LONGEST_WORDS = 4000


def lock_concern(concern: Concern) -> None:
    """Two people may act at the same moment; the second sees what the first did."""
    concern.refresh_from_db(from_queryset=Concern.objects.select_for_update())


def check_may_read_concern(by, concern: Concern) -> None:
    """Refuses everybody but a safeguarding lead of the area."""
    _check(by, READS_CONCERNS, concern)


def check_may_act(by, concern: Concern) -> None:
    """Refuses everybody but a safeguarding lead of the area."""
    _check(by, ACTS_ON_CONCERNS, concern)


def _check(by, permission: str, concern: Concern) -> None:
    if not by.has_perm(permission, concern):
        raise PermissionDenied("Only a safeguarding lead of this area may do this.")


def has_left(person, concern: Concern) -> bool:
    """Whether somebody may not look at this worry any more."""
    today = timezone.localdate()
    return not holds_throughout(person, concern.area, today, today)


def check_nobody_else_has_it(concern: Concern, by) -> None:
    """Refuses what only whoever has taken it on may do; a worry that nobody has is open to every lead."""
    holder = concern.holder
    if holder is not None and holder.pk != by.pk and not has_left(holder, concern):
        raise NotAllowed(f"{holder} has taken this on. Ask them to hand it over, or take it over and say why.")


def check_is_open(concern: Concern) -> None:
    """Refuses what makes no sense once a worry is finished."""
    if concern.is_finished:
        raise NotAllowed("This worry is finished, so nothing but a note can be added to it.")


def readable(words: str, *, missing: str) -> str:
    """What somebody wrote, without what surrounds it; refuses what is empty, too long or cannot be kept."""
    kept = words.replace("\r\n", "\n").strip()
    if not kept:
        raise NotAllowed(missing)
    if "\0" in kept:
        raise NotAllowed("There is a sign in it that cannot be kept. Type it anew instead of pasting it.")
    if len(kept) > LONGEST_WORDS:
        raise NotAllowed(f"This is too long: use at most {LONGEST_WORDS} letters, and keep the rest in your records.")
    return kept


def move_concern(concern: Concern, status: str, *, by, **said) -> None:
    """Brings a worry into another state, and writes that down."""
    check_may_move(concern.status, status, Concern.TRANSITIONS)
    concern.status = status
    concern.save()
    take_step(concern, ConcernState.Step.MOVED, by=by, **said)


def take_step(concern: Concern, step: str, *, by, **said) -> ConcernState:
    """Writes down what was done, by whom and on which day."""
    return ConcernState.objects.create(
        concern=concern, step=step, status=concern.status, by=by, on=timezone.localdate(), **said
    )
