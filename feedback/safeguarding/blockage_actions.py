"""What somebody says gets in the way: screened like any text, kept from others while a worry is open, forgotten."""

from __future__ import annotations

import logging
import uuid
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from feedback.privacy.failures import Failed, note_failure
from feedback.safeguarding.blockages import past_leads
from feedback.safeguarding.concern_steps import lock_concern, move_concern
from feedback.safeguarding.forgetting import forget_what_was_noted
from feedback.safeguarding.models import Concern
from feedback.safeguarding.screening import Screening, Severity, not_screened, screen
from surveys.frame.models import Area
from surveys.responses.blockages import NamedBlockage, NamedBlockageQuerySet

logger = logging.getLogger(__name__)
KEPT_DAYS = 28


def screen_blockages(*, by=None) -> int:
    """Looks at all that screening has not seen; the sweep has no person behind it. How many raised a worry."""
    failed, raised = set(), 0
    for key in NamedBlockage.objects.awaiting_screening().order_by("pk").values_list("pk", flat=True):
        try:
            raised += _screen(key)
        except Exception as problem:
            # One that cannot be screened must not keep the others from being seen.
            failed.add(type(problem).__name__)
    if failed:
        logger.error("What gets in the way could not be screened (%s). Tell the makers.", ", ".join(sorted(failed)))
        note_failure(Failed.SCREENING)
    return raised


@transaction.atomic
def _screen(key: uuid.UUID) -> bool:
    waiting = NamedBlockage.objects.select_for_update(skip_locked=True, of=("self",))
    named = waiting.filter(pk=key, is_screened=False).first()
    if named is None:
        return False
    try:
        signals = screen(named.words, language=named.language, at_work=named.is_about_work).signals
    except Exception as problem:
        logger.error("What gets in the way was not screened (%s): a lead reads it first.", type(problem).__name__)
        signals = not_screened("").signals
    if signals:
        _raise(named, Screening(signals).severity or Severity.SOON, sorted({signal.rule for signal in signals}))
    NamedBlockage.objects.filter(pk=named.pk).update(is_screened=True)
    return bool(signals)


def _raise(named: NamedBlockage, severity: str, rules: list[str]) -> Concern:
    today = timezone.localdate()
    found, _ = Concern.objects.get_or_create(
        response_key=named.pk,
        defaults={"area_id": named.area_id, "severity": severity, "rules": rules, "raised_on": today},
    )
    return found


@transaction.atomic
def pass_on_blockage(named: NamedBlockage, *, by) -> None:
    """Hands what whoever read it found worrying to the leads; whoever calls this has checked that they may read it."""
    concern = _raise(named, Severity.SOON, ["read-by-an-officer"])
    lock_concern(concern)
    if concern.status != Concern.Status.RAISED:
        if concern.is_finished:
            concern.holder = None
        concern.raised_on, concern.due_on = timezone.localdate(), None
        move_concern(concern, Concern.Status.RAISED, by=by)
    log(concern, "safeguarding.pass_on", user=by)


def _decided() -> NamedBlockageQuerySet:
    return NamedBlockage.objects.filter(decided_on__lte=timezone.localdate() - timedelta(days=KEPT_DAYS))


@transaction.atomic
def erase_old_blockages(*, by=None) -> int:
    """Erases what was decided on four weeks ago and worries nobody; the sweep has no person behind it."""
    keys = list(past_leads(_decided()).values_list("pk", flat=True))
    forget_what_was_noted(keys)
    return NamedBlockage.objects.filter(pk__in=keys).delete()[0]


def blockages_left(*, by=None) -> int:
    """How many are kept for longer, because a worry about them is open."""
    return _decided().count() - past_leads(_decided()).count()


def erase_area_blockages(area: Area, *, by=None) -> None:
    """Erases all that was named in a fictional area; `by` is empty at the console."""
    NamedBlockage.objects.filter(area=area).delete()
