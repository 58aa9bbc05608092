"""Goals that families set: screened like any text, read by a person, and erased with their card."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Collection
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from feedback.privacy.failures import Failed, note_failure
from feedback.safeguarding.actions import NOT_OPENED, ConcernWords
from feedback.safeguarding.concern_steps import move_concern
from feedback.safeguarding.erased import ERASE_CARD
from feedback.safeguarding.forgetting import FINISHED, forget_what_was_noted
from feedback.safeguarding.models import Concern
from feedback.safeguarding.reading import READ_TEXTS, counts_of
from feedback.safeguarding.screening import Screening, Severity, screen, screened_or_not
from surveys.fieldwork.licences import USE
from surveys.frame.models import Area
from surveys.responses.receipts import erased_card
from surveys.responses.sealed import CannotOpenWords
from surveys.responses.together import KEPT_DAYS, FamilyCard, FamilyCardQuerySet, Goal, GoalQuerySet

logger = logging.getLogger(__name__)
QUESTION = "A goal, set by a family with their worker"


def screen_goals(*, by=None) -> int:
    """Looks at every goal that screening has not seen; the sweep has no person behind it. How many raised a worry."""
    failed, raised = set(), 0
    for key in Goal.objects.awaiting_screening().order_by("pk").values_list("pk", flat=True):
        try:
            raised += _screen(key)
        except Exception as problem:
            # One that cannot be screened must not keep the others from being seen; a person reads it anyway.
            failed.add(type(problem).__name__)
    if failed:
        logger.error("Goals could not be screened (%s). Tell the makers of the software.", ", ".join(sorted(failed)))
        note_failure(Failed.SCREENING)
    return raised


@transaction.atomic
def _screen(key: uuid.UUID) -> bool:
    goal = Goal.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=key, is_screened=False).first()
    if goal is None:
        return False
    signals = screen(goal.words, language=goal.language).signals
    if signals:
        severity = Screening(signals).severity or Severity.SOON
        _raise(goal, severity, sorted({signal.rule for signal in signals}))
    Goal.objects.filter(pk=goal.pk).update(is_screened=True)
    return bool(signals)


def _raise(goal: Goal, severity: str, rules: list[str]) -> Concern:
    found, _ = Concern.objects.get_or_create(
        response_key=goal.pk,
        defaults={"area_id": goal.area_id, "severity": severity, "rules": rules, "raised_on": timezone.localdate()},
    )
    return found


def unread_goals(*, by) -> GoalQuerySet:
    """The goals in this person’s areas that nobody has read; of what is a worry, the worry waits."""
    mine = Goal.objects.unread().filter(area__in=by.areas_held(READ_TEXTS))
    return mine.exclude(pk__in=Concern.objects.values("response_key")).order_by("set_on", "pk")


def overdue_goals(*, by) -> int:
    """How many of them have waited for longer than a working day of their area, as texts have."""
    return counts_of(unread_goals(by=by).order_by(), "pk", "set_on", timezone.localdate())["late"]


@transaction.atomic
def read_goal(key: uuid.UUID, *, by) -> list[ConcernWords]:
    """Shows a lead what a family wrote, and says in the log that they looked; nothing where it was erased."""
    goal = _held(key, by)
    if goal is None:
        return []
    log(goal.area, "safeguarding.read_goal", user=by)
    try:
        return [ConcernWords(QUESTION, goal.words, screened_or_not(goal.words, language=goal.language).signals)]
    except CannotOpenWords:
        return NOT_OPENED


@transaction.atomic
def finish_goal(key: uuid.UUID, *, is_worrying: bool, by) -> bool:
    """Says that a goal was read; a worry becomes a concern, which this person has seen. False where it was erased."""
    goal = _held(key, by)
    if goal is None:
        return False
    if is_worrying:
        concern = _raise(goal, Severity.SOON, ["read-by-a-person"])
        if concern.status == Concern.Status.RAISED:
            move_concern(concern, Concern.Status.SEEN, by=by)
    Goal.objects.filter(pk=goal.pk, read_on=None).update(read_on=timezone.localdate())
    log(goal.area, "safeguarding.finish_goal", user=by)
    return True


def _held(key: uuid.UUID, by) -> Goal | None:
    goal = Goal.objects.select_for_update(of=("self",)).select_related("area").filter(pk=key).first()
    if goal is not None and not by.has_perm(READ_TEXTS, goal):
        raise PermissionDenied("Only a safeguarding lead of this area may do this.")
    return goal


@transaction.atomic
def erase_card(key: uuid.UUID, *, by) -> None:
    """Erases a card with all that was answered and set, for whoever holds it and asks for it; the worker is logged."""
    cards = FamilyCard.objects.select_for_update(of=("self",)).held(by, USE)
    card = cards.select_related("area").filter(pk=key).first()
    if card is None:
        return
    _erase([card.pk])
    log(card.area, ERASE_CARD, user=by, data={"card": erased_card(key)})


@transaction.atomic
def erase_cards_again(digests: Collection[str], *, by=None) -> int:
    """Erases the cards that came back with a backup; no person is behind it, so `by` is empty."""
    return _erase([key for key in FamilyCard.objects.values_list("pk", flat=True) if erased_card(key) in digests])


def _erase(cards: list[uuid.UUID]) -> int:
    """What leads noted about a goal goes with it; that there was a worry, and who acted when, stays."""
    list(FamilyCard.objects.select_for_update().filter(pk__in=cards).values_list("pk"))
    forget_what_was_noted(list(Goal.objects.filter(card__in=cards).values_list("pk", flat=True)))
    FamilyCard.objects.filter(pk__in=cards).delete()
    return len(cards)


def _old() -> FamilyCardQuerySet:
    return FamilyCard.objects.unused_since(timezone.localdate() - timedelta(days=KEPT_DAYS))


def _still_needed():
    """The cards with a goal that nobody has read, or about which a worry is open."""
    is_open = Concern.objects.exclude(status__in=FINISHED).values("response_key")
    unread = Goal.objects.unread().exclude(pk__in=Concern.objects.values("response_key"))
    return (unread | Goal.objects.filter(pk__in=is_open)).values("card")


@transaction.atomic
def erase_old_cards(*, by=None) -> int:
    """Erases the cards that nobody has used for a year; the sweep has no person behind it, so `by` is empty."""
    return _erase(list(_old().exclude(pk__in=_still_needed()).values_list("pk", flat=True)))


def cards_left(*, by=None) -> int:
    """How many cards are kept for longer, because somebody still has to read or to act."""
    return _old().filter(pk__in=_still_needed()).count()


def erase_area_cards(area: Area, *, by=None) -> None:
    """Erases every card of a fictional area; `by` is empty at the console."""
    FamilyCard.objects.filter(area=area).delete()
