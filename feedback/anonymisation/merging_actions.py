"""An area becomes part of another: what was published stays where it is, and what is still open goes along."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from feedback.anonymisation.actions import erase_withdrawn, lock_areas
from feedback.anonymisation.carried import carry_words
from feedback.anonymisation.flood_policies import check_nothing_is_undecided
from feedback.anonymisation.merged_areas import carried_code
from feedback.anonymisation.models import ClosedQuarter, CodedResponse
from feedback.anonymisation.rules_of_an_area import rules_of
from feedback.disclosure.blocks import Quarter
from feedback.disclosure.rules import OF_AN_AREA
from surveys.fieldwork.models import Wave
from surveys.frame.models import Area, Service
from surveys.frame.policies import NotAllowed


@transaction.atomic
def merge_areas(old: Area, into: Area, *, by) -> None:
    """Makes an area part of another, for good.

    Answers that are in no published block yet join the open window of the other area, as late answers do. What is in a
    block, of the area or of all areas together, stays in it: it would otherwise be in one more. What somebody has to
    read, answer or find again goes along: texts, worries, conversations, families’ cards with goals, and licences.
    """
    if not by.holds_everywhere("frame.write"):
        raise PermissionDenied("Only an administrator of all areas may do this.")
    lock_areas({old.pk, into.pk})
    for area in (old, into):
        area.refresh_from_db()
    _check_may_merge(old, into)
    erase_withdrawn(area=old, by=by)
    codes = _carry_services(old, into)
    _carry_answers(old, into, codes)
    carry_words(old, into)
    old.merged_into, old.merged_on = into, timezone.localdate()
    old.save(update_fields=["merged_into", "merged_on"])
    log(old, "anonymisation.merge_areas", user=by, data={"into": into.code})


def _check_may_merge(old: Area, into: Area) -> None:
    if old.pk == into.pk:
        raise NotAllowed("An area cannot become part of itself.")
    for area in (old, into):
        if area.merged_into:
            raise NotAllowed(f"{area.name} is part of {area.merged_into.name} already.")
    if old.is_fictional != into.is_fictional:
        raise NotAllowed("One of them is invented and the other is not, so their answers must not be counted together.")
    if wave := Wave.objects.filter(area=old).exclude(status=Wave.Status.CLOSED).first():
        raise NotAllowed(f"“{wave.name}” is not closed in {old.name} yet. Close it first; what comes late goes along.")
    check_nothing_is_undecided(old)
    _check_as_strict(old, into)


def _check_as_strict(old: Area, into: Area) -> None:
    """What people were told when they answered holds for their answers: from how many on they are shown."""
    quarter = Quarter.of(timezone.localdate())
    own, theirs = rules_of(old, quarter), rules_of(into, quarter)
    if any(getattr(theirs, name) < getattr(own, name) for name in OF_AN_AREA):
        raise NotAllowed(
            f"{old.name} shows figures from more people on than {into.name} does. Let {into.name} choose the same for "
            "the next year that is free, and merge them then."
        )
    if into.retention_days > old.retention_days:
        raise NotAllowed(
            f"{old.name} said that words are erased after {old.retention_days} days, and {into.name} keeps them for "
            f"{into.retention_days}. Let {into.name} choose as few first, under Area."
        )


def _carry_services(old: Area, into: Area) -> dict[str, str]:
    """Makes the services known in the other area, so that they are listed whether anybody answers or not."""
    there = dict(Service.objects.filter(area=into).values_list("code", "name"))
    codes = {}
    for service in Service.objects.filter(area=old):
        is_another = there.get(service.code, service.name) != service.name
        code = codes[service.code] = carried_code(old, service.code) if is_another else service.code
        if code not in there:
            Service.objects.create(area=into, code=code, name=service.name)
    return codes


def _carry_answers(old: Area, into: Area, codes: dict[str, str]) -> None:
    closed = ClosedQuarter.objects.filter(area=into).order_by("-quarter").values_list("quarter", flat=True).first()
    moving = CodedResponse.objects.from_surveys().filter(area=old, is_in_block=False)
    for code, carried in codes.items():
        moving.filter(service=code).update(service=carried)
    if closed:
        moving.filter(quarter__lte=closed).update(quarter=str(Quarter.parse(closed).next()))
    moving.update(area=into)
