"""What every sweep of texts does alike: one text after another, and what cannot be screened goes to a person."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.log_actions import log

from feedback.privacy.failures import Failed, note_failure
from feedback.safeguarding.concern_steps import lock_concern, move_concern
from feedback.safeguarding.models import Concern
from feedback.safeguarding.screening import Screening, Severity, Signal, not_screened, screen

logger = logging.getLogger(__name__)


def screen_each(waiting: QuerySet, screen_one: Callable[[uuid.UUID], int], *, what: str) -> int:
    """Screens all that waits, each by itself; how many worries that raised.

    One that fails keeps no other from being seen, and waits for the next sweep. Only the kind of failure is told,
    never a key or a word.
    """
    failed, raised = set(), 0
    for key in waiting.order_by("pk").values_list("pk", flat=True):
        try:
            raised += screen_one(key)
        except Exception as problem:
            failed.add(type(problem).__name__)
    if failed:
        logger.error("%s could not be screened (%s). Tell the makers of the software.", what, ", ".join(sorted(failed)))
        note_failure(Failed.SCREENING)
    return raised


def signals_or_not(words: Callable[[], str], *, what: str, language: str, at_work: bool = False) -> tuple[Signal, ...]:
    """What was noticed; where the words cannot be opened or screened, that a person has to read them first."""
    try:
        return screen(words(), language=language, at_work=at_work).signals
    except Exception as problem:
        logger.error("%s was not screened (%s): a lead reads it first.", what, type(problem).__name__)
        return not_screened("").signals


def raise_noticed(key: uuid.UUID, signals: tuple[Signal, ...], *, area: int) -> Concern:
    """The worry about a text in which something was noticed; one that is there already stays as it is."""
    rules = sorted({signal.rule for signal in signals})
    return _raise(key, Screening(signals).severity or Severity.SOON, rules, area=area)


def raise_seen(key: uuid.UUID, *, area: int, by) -> None:
    """The worry about a text that a lead found worrying, who has seen it thereby."""
    concern = _raise(key, Severity.SOON, ["read-by-a-person"], area=area)
    if concern.status == Concern.Status.RAISED:
        move_concern(concern, Concern.Status.SEEN, by=by)


def raise_passed_on(key: uuid.UUID, *, rule: str, area: int, by) -> None:
    """The worry that somebody who is no lead hands to the leads, raised anew where they had been done with it."""
    concern = _raise(key, Severity.SOON, [rule], area=area)
    lock_concern(concern)
    if concern.status != Concern.Status.RAISED:
        if concern.is_finished:
            concern.holder = None
        concern.raised_on, concern.due_on = timezone.localdate(), None
        move_concern(concern, Concern.Status.RAISED, by=by)
    log(concern, "safeguarding.pass_on", user=by)


def _raise(key: uuid.UUID, severity: str, rules: list[str], *, area: int) -> Concern:
    found, _ = Concern.objects.get_or_create(
        response_key=key,
        defaults={"area_id": area, "severity": severity, "rules": rules, "raised_on": timezone.localdate()},
    )
    return found
