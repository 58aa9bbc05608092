"""Letters that somebody nobody knows wrote back: screened like any text, read by a person, and forgotten in time."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from feedback.privacy.failures import Failed, note_failure
from feedback.safeguarding.actions import raise_again
from feedback.safeguarding.forgetting import FINISHED
from feedback.safeguarding.models import Concern, ConcernState
from feedback.safeguarding.reading import check_may_read
from feedback.safeguarding.screening import Noticed, Signal, noticed_in, screen, screened_or_not
from surveys.frame.models import Area
from surveys.responses.letters import Letter, LetterQuerySet
from surveys.responses.models import Reply, Response
from surveys.responses.sealed import CannotOpenWords

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Said:
    """One thing that was said to and fro: a letter of theirs with what was noticed, or a reply of ours."""

    on: date
    letter: Letter | None = None
    signals: tuple[Signal, ...] = ()
    reply: Reply | None = None
    # Nothing where what is stored cannot be opened.
    words: str | None = None

    @property
    def noticed(self) -> tuple[Noticed, ...]:
        """Each reason to read it first, with the words that gave it."""
        return noticed_in(self.words or "", self.signals)


def conversation(response_key: uuid.UUID, *, language: str) -> tuple[Said, ...]:
    """What was said to and fro since the answers came, the oldest first; who shows it has logged that somebody looks.

    Only days are kept, so of one day the letters stand before the replies.
    """
    letters = [
        Said(letter.sent_on, letter=letter, signals=_noticed(letter, language), words=_opened(letter, "words"))
        for letter in reversed(Letter.objects.of(response_key))
    ]
    replies = [
        Said(one.on, reply=one, words=_opened(one, "text"))
        for one in reversed(Reply.objects.to(response_key).select_related("by"))
    ]
    return tuple(sorted([*letters, *replies], key=lambda said: said.on))


def _opened(row: Letter | Reply, name: str) -> str | None:
    try:
        return getattr(row, name)
    except CannotOpenWords:
        return None


def _noticed(letter: Letter, language: str) -> tuple[Signal, ...]:
    return screened_or_not(_opened(letter, "words") or "", language=language).signals


def say_they_were_read(response_key: uuid.UUID, *, through: int, by) -> None:
    """Notes as a day that a person has read the letters up to this number; whoever wrote them is told so.

    Not of one that cannot be opened: it waits until somebody can read it. Whoever calls this has logged that they look
    at what was written.
    """
    response = Response.objects.filter(pk=response_key).only("area_id").first()
    if response is None:
        return
    check_may_read(response, by)
    shown = Letter.objects.of(response_key).unread().filter(number__lte=through)
    seen = [letter.pk for letter in shown if _opened(letter, "words") is not None]
    Letter.objects.filter(pk__in=seen).update(read_on=timezone.localdate())


def screen_letters(*, by=None) -> int:
    """Looks at every letter that screening has not seen; the sweep has no person behind it, so `by` is empty.

    How many raised a worry, or raised it again. One that cannot be screened is read by a person as all are.
    """
    failed, raised = set(), 0
    for key in Letter.objects.awaiting_screening().order_by("pk").values_list("pk", flat=True):
        try:
            raised += _screen(key)
        except Exception as problem:
            # One that cannot be screened must not keep the others from being seen.
            failed.add(type(problem).__name__)
    if failed:
        kinds = ", ".join(sorted(failed))
        logger.error("Letters could not be screened (%s). Tell the makers of the software.", kinds)
        note_failure(Failed.SCREENING)
    return raised


@transaction.atomic
def _screen(key: uuid.UUID) -> bool:
    letter = Letter.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=key, is_screened=False).first()
    if letter is None:
        return False
    response = Response.objects.filter(pk=letter.response_key).first()
    signals = screen(letter.words, language=response.language).signals if response else ()
    if response and signals:
        earlier = Letter.objects.of(response.pk).exclude(pk=letter.pk)
        before = [signal for one in earlier for signal in _noticed(one, response.language)]
        raise_again(response, (*before, *signals))
    Letter.objects.filter(pk=letter.pk).update(is_screened=True)
    return bool(response and signals)


def areas_with_letters() -> Iterable[int]:
    """The areas in which a letter waits that nobody has read."""
    return Letter.objects.unread().order_by().values_list("area_id", flat=True).distinct()


def old_letters() -> LetterQuerySet:
    """Those a person has read, whose area’s days are over, and about which no worry is open or was finished lately."""
    old = Letter.objects.none()
    for days, areas in _by_days().items():
        before = timezone.localdate() - timedelta(days=days)
        still_open = Concern.objects.exclude(status__in=FINISHED).values("response_key")
        lately = ConcernState.objects.filter(on__gt=before).values("concern__response_key")
        read = Letter.objects.filter(area__in=areas, sent_on__lte=before, read_on__lte=before)
        old |= read.exclude(response_key__in=still_open).exclude(response_key__in=lately)
    return old


def _by_days() -> dict[int, list[int]]:
    areas: dict[int, list[int]] = {}
    for area in Area.objects.all():
        areas.setdefault(area.retention_days, []).append(area.pk)
    return areas


@transaction.atomic
def erase_old_letters(*, by=None) -> int:
    """Erases what was written back once its days are over; the sweep has no person behind it, so `by` is empty."""
    return Letter.objects.filter(pk__in=list(old_letters().values_list("pk", flat=True))).delete()[0]
