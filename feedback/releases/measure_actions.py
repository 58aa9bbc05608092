"""What a board analyst does with measures: make one, change it, retire it, and take it up again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from wagtail.log_actions import log

from feedback.releases import measure_policies as policies
from feedback.releases.asked_questions import questions_known
from feedback.releases.measure import Measure
from surveys.frame.models import Area, JourneyStage
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
    """Keeps a new measure of an area, or of all areas together."""
    measure = Measure(area=area, code=code, **_only_known(fields))
    _check_permission(by, measure)
    _check(measure)
    try:
        with transaction.atomic():
            measure.save()
    except IntegrityError as problem:
        raise NotAllowed({"code": "Somebody else has just made a measure with this code."}) from problem
    log(measure, "releases.make_measure", user=by, data={"code": code})
    return measure


@transaction.atomic
def change_measure(measure: Measure, *, by, **fields: Any) -> Measure:
    """Changes what a measure reads or asks; its code, area and voice stay."""
    _check_permission(by, measure)
    measure.refresh_from_db(from_queryset=Measure.objects.select_for_update())
    policies.check_is_in_use(measure)
    if fields.get("voice", measure.voice) != measure.voice:
        raise NotAllowed("A measure stays in the voice it was made in. Make another for that voice.")
    changed = {name: value for name, value in _only_known(fields).items() if getattr(measure, name) != value}
    for name, value in changed.items():
        setattr(measure, name, value)
    _check(measure)
    if changed:
        measure.save()
        log(measure, "releases.change_measure", user=by, data={"code": measure.code, "fields": sorted(changed)})
    return measure


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
        _check(measure)
    measure.save()
    if to:
        log(measure, "releases.retire_measure", user=by, data={"code": measure.code})
    else:
        log(measure, "releases.take_up_measure", user=by, data={"code": measure.code})


def _only_known(fields: Mapping[str, Any]) -> dict[str, Any]:
    if strange := sorted(set(fields) - set(FIELDS)):
        raise TypeError(f"A measure has no {strange[0]} to set.")
    return dict(fields)


def _check(measure: Measure) -> None:
    """Everything that is wrong with it at once, under the field it belongs to."""
    faults: dict[str, list[str]] = {}
    for check in (measure.full_clean, lambda: _check_against_what_is_known(measure)):
        try:
            check()
        except ValidationError as problem:
            for field, sentences in _by_field(problem).items():
                faults.setdefault(field, []).extend(one for one in sentences if one not in faults.get(field, []))
    if faults:
        raise NotAllowed(faults)


def _check_against_what_is_known(measure: Measure) -> None:
    policies.check_measure(measure, questions_known(), set(JourneyStage.objects.values_list("code", flat=True)))


def _by_field(problem: ValidationError) -> dict[str, list[str]]:
    return problem.message_dict if hasattr(problem, "error_dict") else {"__all__": problem.messages}
