"""What a board analyst does with measures: make one, change it, retire it, and take it up again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log

from feedback.releases import measure_policies as policies
from feedback.releases.measure import Measure, MeasureState
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed

MEASURE = "releases.measure"
FIELDS = (
    "name", "kind", "voice", "theme", "framework_theme", "stage", "questions", "audiences", "good_news_if",
    "bad_news_if", "ask",
)  # fmt: skip


def _check_permission(by, measure: Measure) -> None:
    if not by.has_perm(MEASURE, measure):
        raise PermissionDenied("You have no role in this area that lets you do this.")


@transaction.atomic
def make_measure(area: Area | None, code: str, *, by, **fields: Any) -> Measure:
    """Proposes a new measure of an area, or of all areas together; it is read once a second person approves it."""
    proposed = {"is_approved": False, "status": Measure.Status.PROPOSED}
    measure = Measure(area=area, code=code, **_only_known(fields), **proposed)
    _check_permission(by, measure)
    policies.check_as_it_is(measure)
    try:
        with transaction.atomic():
            measure.save()
    except IntegrityError as problem:
        raise NotAllowed({"code": "Somebody else has just made a measure with this code."}) from problem
    _note(measure, by=by)
    log(measure, "releases.make_measure", user=by, data={"code": code})
    return measure


@transaction.atomic
def change_measure(measure: Measure, *, by, **fields: Any) -> Measure:
    """Proposes to change what a measure reads or asks; its code, area and voice stay.

    Until a second person approves it everybody reads the measure as it was.
    """
    _check_permission(by, measure)
    measure.refresh_from_db(from_queryset=Measure.objects.select_for_update(of=("self",)))
    policies.check_is_in_use(measure)
    if fields.get("voice", measure.voice) != measure.voice:
        raise NotAllowed("A measure stays in the voice it was made in. Make another for that voice.")
    proposed = measure.as_proposed()
    changed = {name: value for name, value in _only_known(fields).items() if getattr(proposed, name) != value}
    for name, value in changed.items():
        setattr(proposed, name, value)
    policies.check_as_it_is(proposed)
    if changed:
        _keep(measure, proposed, by=by)
        log(measure, "releases.change_measure", user=by, data={"code": measure.code, "fields": sorted(changed)})
    return measure


def _keep(measure: Measure, proposed: Measure, *, by) -> None:
    """What was never approved is written anew; of what was, the difference waits, and none is left if it is undone."""
    differs = {name: getattr(proposed, name) for name in FIELDS if getattr(proposed, name) != getattr(measure, name)}
    if not measure.is_approved:
        for name, value in differs.items():
            setattr(measure, name, value)
    elif differs:
        measure.waiting = differs
    else:
        measure.waiting, measure.status = {}, Measure.Status.APPROVED
        measure.save()
        return
    measure.status = Measure.Status.PROPOSED
    measure.save()
    _note(measure, by=by)


def _note(measure: Measure, *, by) -> None:
    """Whoever proposes any of it does not decide on it."""
    MeasureState.objects.create(measure=measure, status=measure.status, by=by, on=timezone.localdate())


@transaction.atomic
def retire_measure(measure: Measure, *, by) -> None:
    """Lets a measure be shown no more; it is kept, so that what was said with it can be understood."""
    _set_retired(measure, to=True, by=by)


@transaction.atomic
def take_up_measure(measure: Measure, *, by) -> None:
    """Shows a retired measure again, if what it reads still exists."""
    _set_retired(measure, to=False, by=by)


def _set_retired(measure: Measure, *, to: bool, by) -> None:
    _check_permission(by, measure)
    measure.refresh_from_db(from_queryset=Measure.objects.select_for_update())
    if measure.is_retired == to:
        return
    measure.is_retired = to
    if not to:
        policies.check_as_it_is(measure)
    measure.save()
    if to:
        log(measure, "releases.retire_measure", user=by, data={"code": measure.code})
    else:
        log(measure, "releases.take_up_measure", user=by, data={"code": measure.code})


def _only_known(fields: Mapping[str, Any]) -> dict[str, Any]:
    if strange := sorted(set(fields) - set(FIELDS)):
        raise TypeError(f"A measure has no {strange[0]} to set.")
    return dict(fields)
