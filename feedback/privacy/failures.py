"""What failed in the programs that run by themselves, as numbers: letters, sweeps, messages; never whose or why."""

from __future__ import annotations

import logging
from enum import StrEnum

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from feedback.privacy.models import Failure

logger = logging.getLogger(__name__)


class Failed(StrEnum):
    """What can fail, as programs that watch read it."""

    LETTER = "letter"
    """No mail server took it."""
    TEXT_MESSAGE = "text_message"
    SWEEP = "sweep"
    """A kind of what is kept too long was not erased."""
    PROGRAM = "program"
    """One of the programs that must run again and again."""
    SCREENING = "screening"
    """Something was not screened, or a worry could not be stored."""


def note_failure(what: Failed, many: int = 1) -> None:
    """Counts a failure, in the database, because it happens in many processes, on many machines, and seldom.

    Whatever was being done goes on: where not even this can be stored, the log says so and the readiness page too.
    """
    try:
        with transaction.atomic():
            Failure.objects.get_or_create(what=what, defaults={"last_on": timezone.localdate()})
            Failure.objects.filter(what=what).update(many=F("many") + many, last_on=timezone.localdate())
    except DatabaseError as problem:
        logger.error("A failure could not be counted (%s).", type(problem).__name__)


def how_many_failed() -> dict[Failed, int]:
    """How often each has failed since the installation began."""
    found = dict(Failure.objects.values_list("what", "many"))
    return {what: found.get(what, 0) for what in Failed}
