"""Erases answers: what is old enough, and what a whole wave or area of a fictional demo holds."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from wagtail import hooks
from wagtail.log_actions import log

from feedback.anonymisation.actions import erase_withdrawn, lock_areas
from feedback.anonymisation.models import CodedResponse, Comment, Linkage, WordProposal
from feedback.anonymisation.moderation_actions import erase_comments, erase_unmoderated
from feedback.safeguarding import forgetting
from surveys.fieldwork.models import Wave
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed
from surveys.responses.actions import take_back_again, withdraw
from surveys.responses.chosen_hearers import ChosenHearers, forget_hearers
from surveys.responses.coded_cards import CodedCard, forget_cards
from surveys.responses.letter_actions import erase_letters_and_replies
from surveys.responses.models import PaperEntry, Response, ResponseQuerySet, Told, Withdrawal

BATCH = 500
# The coded response has the same one: left here, it would join the two without any link.
NO_KEY = 0


def days_kept(area: Area) -> int:
    """For how many days the answers of an area are kept after they came."""
    return area.retention_days


def _old(status: str) -> Iterator[tuple[ResponseQuerySet, date]]:
    """Responses of a status whose days are over, and since when; the areas that keep them equally long together."""
    areas: dict[int, list[int]] = {}
    for area in Area.objects.all():
        areas.setdefault(days_kept(area), []).append(area.pk)
    for days, ids in areas.items():
        before = timezone.localdate() - timedelta(days=days)
        yield Response.objects.filter(status=status, area__in=ids, received_on__lte=before), before


def erase_old_answers(*, by=None) -> int:
    """Erases the answers and words of coded responses whose days are over; the sweep has no person behind it.

    The row stays without them: its receipt still takes back what is counted, and a late delivery is not stored again.
    """
    # Emptied by a version that left the key.
    Response.objects.filter(status=Response.Status.ERASED).exclude(record_key=NO_KEY).update(record_key=NO_KEY)
    return sum(_erase(forgetting.settled(old, before=before)) for old, before in _old(Response.Status.CODED))


def erase_left_out(*, by=None) -> int:
    """The same of those that were put aside and that two people left out of every figure."""
    return sum(_erase(forgetting.settled(old, before=before)) for old, before in _old(Response.Status.LEFT_OUT))


def _erase(responses: ResponseQuerySet) -> int:
    erased, after = 0, None
    while True:
        waiting = responses.filter(pk__gt=after) if after else responses
        keys = list(waiting.order_by("pk").values_list("pk", flat=True)[:BATCH])
        if not keys:
            return erased
        erased, after = erased + _erase_batch(keys), keys[-1]


@transaction.atomic
def _erase_batch(keys: list[uuid.UUID]) -> int:
    """Those that are still done with: another may have been taken back, or put aside, meanwhile."""
    locked = Response.objects.done_with().select_for_update(of=("self",)).filter(pk__in=keys)
    erase_unmoderated(list(locked.values_list("pk", flat=True)))
    forget_cards(list(locked.values_list("pk", flat=True)))
    forget_hearers(list(locked.values_list("pk", flat=True)))
    gone = {"answers": {}, "told": Told.NOT_SAID, "record_key": NO_KEY, "came_openly": False}
    return locked.update(**gone, status=Response.Status.ERASED)


def old_but_unread() -> int:
    """How many responses are kept for longer, because nobody has read what was written in them."""
    done_with = (Response.Status.CODED, Response.Status.LEFT_OUT)
    return sum(forgetting.unread_among(old).count() for status in done_with for old, _ in _old(status))


def old_but_undecided() -> int:
    """How many responses are kept for longer, because nobody has decided whether they count."""
    return sum(old.count() for old, _ in _old(Response.Status.ASIDE))


@transaction.atomic
def erase_by_receipt(receipt: str, *, wave: Wave, by=None) -> bool:
    """Takes answers back for whoever holds the five words, with all that was made of them; False if there are none.

    `by` is empty when the console is used, which only an administrator of the machine can.
    """
    if not withdraw(receipt, wave=wave):
        return False
    erase_withdrawn(by=by)
    log(wave, "privacy.erase", user=by, data={"what": "one response"})
    return True


def erase_again(digests: Collection[str], *, by=None) -> int:
    """Takes back what came back with a backup, with all that was made of it; nobody is behind it, so `by` is empty."""
    back = take_back_again({bytes.fromhex(one) for one in digests})
    erase_withdrawn(by=by)
    return back


def _check_is_fictional(area: Area | None) -> None:
    if area is None or not area.is_fictional:
        raise NotAllowed(
            "Only what is of a fictional area can be erased as a whole. Of real children, the retention sweep erases "
            "what is old, and whoever holds a receipt takes back their own."
        )


@transaction.atomic
def erase_wave(wave: Wave, *, by=None) -> int:
    """Erases everything that was answered in a wave of a fictional area; `by` is empty at the console."""
    _check_is_fictional(wave.area)
    erased = _erase_responses(list(Response.objects.filter(wave=wave).values_list("pk", flat=True)))
    PaperEntry.objects.filter(wave=wave).delete()
    for forget in hooks.get_hooks("answers_erased"):
        forget(wave.area_id)
    log(wave, "privacy.erase", user=by, data={"what": "a wave", "responses": erased})
    return erased


@transaction.atomic
def erase_area(area: Area, *, by=None) -> int:
    """Erases everything that anybody answered or asked in a fictional area; `by` is empty at the console.

    The surveys, the waves and what was published stay.
    """
    _check_is_fictional(area)
    lock_areas({area.pk})
    erased = _erase_responses(list(Response.objects.filter(area=area).values_list("pk", flat=True)))
    PaperEntry.objects.filter(wave__area=area).delete()
    CodedResponse.objects.filter(area=area).delete()
    Comment.objects.filter(area=area).delete()
    WordProposal.objects.filter(area=area).delete()
    # What was quoted of them goes with the area below.
    forgetting.erase_area(area, by=by)
    for erase in hooks.get_hooks("erase_area"):
        erase(area)
    log(area, "privacy.erase", user=by, data={"what": "an area", "responses": erased})
    return erased


def _erase_responses(keys: list[uuid.UUID]) -> int:
    for start in range(0, len(keys), BATCH):
        some = keys[start : start + BATCH]
        forgetting.erase_all_about(some)
        erase_comments(some)
        CodedResponse.objects.filter(linkage__response_key__in=some).delete()
        Linkage.objects.filter(response_key__in=some).delete()
        erase_letters_and_replies(some)
        CodedCard.objects.filter(response_key__in=some).delete()
        ChosenHearers.objects.filter(response_key__in=some).delete()
        Withdrawal.objects.filter(response_key__in=some).delete()
        Response.objects.filter(pk__in=some).delete()
    return len(keys)
