"""Measures of our own to begin with, on what the 2012 progress report says matters; each area makes them its own."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from feedback.releases.asked_questions import AskedQuestion, questions_known
from feedback.releases.measure import Measure
from feedback.releases.measure_policies import check_measure
from surveys.frame.models import Area, JourneyStage

FILE = Path(__file__).with_name("starting") / "measures.json"


@transaction.atomic
def load_starting_measures(area: Area | None, *, by=None) -> int:
    """Puts in the measures whose codes an area does not have yet and whose questions exist; says how many those were.

    `by` is empty when the console is used, which only an administrator of the machine can.
    """
    if by is not None and not by.has_perm("releases.measure", Measure(area=area)):
        raise PermissionDenied("You have no role in this area that lets you do this.")
    known = questions_known()
    taken = set(Measure.objects.of(area).values_list("code", flat=True))
    missing = [measure for measure in _measures(area, known) if measure.code not in taken]
    stages = set(JourneyStage.objects.values_list("code", flat=True))
    for measure in missing:
        check_measure(measure, known, stages)
        measure.full_clean()
        measure.save()
        log(measure, "releases.make_measure", user=by, data={"code": measure.code, "origin": "starting measures"})
    return len(missing)


def starting_measures() -> list[dict[str, Any]]:
    """Every starting measure as it is written down."""
    return json.loads(FILE.read_text("utf-8"))["measures"]


def _measures(area: Area | None, known: Mapping[str, AskedQuestion]) -> Iterator[Measure]:
    """Each with those of its questions and audiences that exist here; none of which nothing exists."""
    for written in starting_measures():
        questions = {code: options for code, options in written["questions"].items() if code in known}
        asked = frozenset[str]().union(*(known[code].audiences for code in questions))
        audiences = [audience for audience in written["audiences"] if audience in asked]
        if questions and audiences:
            yield Measure(**{**written, "area": area, "questions": questions, "audiences": audiences})
