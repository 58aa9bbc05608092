"""A person reads every text, not only those that screening raised first."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.formats import date_format

from feedback.safeguarding.clock import age_in_working_days, last_day_in_time
from feedback.safeguarding.models import Concern, Reading
from surveys.frame.clocks import Nation
from surveys.responses.letters import Letter, LetterQuerySet
from surveys.responses.models import Response, ResponseQuerySet
from surveys.responses.sealed import CannotOpenWords

READ_TEXTS = "safeguarding.read_concern"


@dataclass(frozen=True)
class Unread:
    """How many texts nobody has read, how many of them for longer than a working day, and how old the oldest is.

    What screening has not come to yet is no text to be read so far, and must not be called read either.
    """

    texts: int
    oldest: date | None
    overdue: int = 0
    working_days: int = 0
    unscreened: int = 0

    @property
    def in_words(self) -> str:
        """All of it as sentences."""
        return f"{self._waiting} {self.coming}".strip()

    @property
    def coming(self) -> str:
        """What nobody can read before screening has looked at it, and what to do where it stays so; or nothing."""
        if not self.unscreened:
            return ""
        one = self.unscreened == 1
        has, it_comes, is_here = ("text has", "It comes", "it is") if one else ("texts have", "They come", "they are")
        return (
            f"{self.unscreened} more {has} arrived that screening has not looked at yet. {it_comes} within a "
            f"minute or two; if {is_here} not here by then, nobody sees what may be danger: tell whoever runs the site."
        )

    @property
    def _waiting(self) -> str:
        if not self.texts:
            return "" if self.unscreened else "Every text has been read."
        waits = "1 text waits" if self.texts == 1 else f"{self.texts} texts wait"
        return (
            f"{waits} for a person; the oldest came on {date_format(self.oldest)}{self._age}. {self._lateness}".strip()
        )

    @property
    def _age(self) -> str:
        if not self.working_days:
            return ""
        return f", {self.working_days} working day{'' if self.working_days == 1 else 's'} ago"

    @property
    def _lateness(self) -> str:
        if not self.overdue:
            return ""
        is_or_are = "is" if self.overdue == 1 else "are"
        return f"{self.overdue} {is_or_are} overdue: older than one working day."


def unread(by) -> ResponseQuerySet:
    """What was written or drawn in this person's areas and read by nobody, neither as a text nor as a worry."""
    seen = Reading.objects.values("response_key")
    raised = Concern.objects.values("response_key")
    mine = Response.objects.with_words().filter(area__in=by.areas_held(READ_TEXTS))
    there = mine.exclude(status__in=[Response.Status.RECEIVED, Response.Status.ERASED])
    return there.exclude(pk__in=seen).exclude(pk__in=raised)


def unscreened(by) -> ResponseQuerySet:
    """What was written or drawn in this person's areas and waits for screening."""
    return Response.objects.with_words().awaiting_screening().filter(area__in=by.areas_held(READ_TEXTS))


def nobody_waits(by) -> str:
    """What the first page says where no worry is known: that nobody waits, only once screening has looked."""
    if unscreened(by).exists():
        return "No worry is known, but screening has not looked at every text yet: Texts to read says how many."
    return "Nobody waits. New worries appear as soon as they are noticed."


def unread_letters(by) -> LetterQuerySet:
    """What was written back in this person's areas and nobody has read; of what is a new worry, the worry waits."""
    raised = Concern.objects.filter(status=Concern.Status.RAISED).values("response_key")
    mine = Letter.objects.unread().filter(area__in=by.areas_held(READ_TEXTS))
    return mine.exclude(response_key__in=raised)


def how_many_unread(by) -> Unread:
    """How many texts wait for this person, by the working days of the areas they came from.

    Answers and what was written back with them are one text.
    """
    texts, today = unread(by), timezone.localdate()
    letters = unread_letters(by).order_by()
    alone = letters.exclude(response_key__in=texts.values("pk"))
    oldest = [found for found in (_oldest(texts, "received_on"), _oldest(letters, "sent_on")) if found]
    coming = unscreened(by).count()
    if not oldest:
        return Unread(0, None, unscreened=coming)
    day, nation = min(oldest)
    written, back = counts_of(texts, "pk", "received_on", today), counts_of(alone, "response_key", "sent_on", today)
    return Unread(
        texts=written["texts"] + back["texts"],
        overdue=written["late"] + back["late"],
        oldest=day,
        working_days=age_in_working_days(nation, day, today),
        unscreened=coming,
    )


def _oldest(waiting, day: str) -> tuple[date, str] | None:
    return waiting.order_by(day).values_list(day, "area__nation").first()


def counts_of(waiting, key: str, day: str, today: date) -> dict[str, int]:
    """How many wait, and how many of them for too long: one query for any number of areas, as nations are four."""
    late = Q(pk=None)
    for one in Nation:
        late |= Q(**{"area__nation": one, f"{day}__lt": last_day_in_time(one, today)})
    return waiting.aggregate(texts=Count(key, distinct=True), late=Count(key, distinct=True, filter=late))


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
    return responses.filter(read | closed).exclude(pk__in=with_a_worry())


def with_a_worry():
    """The keys of responses about which a worry is open or was handed on, for a query."""
    return Concern.objects.exclude(status=Concern.Status.CLOSED).values("response_key")
