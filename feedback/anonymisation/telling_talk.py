"""What waits for a moderator of what was said in talks, what became of each, and what everybody may read now."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from wagtail.models import ModelLogEntry

from feedback.anonymisation.comments import DECIDE
from feedback.anonymisation.rules_of_an_area import rules_of
from feedback.anonymisation.told_talk import ToldTalk
from feedback.disclosure.periods import Quarter
from feedback.disclosure.talk import Part, Tellable, tellable
from feedback.safeguarding.reading import with_a_worry
from feedback.safeguarding.talks import talk_past_leads
from surveys.frame.models import Area
from surveys.responses.talk_actions import LONGEST_SAID, MOST_THEMES, RECORD
from surveys.responses.talks import Size, Sort, Talk, TalkKind, TalkText, TalkTextQuerySet, quarters_to_choose

__all__ = ["LONGEST_SAID", "MOST_THEMES", "RECORD", "Size", "TalkKind", "quarters_to_choose"]
ERASE, RECALL = "fieldwork.erase_talk", "releases.recall_quote"
# All that is read for everybody: a process that only shows pages may read no more.
OF_A_TALK = ("area", "kind", "language", "people", "window")
OF_A_TEXT = ("area", "audience", "language", "sort", "status", "talk_key", "text_key", "theme", "words")
ERASED = "anonymisation.erase_talk"


def waiting_texts(by) -> TalkTextQuerySet:
    """What this person may decide on now: read by a lead, undecided, and not written down by themselves."""
    mine = TalkText.objects.held(by.areas_held(DECIDE)).undecided().exclude(talk__recorded_by=by)
    return talk_past_leads(mine).order_by("talk__recorded_on", "talk", "number")


def may_erase(talk: Talk, by) -> bool:
    """Whether somebody may erase a talk for those who were there: whoever wrote it down, and whoever runs fieldwork."""
    is_own = talk.recorded_by_id == by.pk and by.has_perm(RECORD, talk.place)
    return is_own or by.has_perm(ERASE, talk.place)


@dataclass(frozen=True)
class TalkStanding:
    """One talk as those who run fieldwork see it: when, what kind, what became of it, and no word of it."""

    key: uuid.UUID
    kind: str
    quarter: str
    recorded_on: date
    is_own: bool
    may_erase: bool
    is_read: bool
    with_leads: int
    waiting: int
    usable: int
    is_told: bool
    is_erased: bool


def talks_seen_by(area: Area, by) -> list[TalkStanding]:
    """The talks of an area, the newest first: one’s own, or all for whoever runs fieldwork there."""
    talks = Talk.objects.of(area).select_related("area__merged_into").order_by("-recorded_on", "pk")
    if not by.has_perm(ERASE, area):
        talks = talks.filter(recorded_by=by)
    found = list(talks)
    texts = TalkText.objects.filter(talk__in=found).undecided()
    with_leads, past = _many(texts.filter(pk__in=with_a_worry())), _many(talk_past_leads(texts))
    usable = defaultdict(int)
    for key in ToldTalk.objects.of(area).standing().values_list("talk_key", flat=True):
        usable[key] += 1
    return [
        TalkStanding(
            one.pk, one.get_kind_display(), one.quarter, one.recorded_on, one.recorded_by_id == by.pk,
            may_erase(one, by), one.read_on is not None, with_leads[one.pk], past[one.pk], usable[one.pk],
            bool(one.window), one.erased_on is not None,
        )
        for one in found
    ]  # fmt: skip


def _many(texts: TalkTextQuerySet) -> defaultdict[uuid.UUID, int]:
    found: defaultdict[uuid.UUID, int] = defaultdict(int)
    for key in texts.order_by().values_list("talk_id", flat=True):
        found[key] += 1
    return found


@dataclass(frozen=True)
class TellableText:
    """One thing that everybody may read: with the kind and the age band only where these may be said."""

    words: str
    is_line: bool
    theme: str
    language: str
    kind: str
    audience: str


@dataclass(frozen=True)
class TellableWindow:
    """What may be read of the talks of one window, and how many took part at least."""

    until: str
    language: str
    at_least: int
    texts: tuple[TellableText, ...]


def tellable_talk(area: Area) -> list[TellableWindow]:
    """What everybody may read of the talks of an area now, the newest window first; read anew each time."""
    told = list(standing_talk(area))
    if not told:
        return []
    windows = defaultdict(list)
    for talk in Talk.objects.of(area).exclude(window="").only(*OF_A_TALK):
        windows[(talk.window, talk.language)].append(talk)
    found = [_window(area, key, talks, told) for key, talks in windows.items()]
    return sorted((one for one in found if one.texts), key=lambda one: (one.until, one.language), reverse=True)


def standing_talk(area: Area) -> Iterable[ToldTalk]:
    """What nobody has recalled and about which nobody is worried now, in the order of random ids."""
    told = ToldTalk.objects.of(area).standing().exclude(text_key__in=with_a_worry())
    return told.order_by("pk").only(*OF_A_TEXT)


def _window(area: Area, key: tuple[str, str], talks: list[Talk], told: list[ToldTalk]) -> TellableWindow:
    until, language = key
    # An area that is stricter now is stricter about what was told before.
    rules = rules_of(area, Quarter.of(timezone.localdate()))
    may = tellable([Part(talk.kind, talk.at_least()) for talk in talks], rules)
    kinds = {talk.pk: talk.kind for talk in talks} if may.at_least else {}
    texts = tuple(_text(one, kinds[one.talk_key], may) for one in told if one.talk_key in kinds)
    return TellableWindow(until, language, may.at_least, texts)


def _text(one: ToldTalk, kind: str, may: Tellable) -> TellableText:
    band = may.band_of(kind, one.audience) if one.audience else ""
    return TellableText(one.words, one.sort == Sort.LINE, one.theme, one.language, may.kind_of(kind), band)


def recalled_talk() -> Iterator[str]:
    """What was recalled, and why."""
    for key, because in ToldTalk.objects.filter(status=ToldTalk.Status.RECALLED).values_list("pk", "because"):
        yield f"{key} {because}"


def erased_talks() -> Iterator[str]:
    """The keyed hashes of the talks that were erased, as the log remembers them."""
    for data in ModelLogEntry.objects.filter(action=ERASED).values_list("data", flat=True):
        if "talk" in data:
            yield data["talk"]
