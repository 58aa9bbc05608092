"""Saying what the figures of a release may mean, before a second person checks it."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from feedback.releases import policies
from feedback.releases.interpretations import LABELS, LEFT_OPEN, Interpretation, Reading
from feedback.releases.models import Release
from feedback.releases.readings import questions_to_interpret, round_of, without_a_reading


@transaction.atomic
def interpret(release: Release, readings: Mapping[str, Reading], *, by) -> None:
    """Keeps what somebody says the figures of these questions may mean: all of them or none."""
    _check_permission(by, release)
    release.refresh_from_db(from_queryset=Release.objects.select_for_update())
    policies.check_may_interpret(release)
    known = set(questions_to_interpret(release))
    for question, reading in readings.items():
        policies.check_is_shown(question, known)
        policies.check_reading(reading)
    _keep(release, readings, by=by)


@transaction.atomic
def leave_open(release: Release, *, by) -> None:
    """Marks every question without a reading as one that nobody has interpreted; for the command, not for the desk."""
    _check_permission(by, release)
    policies.check_may_interpret(release)
    _keep(release, dict.fromkeys(without_a_reading(release), LEFT_OPEN), by=by)


def _check_permission(by, release: Release) -> None:
    if not by.has_perm("releases.propose", release):
        raise PermissionDenied("You have no role in this area that lets you do this.")


def _keep(release: Release, readings: Mapping[str, Reading], *, by) -> None:
    now = round_of(release)
    rows = [
        Interpretation(
            release=release, question=question, round=now, by=by, is_left_open=reading.is_left_open, **reading.texts
        )
        for question, reading in readings.items()
    ]
    # At once, because a release has many questions; what was written in this round before is replaced.
    Interpretation.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["release", "question", "round"],
        update_fields=[*LABELS, "is_left_open", "by"],
    )
    if readings:
        log(release, "releases.interpret", user=by, data={"questions": sorted(readings)})
