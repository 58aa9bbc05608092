"""What somebody says gets in the way: screened like any text, kept from others while a worry is open, forgotten."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from feedback.safeguarding.blockages import past_leads
from feedback.safeguarding.forgetting import forget_what_was_noted
from feedback.safeguarding.sweeping import raise_noticed, raise_passed_on, screen_each, signals_or_not
from surveys.frame.models import Area
from surveys.responses.blockages import NamedBlockage, NamedBlockageQuerySet

KEPT_DAYS = 28


def screen_blockages(*, by=None) -> int:
    """Looks at all that screening has not seen; the sweep has no person behind it. How many raised a worry."""
    return screen_each(NamedBlockage.objects.awaiting_screening(), _screen, what="What gets in the way")


@transaction.atomic
def _screen(key: uuid.UUID) -> bool:
    waiting = NamedBlockage.objects.select_for_update(skip_locked=True, of=("self",))
    named = waiting.filter(pk=key, is_screened=False).first()
    if named is None:
        return False
    signals = signals_or_not(
        lambda: named.words, what="What gets in the way", language=named.language, at_work=named.is_about_work
    )
    if signals:
        raise_noticed(named.pk, signals, area=named.area_id)
    NamedBlockage.objects.filter(pk=named.pk).update(is_screened=True)
    return bool(signals)


@transaction.atomic
def pass_on_blockage(named: NamedBlockage, *, by) -> None:
    """Hands what whoever read it found worrying to the leads; whoever calls this has checked that they may read it."""
    raise_passed_on(named.pk, rule="read-by-an-officer", area=named.area_id, by=by)


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
