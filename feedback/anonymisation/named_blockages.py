"""What was named that gets in the way, for whoever decides on it: past the leads, with redaction proposed."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied

from feedback.anonymisation.redaction import redact
from feedback.safeguarding.blockages import past_leads
from surveys.frame.policies import NotAllowed
from surveys.responses.blockages import NamedBlockage, NamedBlockageQuerySet

REVIEW = "promises.review_blockages"
GONE = "It is not there any more: the days for which it is kept are over."
DECIDED = "A colleague has decided on this in the meantime."
WITH_LEADS = "This is with the safeguarding leads now, so nobody decides on it."
NOT_OPENED = "What was written here cannot be opened. Tell an administrator; leave it until they have seen to it."


@dataclass(frozen=True)
class NamedWords:
    """What somebody wrote, as they wrote it and with what may identify left out."""

    key: uuid.UUID
    area: object
    namer: str
    language: str
    named_on: date
    words: str
    proposed: str
    needs_a_reader: bool = False


def waiting_blockages(by) -> NamedBlockageQuerySet:
    """What this person may decide on now, the oldest first; of one day, in no order that says anything."""
    mine = NamedBlockage.objects.held(by.areas_held(REVIEW)).undecided()
    return past_leads(mine).order_by("named_on", "pk")


def to_decide(key: uuid.UUID, by) -> NamedBlockage:
    """What is decided on, locked; refused where somebody else has, or it is with the leads."""
    found = NamedBlockage.objects.select_for_update(of=("self",)).select_related("area__merged_into")
    named = found.filter(pk=key).first()
    if named is None:
        raise NotAllowed(GONE)
    if not by.has_perm(REVIEW, named.area.merged_into or named.area):
        raise PermissionDenied("You have no role in this area that lets you do this.")
    if named.decided_on is not None:
        raise NotAllowed(DECIDED)
    if not past_leads(NamedBlockage.objects.filter(pk=key)).exists():
        raise NotAllowed(WITH_LEADS)
    return named


def may_identify(text: str, *, language: str = "en") -> tuple[str, ...]:
    """What redaction would leave out of words that somebody wrote for everybody; to look at, never a refusal."""
    return tuple(text[span.start : span.end] for span in redact(text, language=language).spans)
