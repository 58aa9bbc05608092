"""What happens to a response before anybody may count it: screening, and what a lead does with a concern."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from feedback.safeguarding.models import Concern, ConcernState
from feedback.safeguarding.screening import Screening, Severity, Signal, screen
from surveys.design.frozen import instrument_of
from surveys.frame.policies import NotAllowed, check_may_move
from surveys.instrument.items import IN_WORDS
from surveys.responses.models import Response

BATCH = 500


@dataclass(frozen=True)
class Screened:
    """How many responses a sweep looked at, and how many of them a person must look at first."""

    looked_at: int
    held: int


def words_of(response: Response) -> dict[str, str]:
    """What the respondent wrote, by item."""
    asked = instrument_of(response.edition_id).items
    written = {item.code: response.answers.get(item.code) for item in asked if item.kind in IN_WORDS}
    return {code: text for code, text in written.items() if isinstance(text, str)}


def screen_waiting(*, by=None) -> Screened:
    """Looks at every response that screening has not seen; the sweep has no person behind it, so `by` is empty."""
    looked_at = held = 0
    while batch := _screen_batch(by=by):
        looked_at += batch.looked_at
        held += batch.held
    return Screened(looked_at, held)


@transaction.atomic
def _screen_batch(*, by) -> Screened | None:
    waiting = Response.objects.awaiting_screening().select_for_update(skip_locked=True, of=("self",))
    responses = list(waiting.only("id", "edition_id", "area_id", "answers", "language")[:BATCH])
    if not responses:
        return None
    signals = {response.pk: _signals(response) for response in responses}
    worrying = [response for response in responses if signals[response.pk]]
    for response in worrying:
        _raise_concern(response, signals[response.pk], by=by)
    Response.objects.filter(pk__in=[r.pk for r in worrying]).update(status=Response.Status.HELD)
    quiet = [response.pk for response in responses if not signals[response.pk]]
    Response.objects.filter(pk__in=quiet).update(status=Response.Status.CLEARED)
    return Screened(len(responses), len(worrying))


def _signals(response: Response) -> tuple[Signal, ...]:
    texts = words_of(response).values()
    return tuple(signal for text in texts for signal in screen(text, language=response.language).signals)


def _raise_concern(response: Response, signals: tuple[Signal, ...], *, by) -> None:
    worst = Screening(signals).severity or Severity.SOON
    concern = Concern.objects.create(
        response_key=response.pk,
        area_id=response.area_id,
        severity=worst,
        rules=sorted({signal.rule for signal in signals}),
        raised_on=timezone.localdate(),
    )
    log(concern, "safeguarding.raise_concern", user=by)


@dataclass(frozen=True)
class ConcernWords:
    """What a lead reads: the question and the words, as they were written, with what was noticed."""

    question: str
    words: str
    signals: tuple[Signal, ...]


@transaction.atomic
def read_concern(concern: Concern, *, by) -> list[ConcernWords]:
    """Shows a lead what was written, and says in the log that they looked; no other function shows it."""
    _check_permission(by, "safeguarding.read_concern", concern)
    response = Response.objects.get(pk=concern.response_key)
    if concern.status == Concern.Status.RAISED:
        _move(concern, Concern.Status.SEEN, by=by)
    log(concern, "safeguarding.read_concern", user=by)
    asked = instrument_of(response.edition_id)
    return [
        ConcernWords(asked.item(code).texts["en"], text, screen(text, language=response.language).signals)
        for code, text in words_of(response).items()
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
    _move(concern, status, reason=reason.strip(), by=by)
    held = Response.objects.filter(pk=concern.response_key, status=Response.Status.HELD)
    held.update(status=Response.Status.CLEARED)
    log(concern, action, user=by)


def _move(concern: Concern, status: str, *, reason: str = "", by) -> None:
    check_may_move(concern.status, status, Concern.TRANSITIONS)
    concern.status = status
    concern.save()
    ConcernState.objects.create(concern=concern, status=status, by=by, on=timezone.localdate(), reason=reason)


def _check_permission(by, permission: str, concern: Concern) -> None:
    if not by.has_perm(permission, concern):
        raise PermissionDenied("Only a safeguarding lead of this area may do this.")
