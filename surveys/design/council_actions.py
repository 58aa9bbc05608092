"""What administrators decide about care councils: which there are in their area, and what they are called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from surveys.design.models import CareCouncil
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed, check_is_an_area_still

# A council for the youngest, one for care leavers, one for those who live far away: more than an area has had.
MOST_COUNCILS = 6
NOT_THERE = "One of these care councils is not there any more. Look at the page again."


@dataclass(frozen=True)
class CouncilSaid:
    """What an administrator wrote about one care council; without a number it is a new one, without a name none."""

    number: int | None
    name: str
    about: str


@transaction.atomic
def set_councils(area: Area, said: Iterable[CouncilSaid], *, by) -> None:
    """Adds, renames and takes out care councils of an area; those that are not mentioned stay as they are.

    Raises NotAllowed for one that owns surveys and would go, for one of another area, and for more than MOST_COUNCILS.
    """
    if not by.has_perm("frame.write", area):
        raise PermissionDenied("Only an administrator of this area may do this.")
    check_is_an_area_still(area)
    Area.objects.select_for_update().get(pk=area.pk)
    for one in said:
        _set(area, one)
    if area.care_councils.count() > MOST_COUNCILS:
        raise NotAllowed(f"An area has {MOST_COUNCILS} care councils at most.")
    log(area, "design.set_councils", user=by, data={"councils": [council.name for council in area.care_councils.all()]})


def _set(area: Area, said: CouncilSaid) -> None:
    council = CareCouncil(area=area) if said.number is None else _known(area, said.number)
    if not said.name:
        _take_out(council)
        return
    council.name, council.about = said.name, said.about
    council.full_clean()
    if area.care_councils.filter(name__iexact=said.name).exclude(pk=council.pk).exists():
        raise NotAllowed(f"There is a care council called {said.name} already.")
    council.save()


def _known(area: Area, number: int) -> CareCouncil:
    council = area.care_councils.filter(pk=number).first()
    if council is None:
        raise NotAllowed(NOT_THERE)
    return council


def _take_out(council: CareCouncil) -> None:
    if council.pk is None:
        return
    if council.surveys.exists():
        raise NotAllowed(f"{council.name} stays, because surveys are its own. Give it another name instead.")
    council.delete()
