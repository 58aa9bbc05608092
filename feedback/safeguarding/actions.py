"""What happens to a response before anybody may count it: screening, and what a lead does with a concern."""

from __future__ import annotations

import logging
import uuid
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from feedback.safeguarding.models import Concern, ConcernState, Reading
from feedback.safeguarding.reading import check_may_read
from feedback.safeguarding.screening import Screening, Severity, Signal, screen
from surveys.design.frozen import instrument_of
from surveys.frame.policies import NotAllowed, check_may_move
from surveys.instrument.drawing import as_svg_path
from surveys.instrument.items import IN_WORDS, STROKES
from surveys.responses.models import Response

BATCH = 500
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
    failed: list[str] = field(default_factory=list)


def words_of(response: Response) -> dict[str, str]:
    """What the respondent wrote, by item."""
    asked = instrument_of(response.edition_id).items
    written = {item.code: response.answers.get(item.code) for item in asked if item.kind in IN_WORDS}
    return {code: text for code, text in written.items() if isinstance(text, str)}


def screen_waiting(*, by=None) -> Screened:
    """Looks at every response that screening has not seen; the sweep has no person behind it, so `by` is empty."""
    sweep = _Sweep()
    while _screen_batch(sweep):
        pass
    if sweep.failed:
        kinds = ", ".join(sorted(set(sweep.failed)))
        logger.error(
            "%d responses could not be screened (%s), so nobody has seen them. Tell the makers of the software.",
            len(sweep.failed),
            kinds,
        )
    return Screened(sweep.looked_at, sweep.held)


@transaction.atomic
def _screen_batch(sweep: _Sweep) -> bool:
    responses = _next(sweep.after)
    held, cleared = [], []
    for response in responses:
        try:
            (held if _needs_a_person(response) else cleared).append(response.pk)
        except Exception as problem:
            # One that cannot be screened must not keep the others from being seen.
            sweep.failed.append(type(problem).__name__)
    Response.objects.filter(pk__in=held).update(status=Response.Status.HELD)
    Response.objects.filter(pk__in=cleared).update(status=Response.Status.CLEARED)
    sweep.held += len(held)
    sweep.looked_at += len(held) + len(cleared)
    sweep.after = responses[-1].pk if responses else sweep.after
    return bool(responses)


def _next(after: uuid.UUID | None) -> list[Response]:
    """The next that wait, in the order of their random ids, so that one that fails is met once in a sweep."""
    waiting = Response.objects.awaiting_screening().select_for_update(skip_locked=True, of=("self",)).order_by("pk")
    waiting = waiting.only("id", "edition_id", "area_id", "answers", "language")
    return list((waiting.filter(pk__gt=after) if after else waiting)[:BATCH])


def _needs_a_person(response: Response) -> bool:
    signals = _signals(response)
    if signals:
        with transaction.atomic():
            _raise_concern(response, signals)
    return bool(signals)


def _signals(response: Response) -> tuple[Signal, ...]:
    texts = words_of(response).values()
    return tuple(signal for text in texts for signal in screen(text, language=response.language).signals)


def _raise_concern(response: Response, signals: tuple[Signal, ...]) -> None:
    """Raises what was noticed, again if the same response came before; no log, whose clock would be the child's."""
    Concern.objects.update_or_create(
        response_key=response.pk,
        defaults={
            "area_id": response.area_id,
            "severity": Screening(signals).severity or Severity.SOON,
            "rules": sorted({signal.rule for signal in signals}),
            "status": Concern.Status.RAISED,
            "raised_on": timezone.localdate(),
        },
    )


def raise_again(response: Response, signals: tuple[Signal, ...], *, by=None) -> None:
    """Raises what was noticed in what somebody wrote later, with what was noticed before: nothing gets less urgent.

    The sweep has no person behind it, so `by` is empty.
    """
    _raise_concern(response, (*_signals(response), *signals))


@dataclass(frozen=True)
class ConcernWords:
    """What a lead reads: the question and the words, as they were written, with what was noticed."""

    question: str
    words: str
    signals: tuple[Signal, ...] = ()
    strokes: str = ""


@transaction.atomic
def read_concern(concern: Concern, *, by) -> list[ConcernWords]:
    """Shows a lead what was written, and says in the log that they looked; no other function shows it.

    Nothing is left to show where the respondent took it back.
    """
    _check_permission(by, "safeguarding.read_concern", concern)
    _lock(concern)
    response = Response.objects.filter(pk=concern.response_key).first()
    if concern.status == Concern.Status.RAISED:
        _move(concern, Concern.Status.SEEN, by=by)
    log(concern, "safeguarding.read_concern", user=by)
    if response is None:
        return []
    _say_that_it_was_read(response.pk)
    return _with_signals(response)


def _say_that_it_was_read(response_key: uuid.UUID) -> None:
    """To whoever holds the receipt, and without a name or a day."""
    Response.objects.filter(pk=response_key, is_read=False).update(is_read=True)


def _with_signals(response: Response) -> list[ConcernWords]:
    asked = instrument_of(response.edition_id)
    words = [
        ConcernWords(asked.item(code).texts["en"], text, screen(text, language=response.language).signals)
        for code, text in words_of(response).items()
    ]
    drawn = {code: answer for code, answer in response.answers.items() if isinstance(answer, dict)}
    return words + [
        ConcernWords(asked.item(code).texts["en"], "", strokes=as_svg_path(answer[STROKES]))
        for code, answer in drawn.items()
    ]


@transaction.atomic
def close_concern(concern: Concern, *, reason: str, by) -> None:
    """Says what was decided and why; the response may be counted from now on."""
    _finish(concern, Concern.Status.CLOSED, "safeguarding.close_concern", reason=reason, by=by)


@transaction.atomic
def refer_concern(concern: Concern, *, reason: str, by) -> None:
    """Says to whom it was handed; the response may be counted from now on."""
    _finish(concern, Concern.Status.REFERRED, "safeguarding.refer_concern", reason=reason, by=by)


def _finish(concern: Concern, status: str, action: str, *, reason: str, by) -> None:
    _check_permission(by, "safeguarding.close_concern", concern)
    if not reason.strip():
        raise NotAllowed("Say in a sentence what was decided and why.")
    _lock(concern)
    _move(concern, status, reason=reason.strip(), by=by)
    held = Response.objects.filter(pk=concern.response_key, status=Response.Status.HELD)
    held.update(status=Response.Status.CLEARED)
    log(concern, action, user=by)


def _lock(concern: Concern) -> None:
    """Two people may act at the same moment; the second sees what the first did."""
    concern.refresh_from_db(from_queryset=Concern.objects.select_for_update())


def _move(concern: Concern, status: str, *, reason: str = "", by) -> None:
    check_may_move(concern.status, status, Concern.TRANSITIONS)
    concern.status = status
    concern.save()
    ConcernState.objects.create(concern=concern, status=status, by=by, on=timezone.localdate(), reason=reason)


def _check_permission(by, permission: str, concern: Concern) -> None:
    if not by.has_perm(permission, concern):
        raise PermissionDenied("Only a safeguarding lead of this area may do this.")


@transaction.atomic
def read_text(response_key: uuid.UUID, *, by) -> list[ConcernWords]:
    """Shows a lead what one respondent wrote or drew, and says in the log that they looked."""
    response = Response.objects.filter(pk=response_key).select_related("area").first()
    if response is None:
        return []
    check_may_read(response, by)
    log(response.area, "safeguarding.read_text", user=by)
    return _with_signals(response)


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
        _move(concern, Concern.Status.RAISED, by=by)
    if is_new:
        _move(concern, Concern.Status.SEEN, by=by)


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
    _say_that_it_was_read(response_key)
    if is_worrying:
        _raise_as_read(response, by=by)
    log(response.area, "safeguarding.finish_reading", user=by)
    return True


@transaction.atomic
def pass_on(response_key: uuid.UUID, *, by) -> None:
    """Hands what a moderator found worrying to the leads, who see it as a new worry, also if one was closed before.

    Whoever calls this has checked that this person may read it; what becomes of it they are not told.
    """
    concern, is_new = Concern.objects.select_for_update().get_or_create(
        response_key=response_key,
        defaults={
            "area": Response.objects.select_related("area").get(pk=response_key).area,
            "severity": Severity.SOON,
            "rules": ["read-by-a-moderator"],
            "raised_on": timezone.localdate(),
        },
    )
    if not is_new and concern.status != Concern.Status.RAISED:
        concern.raised_on = timezone.localdate()
        _move(concern, Concern.Status.RAISED, by=by)
    log(concern, "safeguarding.pass_on", user=by)
