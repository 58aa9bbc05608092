"""A person reads every text, not only those that screening raised first."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Min, Q

from feedback.safeguarding.models import Concern, Reading
from surveys.responses.models import Response, ResponseQuerySet
from surveys.responses.sealed import CannotOpenWords

READ_TEXTS = "safeguarding.read_concern"


@dataclass(frozen=True)
class Unread:
    """How many texts nobody has read, and how old the oldest is."""

    texts: int
    oldest: date | None


def unread(by) -> ResponseQuerySet:
    """What was written or drawn in this person's areas and read by nobody, neither as a text nor as a worry."""
    seen = Reading.objects.values("response_key")
    raised = Concern.objects.values("response_key")
    mine = Response.objects.with_words().filter(area__in=by.areas_held(READ_TEXTS))
    there = mine.exclude(status__in=[Response.Status.RECEIVED, Response.Status.ERASED])
    return there.exclude(pk__in=seen).exclude(pk__in=raised)


def how_many_unread(by) -> Unread:
    """How many texts wait for this person."""
    waiting = unread(by)
    return Unread(waiting.count(), waiting.aggregate(oldest=Min("received_on"))["oldest"])


def next_unread(by) -> uuid.UUID | None:
    """The text to be read next: of the oldest day; which of that day is not said by when it came."""
    return unread(by).order_by("received_on", "pk").values_list("pk", flat=True).first()


def check_may_read(response: Response, by) -> None:
    """Refuses everybody but a safeguarding lead of the area."""
    if not by.has_perm(READ_TEXTS, response):
        raise PermissionDenied("Only a safeguarding lead of this area may do this.")


def opens(response: Response) -> bool:
    """Whether what was written can be read: who was not read must not be told that they were."""
    try:
        return response.answers is not None
    except CannotOpenWords:
        return False


def past_safeguarding(responses: ResponseQuerySet) -> ResponseQuerySet:
    """Those that a person has read, and about which no worry is open or was handed on.

    A worry that was handed on is a child's account of harm: it is for those who help, and nobody quotes it.
    """
    read = Q(pk__in=Reading.objects.values("response_key"))
    closed = Q(pk__in=Concern.objects.filter(status=Concern.Status.CLOSED).values("response_key"))
    stay = Concern.objects.exclude(status=Concern.Status.CLOSED)
    return responses.filter(read | closed).exclude(pk__in=stay.values("response_key"))
