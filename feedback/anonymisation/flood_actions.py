"""What people decide about a day on which more answers came openly than is plausible.

An officer puts the answers of the day aside, and a second person says whether they count. Until a quarter is closed:
what is counted in a closed one stays counted, because taking it out would show it.
"""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from wagtail import hooks
from wagtail.log_actions import log

from feedback.anonymisation.actions import lock_areas
from feedback.anonymisation.flood_policies import (
    check_is_not_counted_for_good,
    check_may_decide,
    check_why,
)
from feedback.anonymisation.floods import DECIDE_ASIDE, PUT_ASIDE, Flood, FloodStep
from feedback.anonymisation.merged_areas import counted_in, merged_areas
from feedback.anonymisation.models import CodedResponse
from feedback.anonymisation.moderation_actions import erase_comments
from feedback.anonymisation.turnout_actions import count_anew
from surveys.frame.policies import check_may_move
from surveys.responses.models import Response, ResponseQuerySet


@transaction.atomic
def find_plausible(flood: Flood, *, because: str, by) -> None:
    """Says that so many may well have answered; they are counted, as they were all along."""
    _begin(flood, Flood.Status.PLAUSIBLE, PUT_ASIDE, because, by=by)
    flood.plausible_at = flood.at_least
    _finish(flood, Flood.Status.PLAUSIBLE, because, by=by)


@transaction.atomic
def put_aside(flood: Flood, *, because: str, by) -> int:
    """Takes the open answers of a day out of everything that is counted or quoted; says how many. None is lost.

    They are screened and read as before. What a moderator decided about their words is decided anew if they count.
    """
    # First the answers, then the area: in this order the sweep takes them too.
    _check_permission(by, PUT_ASIDE, flood)
    list(_answers(flood).order_by("pk").select_for_update(of=("self",)).values_list("pk"))
    area_id = _lock_where_counted(flood)
    _begin(flood, Flood.Status.ASIDE, PUT_ASIDE, because, by=by)
    check_is_not_counted_for_good(flood, _answers(flood), area_id)
    keys = _take_out(flood)
    flood.put_aside_by = by
    _finish(flood, Flood.Status.ASIDE, because, by=by)
    return len(keys)


def _take_out(flood: Flood) -> list[uuid.UUID]:
    """What the sweep holds at this moment it puts aside itself, as soon as it has the lock of the area."""
    found = _answers(flood).filter(status__in=(Response.Status.CLEARED, Response.Status.CODED))
    keys = list(found.select_for_update(of=("self",), skip_locked=True).order_by("pk").values_list("pk", flat=True))
    coded = CodedResponse.objects.filter(linkage__response_key__in=keys)
    areas = set(coded.order_by().values_list("area_id", flat=True))
    coded.delete()
    erase_comments(keys)
    # Rooms above this one forget what they keep of these answers, in the same transaction.
    for forget in hooks.get_hooks("answers_erased"):
        for area_id in areas:
            forget(area_id)
    taken = Response.objects.filter(pk__in=keys)
    taken.update(status=Response.Status.ASIDE)
    count_anew(flood.wave, without=taken)
    return keys


@transaction.atomic
def count_after_all(flood: Flood, *, because: str, by) -> None:
    """Lets what was put aside be counted, as what comes late is: in its quarter, or the first that is open."""
    _decide(flood, Flood.Status.COUNTED, Response.Status.CLEARED, because, by=by)


@transaction.atomic
def leave_out(flood: Flood, *, because: str, by) -> None:
    """Leaves what was put aside out of every figure for good; it is kept and read as long as any other."""
    _decide(flood, Flood.Status.LEFT_OUT, Response.Status.LEFT_OUT, because, by=by)


def _decide(flood: Flood, status: str, becomes: str, because: str, *, by) -> None:
    _check_permission(by, DECIDE_ASIDE, flood)
    _lock_where_counted(flood)
    _begin(flood, status, DECIDE_ASIDE, because, by=by)
    check_may_decide(flood, by=by)
    _answers(flood).filter(status=Response.Status.ASIDE).update(status=becomes)
    if status == Flood.Status.COUNTED:
        count_anew(flood.wave, without=Response.objects.none())
    _finish(flood, status, because, by=by)


def _answers(flood: Flood) -> ResponseQuerySet:
    return Response.objects.that_came_openly(flood.wave, flood.day)


def _lock_where_counted(flood: Flood) -> int | None:
    """Until the transaction ends, nothing is put into a quarter where the answers of this wave are counted."""
    areas = set(_answers(flood).order_by().values_list("area_id", flat=True).distinct())
    areas |= {flood.wave.area_id} if flood.wave.area_id else set()
    merged = merged_areas()
    lock_areas(areas | {counted_in(pk, merged) for pk in areas})
    return counted_in(flood.wave.area_id, merged) if flood.wave.area_id else None


def _check_permission(by, permission: str, flood: Flood) -> None:
    if not by.has_perm(permission, flood.wave):
        raise PermissionDenied("You have no role in this area that lets you do this.")


def _begin(flood: Flood, status: str, permission: str, because: str, *, by) -> None:
    _check_permission(by, permission, flood)
    # Two people may decide at the same moment; the second must see what the first decided.
    flood.refresh_from_db(from_queryset=Flood.objects.select_for_update(of=("self",)).select_related("wave__area"))
    check_may_move(flood.status, status, Flood.TRANSITIONS)
    check_why(because)


def _finish(flood: Flood, status: str, because: str, *, by) -> None:
    flood.status = status
    flood.save()
    last = flood.steps.aggregate(last=Max("number"))["last"] or 0
    FloodStep.objects.create(
        flood=flood, number=last + 1, status=status, by=by, on=timezone.localdate(), reason=because.strip()
    )
    wave = flood.wave
    log(wave, "anonymisation.decide_flood", user=by, data={"day": str(flood.day), "decided": status})
