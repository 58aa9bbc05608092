"""What was said in focus groups and interviews: screened like any text, read by a lead, forgotten when it is time."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Collection
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.log_actions import log

from feedback.privacy.failures import Failed, note_failure
from feedback.safeguarding.concern_steps import lock_concern, move_concern
from feedback.safeguarding.forgetting import FINISHED, forget_what_was_noted
from feedback.safeguarding.models import Concern
from feedback.safeguarding.reading import READ_TEXTS
from feedback.safeguarding.screening import Screening, Severity, Signal, not_screened, screen, screened_or_not
from feedback.safeguarding.talks import TalkWords
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed
from surveys.responses.sealed import CannotOpenWords
from surveys.responses.talks import Talk, TalkText, TalkTextQuerySet

logger = logging.getLogger(__name__)
KEPT_DAYS, AT_MOST_DAYS = 28, 365
CANNOT_BE_OPENED = "What was written here cannot be opened. Tell an administrator today; nobody has read it."
GONE = "This talk is not there any more: somebody who was there had it erased, or the days for it are over."


def screen_talks(*, by=None) -> int:
    """Looks at all that screening has not seen; the sweep has no person behind it. How many texts raised a worry."""
    failed, raised = set(), 0
    for key in Talk.objects.awaiting_screening().order_by("pk").values_list("pk", flat=True):
        try:
            raised += _screen(key)
        except Exception as problem:
            # One that cannot be screened must not keep the others from being seen; a person reads it anyway.
            failed.add(type(problem).__name__)
    if failed:
        logger.error("A talk could not be screened (%s). Tell the makers.", ", ".join(sorted(failed)))
        note_failure(Failed.SCREENING)
    return raised


@transaction.atomic
def _screen(key: uuid.UUID) -> int:
    waiting = Talk.objects.select_for_update(skip_locked=True, of=("self",))
    talk = waiting.filter(pk=key, is_screened=False).first()
    if talk is None:
        return 0
    found = [(text, _signals(text, talk.language)) for text in TalkText.objects.filter(talk=talk)]
    worrying = [(text, signals) for text, signals in found if signals]
    for text, signals in worrying:
        rules = sorted({signal.rule for signal in signals})
        _raise(text, Screening(signals).severity or Severity.SOON, rules, area=talk.area_id)
    Talk.objects.filter(pk=key).update(is_screened=True)
    return len(worrying)


def _signals(text: TalkText, language: str) -> tuple[Signal, ...]:
    try:
        return screen(text.words, language=language).signals
    except Exception as problem:
        logger.error("Something said in a talk was not screened (%s): a lead reads it first.", type(problem).__name__)
        return not_screened("").signals


def _raise(text: TalkText, severity: str, rules: list[str], *, area: int) -> Concern:
    found, _ = Concern.objects.get_or_create(
        response_key=text.pk,
        defaults={"area_id": area, "severity": severity, "rules": rules, "raised_on": timezone.localdate()},
    )
    return found


@transaction.atomic
def read_talk(key: uuid.UUID, *, by) -> tuple[Talk, list[TalkWords]]:
    """Shows a lead all that was written down of a talk, and says in the log that they looked."""
    talk = _held(key, by)
    log(talk.place, "safeguarding.read_talk", user=by)
    try:
        return talk, [_shown(text, talk.language) for text in TalkText.objects.filter(talk=talk)]
    except CannotOpenWords as problem:
        raise NotAllowed(CANNOT_BE_OPENED) from problem


def _shown(text: TalkText, language: str) -> TalkWords:
    signals = screened_or_not(text.words, language=language).signals
    return TalkWords(text.pk, text.get_sort_display(), text.get_theme_display(), text.words, signals)


@transaction.atomic
def finish_talk(key: uuid.UUID, *, worrying: Collection[uuid.UUID], by) -> None:
    """Says that a talk was read; what worries becomes a worry of its own, which this person has seen."""
    talk = _held(key, by)
    for text in TalkText.objects.filter(talk=talk, pk__in=list(worrying)):
        concern = _raise(text, Severity.SOON, ["read-by-a-person"], area=talk.area_id)
        if concern.status == Concern.Status.RAISED:
            move_concern(concern, Concern.Status.SEEN, by=by)
    Talk.objects.filter(pk=talk.pk, read_on=None).update(read_on=timezone.localdate())
    log(talk.place, "safeguarding.finish_talk", user=by)


def _held(key: uuid.UUID, by) -> Talk:
    found = Talk.objects.select_for_update(of=("self",)).select_related("area__merged_into")
    talk = found.filter(pk=key, erased_on=None).first()
    if talk is None:
        raise NotAllowed(GONE)
    if not by.has_perm(READ_TEXTS, talk.place):
        raise PermissionDenied("Only a safeguarding lead of this area may do this.")
    return talk


@transaction.atomic
def pass_on_talk(text: TalkText, *, by) -> None:
    """Hands what worries a moderator to the leads; whoever calls this has checked that they may read it."""
    concern = _raise(text, Severity.SOON, ["read-by-a-moderator"], area=text.talk.area_id)
    lock_concern(concern)
    if concern.status != Concern.Status.RAISED:
        if concern.is_finished:
            concern.holder = None
        concern.raised_on, concern.due_on = timezone.localdate(), None
        move_concern(concern, Concern.Status.RAISED, by=by)
    log(concern, "safeguarding.pass_on", user=by)


def _old() -> TalkTextQuerySet:
    today = timezone.localdate()
    decided = Q(decided_on__lte=today - timedelta(days=KEPT_DAYS))
    return TalkText.objects.filter(decided | Q(talk__recorded_on__lte=today - timedelta(days=AT_MOST_DAYS)))


def _still_needed() -> Q:
    return Q(talk__read_on=None) | Q(pk__in=_with_an_open_worry())


def _with_an_open_worry():
    return Concern.objects.exclude(status__in=FINISHED).values("response_key")


@transaction.atomic
def erase_old_talk_texts(*, by=None) -> int:
    """Erases what was decided on four weeks ago, or is a year old; the sweep has no person behind it."""
    return erase_talk_texts(list(_old().exclude(_still_needed()).values_list("pk", flat=True)), by=by)


def check_leads_are_done(talk: Talk, *, by) -> None:
    """Refuses to erase what a lead has not read, or still acts on: whoever wrote it down may be whom it is about."""
    if talk.read_on is None or TalkText.objects.filter(talk=talk, pk__in=_with_an_open_worry()).exists():
        raise NotAllowed("The safeguarding leads are not done with this yet. Erase it once they are.")


@transaction.atomic
def erase_recalled_texts(keys: Collection[uuid.UUID], *, by=None) -> int:
    """Erases what was recalled where it was written down too, but for what leads still act on."""
    done = TalkText.objects.filter(pk__in=keys).exclude(pk__in=_with_an_open_worry())
    return erase_talk_texts(list(done.values_list("pk", flat=True)), by=by)


@transaction.atomic
def erase_talk_texts(keys: Collection[uuid.UUID], *, by=None) -> int:
    """Erases what was said and what leads noted about it; that there was a worry, and who acted when, stays."""
    forget_what_was_noted(keys)
    return TalkText.objects.filter(pk__in=keys).delete()[0]


def talk_texts_left(*, by=None) -> int:
    """How many are kept for longer, because a lead still has to read or to act."""
    return _old().filter(_still_needed()).count()


def erase_area_talks(area: Area, *, by=None) -> None:
    """Erases all talks of a fictional area; `by` is empty at the console."""
    Talk.objects.filter(area=area).delete()
