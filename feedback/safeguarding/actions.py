"""What happens to a response before anybody may count it: screening, and what a lead does with a concern."""

from __future__ import annotations

import logging
import uuid
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from feedback.privacy.failures import Failed, note_failure
from feedback.safeguarding.concern_steps import (
    check_may_act,
    check_may_read_concern,
    check_nobody_else_has_it,
    lock_concern,
    move_concern,
)
from feedback.safeguarding.models import Concern, Reading
from feedback.safeguarding.outcomes import CLOSING, Finding, checked
from feedback.safeguarding.reading import check_may_read, opens
from feedback.safeguarding.screening import (
    Noticed,
    Screening,
    Severity,
    Signal,
    not_screened,
    noticed_in,
    screen,
    screened_or_not,
)
from surveys.design.frozen import instrument_of
from surveys.fieldwork.open_days import add_to_days
from surveys.frame.policies import NotAllowed
from surveys.instrument.drawing import as_svg_path
from surveys.instrument.items import IN_WORDS, STROKES
from surveys.responses.blockages import NamedBlockage
from surveys.responses.models import Response
from surveys.responses.sealed import CannotOpenWords
from surveys.responses.talks import TalkText
from surveys.responses.together import Goal

# So few that on SQLite nobody who sends waits long for the one writer there is.
BATCH = 200
LOOKED_AT = ("edition_id", "area_id", "answers", "audience", "language", "wave_id", "received_on", "came_openly")
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Screened:
    """How many responses a sweep looked at, and how many of them a person must look at first."""

    looked_at: int
    held: int


@dataclass
class _Sweep:
    """How far one sweep has come; of what failed it keeps the kind only, never an id or a word."""

    after: uuid.UUID | None = None
    looked_at: int = 0
    held: int = 0
    not_screened: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def words_of(response: Response) -> dict[str, str]:
    """What the respondent wrote, by item."""
    asked = instrument_of(response.edition_id).items
    written = {item.code: response.answers.get(item.code) for item in asked if item.kind in IN_WORDS}
    return {code: text for code, text in written.items() if isinstance(text, str)}


def screen_waiting(*, by=None) -> Screened:
    """Looks at every response that screening has not seen; the sweep has no person behind it, so `by` is empty.

    What cannot be screened goes to a person as a concern that says so.
    """
    sweep = _Sweep()
    while _screen_batch(sweep):
        pass
    _say(sweep.not_screened, "%d responses could not be screened (%s); they wait among the worries, not screened.")
    _say(sweep.failed, "%d worries could not be stored (%s), so nobody sees them. Tell the makers of the software.")
    return Screened(sweep.looked_at, sweep.held)


def _say(problems: list[str], sentence: str) -> None:
    if problems:
        logger.error(sentence, len(problems), ", ".join(sorted(set(problems))))
        note_failure(Failed.SCREENING, len(problems))


@transaction.atomic
def _screen_batch(sweep: _Sweep) -> bool:
    responses = _next(sweep.after)
    found = [(response, _signals(response, sweep)) for response in responses]
    held = _raise_concerns([(response, signals) for response, signals in found if signals], sweep)
    cleared = [response.pk for response, signals in found if not signals]
    Response.objects.filter(pk__in=held).update(status=Response.Status.HELD)
    Response.objects.filter(pk__in=cleared).update(status=Response.Status.CLEARED)
    done = {*held, *cleared}
    add_to_days((one.wave_id, one.received_on) for one in responses if one.came_openly and one.pk in done)
    sweep.held += len(held)
    sweep.looked_at += len(held) + len(cleared)
    sweep.after = responses[-1].pk if responses else sweep.after
    return bool(responses)


def _next(after: uuid.UUID | None) -> list[Response]:
    """The next that wait, in the order of their random ids, so that one that fails is met once in a sweep."""
    waiting = Response.objects.awaiting_screening().select_for_update(skip_locked=True, of=("self",)).order_by("pk")
    waiting = waiting.only(*LOOKED_AT)
    return list((waiting.filter(pk__gt=after) if after else waiting)[:BATCH])


Found = tuple[Response, tuple[Signal, ...]]


def _raise_concerns(found: list[Found], sweep: _Sweep) -> list[uuid.UUID]:
    """Which are raised: all at once, and one by one where that fails, so that one keeps no other from being seen."""
    try:
        with transaction.atomic():
            _raise_together(found)
    except Exception:
        return [response.pk for response, signals in found if _is_raised(response, signals, sweep)]
    return [response.pk for response, _ in found]


def _raise_together(found: list[Found]) -> None:
    known = Concern.objects.filter(response_key__in=[response.pk for response, _ in found]).values_list("response_key")
    again = {key for (key,) in known}
    Concern.objects.bulk_create(
        Concern(response_key=response.pk, **_as_raised(response, signals))
        for response, signals in found
        if response.pk not in again
    )
    for response, signals in found:
        if response.pk in again:
            _raise_concern(response, signals)


def _is_raised(response: Response, signals: tuple[Signal, ...], sweep: _Sweep) -> bool:
    try:
        with transaction.atomic():
            _raise_concern(response, signals)
    except Exception as problem:
        sweep.failed.append(type(problem).__name__)
        return False
    return True


def _signals(response: Response, sweep: _Sweep) -> tuple[Signal, ...]:
    """What was noticed in all texts of a response; where screening fails, that it was not screened."""
    try:
        texts = words_of(response).values()
        language, at_work = response.language, response.is_about_work
        return tuple(found for text in texts for found in screen(text, language=language, at_work=at_work).signals)
    except Exception as problem:
        sweep.not_screened.append(type(problem).__name__)
        return not_screened("").signals


def _raise_concern(response: Response, signals: tuple[Signal, ...]) -> None:
    """Raises what was noticed, again if the same response came before; no log, whose clock would be the child's."""
    Concern.objects.update_or_create(response_key=response.pk, defaults=_as_raised(response, signals))


def _as_raised(response: Response, signals: tuple[Signal, ...]) -> dict:
    return {
        "area_id": response.area_id,
        "severity": Screening(signals).severity or Severity.SOON,
        "rules": sorted({signal.rule for signal in signals}),
        "status": Concern.Status.RAISED,
        "raised_on": timezone.localdate(),
        "due_on": None,
    }


def raise_again(response: Response, signals: tuple[Signal, ...], *, by=None) -> None:
    """Raises what was noticed in what somebody wrote later, with what was noticed before: nothing gets less urgent."""
    # Whoever finished it does not have it any more.
    Concern.objects.filter(response_key=response.pk).finished().update(holder=None, asked=None)
    _raise_concern(response, (*_signals(response, _Sweep()), *signals))


@dataclass(frozen=True)
class ConcernWords:
    """What a lead reads: the question and the words, as they were written, with what was noticed."""

    question: str
    words: str
    signals: tuple[Signal, ...] = ()
    strokes: str = ""

    @property
    def noticed(self) -> tuple[Noticed, ...]:
        """Each reason to read it first, with the words that gave it."""
        return noticed_in(self.words, self.signals)


NOT_OPENED = [
    ConcernWords(
        "What was written here cannot be opened",
        "Tell an administrator today: the key for it is missing, or the row was damaged. Nobody has read it, and "
        "whoever wrote it is not told that somebody has.",
    )
]


@transaction.atomic
def read_concern(concern: Concern, *, by) -> list[ConcernWords]:
    """Shows a lead what was written, and says in the log that they looked; no other function shows it.

    Nothing is left to show where the respondent took it back.
    """
    check_may_read_concern(by, concern)
    lock_concern(concern)
    response = Response.objects.filter(pk=concern.response_key).first()
    if concern.status == Concern.Status.RAISED:
        move_concern(concern, Concern.Status.SEEN, by=by)
    log(concern, "safeguarding.read_concern", user=by)
    if response is None:
        return _goal_of(concern) or _blockage_of(concern) or _talk_of(concern)
    if not opens(response):
        return NOT_OPENED
    _say_that_it_was_read(response.pk)
    return _with_signals(response)


def _goal_of(concern: Concern) -> list[ConcernWords]:
    """The goal that a worry is about, where it is about no response; whoever shows it has logged the look."""
    goal = Goal.objects.filter(pk=concern.response_key).first()
    if goal is None:
        return []
    try:
        found = screened_or_not(goal.words, language=goal.language).signals
        words = [ConcernWords("A goal, set by a family with their worker", goal.words, found)]
    except CannotOpenWords:
        return NOT_OPENED
    Goal.objects.filter(pk=goal.pk, read_on=None).update(read_on=timezone.localdate())
    return words


def _blockage_of(concern: Concern) -> list[ConcernWords]:
    """What gets in the way, where a worry is about that; nobody has asked who wrote it."""
    named = NamedBlockage.objects.filter(pk=concern.response_key).first()
    if named is None:
        return []
    try:
        found = screened_or_not(named.words, language=named.language, at_work=named.is_about_work).signals
        return [ConcernWords(f"What gets in the way. Who wrote it: {named.get_namer_display()}", named.words, found)]
    except CannotOpenWords:
        return NOT_OPENED


def _talk_of(concern: Concern) -> list[ConcernWords]:
    """What was said in a talk, where a worry is about that; whoever wrote it down was there, and says so if asked."""
    text = TalkText.objects.select_related("talk__recorded_by").filter(pk=concern.response_key).first()
    if text is None:
        return []
    talk = text.talk
    who = talk.recorded_by.get_full_name() or talk.recorded_by.get_username()
    about = f"{talk.get_kind_display()}, {talk.quarter}. {text.get_sort_display()}. Written down by {who}"
    try:
        return [ConcernWords(about, text.words, screened_or_not(text.words, language=talk.language).signals)]
    except CannotOpenWords:
        return NOT_OPENED


def _say_that_it_was_read(response_key: uuid.UUID) -> None:
    """To whoever holds the receipt, and without a name or a day."""
    Response.objects.filter(pk=response_key, is_read=False).update(is_read=True)


def _with_signals(response: Response) -> list[ConcernWords]:
    if not isinstance(response.answers, dict):
        return [ConcernWords("What was asked is not known.", str(response.answers), not_screened("").signals)]
    asked = instrument_of(response.edition_id)
    how = {"language": response.language, "at_work": response.is_about_work}
    words = [
        ConcernWords(asked.item(code).texts["en"], text, screened_or_not(text, **how).signals)
        for code, text in words_of(response).items()
    ]
    drawn = {code: answer for code, answer in response.answers.items() if isinstance(answer, dict)}
    return words + [
        ConcernWords(asked.item(code).texts["en"], "", strokes=as_svg_path(answer[STROKES]))
        for code, answer in drawn.items()
    ]


@transaction.atomic
def close_concern(concern: Concern, *, reason: str, outcome: str = Concern.Outcome.NO_ACTION, by) -> None:
    """Says what was decided and why; the response may be counted from now on."""
    if outcome not in CLOSING:
        raise NotAllowed("Choose what became of it.")
    finding = Finding(outcome, reason)
    _finish(concern, Concern.Status.CLOSED, "safeguarding.close_concern", finding, by=by)


@transaction.atomic
def refer_concern(concern: Concern, *, reason: str, place: str, on: date, by) -> None:
    """Says to whom it was handed, and on which day; the response may be counted from now on."""
    finding = Finding(Concern.Outcome.REFERRAL, reason, place, on)
    _finish(concern, Concern.Status.REFERRED, "safeguarding.refer_concern", finding, by=by)


def _finish(concern: Concern, status: str, action: str, finding: Finding, *, by) -> None:
    check_may_act(by, concern)
    lock_concern(concern)
    check_nobody_else_has_it(concern, by)
    said = checked(finding, concern, today=timezone.localdate())
    concern.asked = None
    move_concern(concern, status, by=by, **said)
    held = Response.objects.filter(pk=concern.response_key, status=Response.Status.HELD)
    held.update(status=Response.Status.CLEARED)
    log(concern, action, user=by)


@transaction.atomic
def read_text(response_key: uuid.UUID, *, by) -> list[ConcernWords]:
    """Shows a lead what one respondent wrote or drew, and says in the log that they looked."""
    response = Response.objects.filter(pk=response_key).select_related("area").first()
    if response is None:
        return []
    check_may_read(response, by)
    log(response.area, "safeguarding.read_text", user=by)
    return _with_signals(response) if opens(response) else NOT_OPENED


def _raise_as_read(response: Response, *, by) -> None:
    """Makes a concern of what a person found worrying, also if somebody found nothing in it before."""
    concern, is_new = Concern.objects.get_or_create(
        response_key=response.pk,
        defaults={
            "area": response.area,
            "severity": Severity.SOON,
            "rules": ["read-by-a-person"],
            "raised_on": timezone.localdate(),
        },
    )
    if not is_new and concern.status in (Concern.Status.REFERRED, Concern.Status.CLOSED):
        # What worries was written after somebody had finished with what was there before.
        concern.raised_on, is_new = timezone.localdate(), True
        move_concern(concern, Concern.Status.RAISED, by=by)
    if is_new:
        move_concern(concern, Concern.Status.SEEN, by=by)


@transaction.atomic
def finish_reading(response_key: uuid.UUID, *, is_worrying: bool, by) -> bool:
    """Says that a text was read; a worry that screening did not see becomes a concern, which this person has seen.

    False where the respondent took it back in the meantime.
    """
    response = Response.objects.select_for_update(of=("self",)).select_related("area").filter(pk=response_key).first()
    if response is None:
        return False
    check_may_read(response, by)
    today = timezone.localdate()
    Reading.objects.get_or_create(response_key=response_key, defaults={"by": by, "on": today})
    if opens(response):
        _say_that_it_was_read(response_key)
    if is_worrying:
        _raise_as_read(response, by=by)
    log(response.area, "safeguarding.finish_reading", user=by)
    return True


@transaction.atomic
def pass_on(response_key: uuid.UUID, *, rule: str = "read-by-a-moderator", by) -> None:
    """Hands what somebody else found worrying to the leads, who see it as a new worry, also if one was closed before.

    Whoever calls this has checked that this person may read it; what becomes of it they are not told.
    """
    concern, is_new = Concern.objects.select_for_update().get_or_create(
        response_key=response_key,
        defaults={
            "area": Response.objects.select_related("area").get(pk=response_key).area,
            "severity": Severity.SOON,
            "rules": [rule],
            "raised_on": timezone.localdate(),
        },
    )
    if not is_new and concern.status != Concern.Status.RAISED:
        if concern.is_finished:
            concern.holder = None
        concern.raised_on, concern.due_on = timezone.localdate(), None
        move_concern(concern, Concern.Status.RAISED, by=by)
    log(concern, "safeguarding.pass_on", user=by)
