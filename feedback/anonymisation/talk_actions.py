"""What happens to what was said in talks: written down, read beside its redaction, decided on, recalled, erased."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from feedback.anonymisation.comments import DECIDE, Moderation
from feedback.anonymisation.moderation import Piece, chosen_spans, pieces_of
from feedback.anonymisation.redaction import STANDS_FOR, Redaction, Span, redact, redacted
from feedback.anonymisation.rules_of_an_area import rules_of
from feedback.anonymisation.telling_talk import ERASED, RECALL, may_erase, standing_talk
from feedback.anonymisation.told_talk import BY_PEOPLE, ToldTalk
from feedback.disclosure.periods import Quarter
from feedback.disclosure.talk import windows
from feedback.safeguarding.reading import with_a_worry
from feedback.safeguarding.talk_actions import (
    check_leads_are_done,
    erase_recalled_texts,
    erase_talk_texts,
    pass_on_talk,
)
from feedback.safeguarding.talks import talk_past_leads
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed, check_may_move
from surveys.responses.receipts import erased_talk
from surveys.responses.sealed import CannotOpenWords
from surveys.responses.talk_actions import Recorded, Said, record_talk
from surveys.responses.talks import Sort, Talk, TalkText

__all__ = ["Recorded", "Said", "record_talk"]
USABLE, NOT_USABLE = Moderation.Decision.USABLE.value, Moderation.Decision.NOT_USABLE.value
GONE = "This is not there any more: the talk was erased, or the days for which it is kept are over."
DECIDED = "A colleague has decided on this in the meantime."
OWN = "You wrote this down, so somebody else decides on it."
WITH_LEADS = "This is with the safeguarding leads, so nobody decides on it."
NOT_OPENED = "What was written here cannot be opened. Tell an administrator; leave it until they have seen to it."
NO_ROLE = "You have no role in this area that lets you do this."


@dataclass(frozen=True)
class ShownTalk:
    """What a moderator sees of one text of a talk: where it is from, and how it would be read."""

    key: uuid.UUID
    area: Area
    kind: str
    theme: str
    is_line: bool
    audience: str
    language: str
    needs_a_reader: bool
    pieces: tuple[Piece, ...]
    ending: str
    redacted: str
    drawings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Marked:
    """What a moderator marked: which pieces are left out, and what they are; nothing where they marked nothing yet."""

    marked: set[int]
    label: str = "OTHER"
    called: Mapping[int, str] | None = None


@transaction.atomic
def read_talk_text(key: uuid.UUID, *, marked: Marked | None = None, by) -> ShownTalk:
    """Shows a moderator what was said beside how it would be read, and says in the log that they looked."""
    text = _to_decide(key, by)
    talk = text.talk
    log(talk.place, "anonymisation.read_talk", user=by)
    words, found = _opened(text)
    spans = _spans(words, found, marked) if marked else found.spans
    pieces, ending = pieces_of(words, spans)
    return ShownTalk(
        text.pk, talk.place, talk.get_kind_display(), text.get_theme_display(), text.sort == Sort.LINE, text.audience,
        talk.language, found.needs_a_reader, pieces, ending, redacted(words, spans),
    )  # fmt: skip


def _opened(text: TalkText) -> tuple[str, Redaction]:
    try:
        return text.words, redact(text.words, language=text.talk.language)
    except CannotOpenWords as problem:
        raise NotAllowed(NOT_OPENED) from problem


def _spans(words: str, found: Redaction, marked: Marked) -> tuple[Span, ...]:
    if not {marked.label, *(marked.called or {}).values()} <= set(STANDS_FOR):
        raise NotAllowed("Choose what the words that you marked are.")
    return tuple(chosen_spans(words, found.spans, marked.marked, marked.label, marked.called))


@transaction.atomic
def decide_talk_text(
    key: uuid.UUID, decision: str, marked: Marked, *, reasons: Collection[str] = (), reads: bool = False, by
) -> None:
    """Writes down what a second person decided: of what is usable the redacted words are kept, of another none."""
    text = _to_decide(key, by)
    words, found = _opened(text)
    if decision not in (USABLE, NOT_USABLE):
        raise NotAllowed("Choose what you decide.")
    if decision == USABLE:
        _check_is_usable(found, reasons, reads=reads)
        _keep(text, redacted(words, _spans(words, found, marked)), by=by)
    TalkText.objects.filter(pk=text.pk).update(decided_on=timezone.localdate())
    log(text.talk.place, "anonymisation.decide_talk", user=by, data={"decision": decision})


def _check_is_usable(found: Redaction, reasons: Collection[str], *, reads: bool) -> None:
    if reasons:
        raise NotAllowed("You answered yes to a question: mark more words and answer no, or choose not usable.")
    if found.needs_a_reader and not reads:
        raise NotAllowed("This may not be English. Say that you read the language, or leave it to somebody who does.")


def _keep(text: TalkText, words: str, *, by) -> None:
    ToldTalk(
        area_id=text.talk.area_id, text_key=text.pk, talk_key=text.talk_id, sort=text.sort, theme=text.theme,
        audience=text.audience, language=text.talk.language, words=words, decided_by=by,
        decided_on=timezone.localdate(),
    ).save()  # fmt: skip


@transaction.atomic
def worry_about_talk(key: uuid.UUID, *, by) -> None:
    """Hands what worries a moderator to the leads; it comes back to be decided on once they close it."""
    pass_on_talk(_to_decide(key, by), by=by)


def _to_decide(key: uuid.UUID, by) -> TalkText:
    """What is decided on, locked; refused where somebody else has, or should."""
    found = TalkText.objects.select_for_update(of=("self",)).select_related("talk__area__merged_into")
    text = found.filter(pk=key).first()
    if text is None:
        raise NotAllowed(GONE)
    if not by.has_perm(DECIDE, text.talk.place):
        raise PermissionDenied(NO_ROLE)
    if text.talk.recorded_by_id == by.pk:
        raise NotAllowed(OWN)
    if text.decided_on is not None:
        raise NotAllowed(DECIDED)
    if not talk_past_leads(TalkText.objects.filter(pk=key)).exists():
        raise NotAllowed(WITH_LEADS)
    return text


@transaction.atomic
def look_at_told_talk(area: Area, *, by) -> list[ToldTalk]:
    """Shows what is told of an area’s talks, or will be, to whoever may recall it; a look, logged."""
    if not by.has_perm(RECALL, area):
        raise PermissionDenied(NO_ROLE)
    log(area, "anonymisation.look_at_talk", user=by)
    return list(standing_talk(area))


@transaction.atomic
def recall_talk(key: uuid.UUID, *, because: str, by) -> None:
    """Takes back for good what is told of a talk: its words are erased, here and where they were written down."""
    told = ToldTalk.objects.select_for_update(of=("self",)).select_related("area__merged_into").filter(pk=key).first()
    if told is None:
        raise NotAllowed(GONE)
    if not by.has_perm(RECALL, told.place):
        raise PermissionDenied(NO_ROLE)
    if because not in BY_PEOPLE:
        raise NotAllowed("Say why, so that the others can learn from it.")
    check_may_move(told.status, ToldTalk.Status.RECALLED, ToldTalk.TRANSITIONS)
    _recall(told, because, by=by)
    log(told.place, "anonymisation.recall_talk", user=by, data={"because": because})


def _recall(told: ToldTalk, because: str, *, by=None) -> None:
    told.status, told.because, told.words, told.audience = ToldTalk.Status.RECALLED, because, "", ""
    told.recalled_by, told.recalled_on = by, timezone.localdate()
    told.save()
    erase_recalled_texts([told.text_key], by=by)


@transaction.atomic
def recall_talk_again(named: Collection[str], *, by=None) -> int:
    """Recalls what came back with a backup; nobody is behind it, so `by` is empty."""
    reasons = dict(one.split(" ", 1) for one in named)
    standing = list(ToldTalk.objects.standing().filter(pk__in=reasons))
    for told in standing:
        _recall(told, reasons[str(told.pk)], by=by)
    return len(standing)


@transaction.atomic
def erase_talk(key: uuid.UUID, *, by) -> None:
    """Erases a talk with every word of it, for somebody who was there and asks for it."""
    found = Talk.objects.select_for_update(of=("self",)).select_related("area__merged_into")
    talk = found.filter(pk=key, erased_on=None).first()
    if talk is None:
        raise NotAllowed(GONE)
    if not may_erase(talk, by):
        raise PermissionDenied("Only whoever wrote it down, and who runs fieldwork in this area, may erase it.")
    check_leads_are_done(talk, by=by)
    _erase(talk, by=by)
    log(talk.place, ERASED, user=by, data={"talk": erased_talk(talk.pk)})


def _erase(talk: Talk, *, by=None) -> None:
    """Whoever took part in what was told by then stays counted, as in a block: else it would show who was taken out."""
    for told in ToldTalk.objects.standing().filter(talk_key=talk.pk):
        _recall(told, ToldTalk.Reason.ERASED, by=by)
    erase_talk_texts(list(TalkText.objects.filter(talk=talk).values_list("pk", flat=True)), by=by)
    talk.erased_on, talk.stage = timezone.localdate(), ""
    talk.people = talk.people if talk.window else {}
    talk.save(update_fields=["erased_on", "stage", "people"])


@transaction.atomic
def erase_talks_again(digests: Collection[str], *, by=None) -> int:
    """Erases the talks that came back with a backup; nobody is behind it, so `by` is empty."""
    back = [talk for talk in Talk.objects.filter(erased_on=None) if erased_talk(talk.pk) in digests]
    for talk in back:
        _erase(talk, by=by)
    return len(back)


def erase_told_talk_of(area: Area, *, by=None) -> None:
    """Erases what is told of the talks of a fictional area; `by` is empty at the console."""
    ToldTalk.objects.filter(area=area).delete()


def keep_up_with_talks(*, by=None) -> None:
    """Recalls what a worry is about, and closes windows in which enough took part; the sweep has nobody behind it."""
    with transaction.atomic():
        for told in ToldTalk.objects.standing().filter(text_key__in=with_a_worry()).select_for_update(of=("self",)):
            _recall(told, ToldTalk.Reason.WORRY, by=by)
    _close_windows()


@transaction.atomic
def _close_windows() -> None:
    """By the quarter in which each was written down, as answers are counted when they come; never the present one."""
    now, waiting = Quarter.of(timezone.localdate()), defaultdict(list)
    is_open = Talk.objects.filter(window="", erased_on=None).select_related("area__merged_into")
    for talk in is_open.select_for_update(of=("self",)):
        if Quarter.of(talk.recorded_on) < now:
            waiting[(talk.place, talk.language)].append(talk)
    for (area, _), talks in waiting.items():
        took_part = [(Quarter.of(talk.recorded_on), sum(talk.at_least().values())) for talk in talks]
        closed = windows(took_part, rules_of(area, now).smallest_group)
        for talk in talks:
            if window := closed.get(Quarter.of(talk.recorded_on)):
                Talk.objects.filter(pk=talk.pk).update(window=str(window))
