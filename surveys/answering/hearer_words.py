"""How those whom a child can choose are called on the phone, and what a receipt says of who has heard."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.fieldwork.hearers import Hearer
from surveys.instrument.hearers import HEARERS
from surveys.responses.chosen_hearers import ChosenHearers
from surveys.responses.sealed import CannotOpenWords

CALLED: dict[str, str | Promise] = {
    "social_worker": gettext_lazy("My social worker"),
    "reviewing_officer": gettext_lazy("My reviewing officer (IRO)"),
    "advocate": gettext_lazy("My advocate"),
    "fosterers_worker": gettext_lazy("My foster carer’s worker"),
    "home_manager": gettext_lazy("The person who runs my home"),
    "personal_adviser": gettext_lazy("My personal adviser"),
    "youth_worker": gettext_lazy("My youth worker"),
}


@dataclass(frozen=True)
class Heard:
    """One of those who were chosen: who they are to the child, and a sentence on whether they have read it."""

    who: str
    sentence: str
    person_id: int
    can_hear: bool
    has_read: bool


def heard_by(kept: ChosenHearers | None) -> tuple[Heard, ...] | None:
    """Of each who was chosen, or has heard it, what the receipt says; nothing where no choice is kept or it is shut."""
    try:
        keys = {*kept.chosen, *map(int, kept.heard)} if kept else None
    except CannotOpenWords:
        return None
    if keys is None:
        return None
    named = Hearer.objects.filter(pk__in=keys).select_related("person", "wave")
    places = list(HEARERS)
    found = sorted(named, key=lambda one: (places.index(one.category), one.number))
    return tuple(
        Heard(
            str(CALLED[one.category]),
            _said(kept, one),
            one.person_id,
            one.can_hear,
            has_read=bool(kept.heard_on(one.pk)),
        )
        for one in found
    )


def _said(kept: ChosenHearers, one: Hearer) -> str:
    day = kept.heard_on(one.pk)
    if day and not kept.was_in_place(one.pk):
        return _("Read it on %(day)s.") % {"day": date_format(day, "j F Y")}
    if day:
        return _("Could not read it. Someone who keeps children safe did, on %(day)s.") % {
            "day": date_format(day, "j F Y")
        }
    if one.can_hear:
        return _("Has not read it yet.")
    return _("Cannot read it any more. People who keep children safe read it instead.")
