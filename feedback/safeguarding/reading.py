"""A person reads every text, not only those that screening raised first."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Min, Q

from feedback.safeguarding.models import Concern, Reading
from surveys.responses.letters import Letter, LetterQuerySet
from surveys.responses.models import Response, ResponseQuerySet

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


def unread_letters(by) -> LetterQuerySet:
    """What was written back in this person's areas and nobody has read; of what is a new worry, the worry waits."""
    raised = Concern.objects.filter(status=Concern.Status.RAISED).values("response_key")
    mine = Letter.objects.unread().filter(area__in=by.areas_held(READ_TEXTS))
    return mine.exclude(response_key__in=raised)


def how_many_unread(by) -> Unread:
    """How many texts wait for this person; answers and what was written back with them are one text."""
    texts, letters = unread(by), unread_letters(by)
    alone = letters.exclude(response_key__in=texts.values("pk")).order_by().values("response_key").distinct()
    days = [
        texts.aggregate(oldest=Min("received_on"))["oldest"],
        letters.aggregate(oldest=Min("sent_on"))["oldest"],
    ]
    return Unread(texts.count() + alone.count(), min((day for day in days if day), default=None))


def next_unread(by) -> uuid.UUID | None:
    """The text to be read next: of the oldest day; which of that day is not said by when it came.

    Of one day, whoever wrote back is first: they wait for an answer.
    """
    answer = unread(by).order_by("received_on", "pk").values_list("received_on", "pk").first()
    letter = unread_letters(by).order_by("sent_on", "pk").values_list("sent_on", "response_key").first()
    waiting = [found for found in (letter, answer) if found]
    return min(waiting, key=lambda found: found[0])[1] if waiting else None


def check_may_read(response: Response, by) -> None:
    """Refuses everybody but a safeguarding lead of the area."""
    if not by.has_perm(READ_TEXTS, response):
        raise PermissionDenied("Only a safeguarding lead of this area may do this.")


def past_safeguarding(responses: ResponseQuerySet) -> ResponseQuerySet:
    """Those that a person has read, and about which no worry is open or was handed on.

    A worry that was handed on is a child's account of harm: it is for those who help, and nobody quotes it.
    """
    read = Q(pk__in=Reading.objects.values("response_key"))
    closed = Q(pk__in=Concern.objects.filter(status=Concern.Status.CLOSED).values("response_key"))
    stay = Concern.objects.exclude(status=Concern.Status.CLOSED)
    return responses.filter(read | closed).exclude(pk__in=stay.values("response_key"))
