"""Whom a child chose to be heard by: what waits for each of them, and what nobody whom they chose can hear any more."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from feedback.accounts.models import RoleHeld, User
from feedback.accounts.roles import roles_with
from feedback.safeguarding.reading import READ_TEXTS
from surveys.fieldwork.hearers import HEAR, Hearer
from surveys.fieldwork.models import Wave
from surveys.frame.models import Area
from surveys.responses.chosen_hearers import ChosenHearers, chosen_among
from surveys.responses.models import Response, ResponseQuerySet
from surveys.responses.sealed import CannotOpenWords


@dataclass(frozen=True)
class Hearing:
    """One conversation, to somebody who was chosen to hear it; without a word of it."""

    response_key: uuid.UUID
    hearer: Hearer
    came_on: date
    heard_on: date | None = None


@dataclass(frozen=True)
class Choice:
    """Whom a child chose, for the lead who reads it: to be told to nobody else. Nothing where it does not open."""

    hearers: tuple[Hearer, ...] | None


def choice_of(response_key: uuid.UUID, by) -> Choice | None:
    """Whom a child chose to be heard by; None where the promise lets nobody choose, or this person is no lead there.

    Whoever shows it has logged that they look at what was said.
    """
    kept = ChosenHearers.objects.of(response_key).select_related("wave__area").first()
    if kept is None or not by.has_perm(READ_TEXTS, kept.wave):
        return None
    try:
        return Choice(tuple(Hearer.objects.filter(pk__in=kept.chosen).select_related("person")))
    except CannotOpenWords:
        return Choice(None)


def who_may_be_named(area: Area) -> list[User]:
    """Those whom the children of an area can be heard by today."""
    today = timezone.localdate()
    held = RoleHeld.objects.filter(
        Q(area=area) | Q(area=None), Q(until=None) | Q(until__gte=today), role__in=roles_with(HEAR), since__lte=today
    )
    return list(User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("username"))


def hearings_for(by) -> list[Hearing]:
    """What children said who chose this person while they were named: what they have not heard first, then the latest.

    What screening has not seen yet is not there, nor what is erased.
    """
    mine = [one for one in _named_for(Hearer.objects.filter(person=by)) if one.can_hear]
    return sorted(
        _hearings(mine), key=lambda one: (one.heard_on is not None, -one.came_on.toordinal(), one.response_key)
    )


def hearing_of(response_key: uuid.UUID, by) -> Hearing | None:
    """One of these; nothing where this person was not chosen, may not hear it any more, or it is not there."""
    kept = ChosenHearers.objects.of(response_key).values_list("wave_id", flat=True).first()
    mine = [one for one in _named_for(Hearer.objects.filter(person=by, wave=kept)) if one.can_hear]
    return next(iter(_hearings(mine, only=response_key)), None)


def left_unheard(by) -> list[Hearing]:
    """What in a lead's areas nobody has heard whom the child chose, and one of them cannot any more; the oldest first.

    It stays until a lead says that they have heard it in that person's place.
    """
    areas = by.areas_held(READ_TEXTS)
    gone = [
        one
        for one in _named_for(Hearer.objects.filter(Q(wave__area__in=areas) | Q(wave__area__merged_into__in=areas)))
        if not one.can_hear
    ]
    unheard = [one for one in _hearings(gone) if one.heard_on is None]
    return sorted(unheard, key=lambda one: (one.came_on, one.response_key, one.hearer.pk))


def _named_for(named) -> list[Hearer]:
    return list(named.select_related("person", "wave__area"))


def _hearings(hearers: Iterable[Hearer], *, only: uuid.UUID | None = None) -> list[Hearing]:
    named = {one.pk: one for one in hearers}
    found = chosen_among(named, waves={one.wave_id for one in named.values()})
    keys = [key for key in found if only is None or key == only]
    there = dict(heard_responses().filter(pk__in=keys).values_list("pk", "received_on"))
    return [
        Hearing(key, named[hearer], there[key], found[key].heard_on(hearer))
        for key in there
        for hearer in found[key].chosen
        if hearer in named
    ]


def heard_responses() -> ResponseQuerySet:
    """Those that can be heard: past screening, and not erased."""
    return Response.objects.exclude(status__in=[Response.Status.RECEIVED, Response.Status.ERASED])


def waves_to_hear(by) -> list[Wave]:
    """The waves in which this person can be chosen today."""
    named = _named_for(Hearer.objects.filter(person=by).named_now())
    return [one.wave for one in named if one.can_hear]
