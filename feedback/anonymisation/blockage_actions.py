"""Reading what was named that gets in the way, and saying what becomes of it; each look is logged."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from feedback.anonymisation.named_blockages import NOT_OPENED, NamedWords, to_decide
from feedback.anonymisation.redaction import redact, redacted
from feedback.safeguarding.blockage_actions import pass_on_blockage
from surveys.frame.policies import NotAllowed
from surveys.responses.blockages import NamedBlockage
from surveys.responses.sealed import CannotOpenWords


@transaction.atomic
def read_blockage(key: uuid.UUID, *, by) -> NamedWords:
    """Shows what somebody wrote, and says in the log that they looked; no other function shows it at the desk."""
    named = to_decide(key, by)
    log(named.area, "anonymisation.read_blockage", user=by)
    try:
        words = named.words
    except CannotOpenWords as problem:
        raise NotAllowed(NOT_OPENED) from problem
    found = redact(words, language=named.language)
    return NamedWords(
        key=named.pk,
        area=named.area.merged_into or named.area,
        namer=named.get_namer_display(),
        language=named.language,
        named_on=named.named_on,
        words=words,
        proposed=redacted(words, found.spans),
        needs_a_reader=found.needs_a_reader,
    )


def decide_blockage(named: NamedBlockage, *, joined_to: int | None, by) -> None:
    """Writes down what became of it: a number of the board, or none."""
    named.joined_to, named.decided_on = joined_to, timezone.localdate()
    named.save(update_fields=["joined_to", "decided_on"])
    log(named.area, "anonymisation.decide_blockage", user=by)


@transaction.atomic
def leave_blockage(key: uuid.UUID, *, by) -> None:
    """Says that something is not for the board: it names somebody and nothing else, or says nothing."""
    decide_blockage(to_decide(key, by), joined_to=None, by=by)


@transaction.atomic
def worry_about_blockage(key: uuid.UUID, *, by) -> None:
    """Hands what somebody wrote to the safeguarding leads; it comes back to be decided on once they are done."""
    pass_on_blockage(to_decide(key, by), by=by)
