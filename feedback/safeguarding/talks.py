"""Which of what was said in talks others than leads may read, and which talks wait for a lead."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from feedback.safeguarding.reading import READ_TEXTS, with_a_worry
from feedback.safeguarding.screening import Noticed, Signal, noticed_in
from surveys.responses.talks import Talk, TalkQuerySet, TalkTextQuerySet


@dataclass(frozen=True)
class TalkWords:
    """One thing that was said, as a lead reads it, with what screening notices."""

    key: uuid.UUID
    sort: str
    theme: str
    words: str
    signals: tuple[Signal, ...] = ()

    @property
    def noticed(self) -> tuple[Noticed, ...]:
        """Each reason to read it first, with the words that gave it."""
        return noticed_in(self.words, self.signals)


def talk_past_leads(texts: TalkTextQuerySet) -> TalkTextQuerySet:
    """What a lead has read, and about which no worry is open or was handed on."""
    read = texts.filter(talk__is_screened=True, talk__read_on__isnull=False)
    return read.exclude(pk__in=with_a_worry())


def unread_talks(by) -> TalkQuerySet:
    """The talks of this person’s areas that no lead has read; of one day, in no order that says anything."""
    return Talk.objects.held(by.areas_held(READ_TEXTS)).unread().order_by("recorded_on", "pk")
