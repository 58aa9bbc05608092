"""What people do with inspections: let an inspector in, end it, draw the sample, look, and take the signed record."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log

from feedback.anonymisation.actions import erase_withdrawn, lock_areas
from feedback.inspection import policies
from feedback.inspection.erasing import erase_if_taken_back
from feedback.inspection.models import DRAW, GIVE, LOOK, Grant, InspectionSample
from feedback.inspection.population import make
from feedback.inspection.records import can_be_drawn_again, is_stored, signed, verified
from feedback.inspection.sampling import NoSample
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed


@transaction.atomic
def give_grant(inspector, *, area: Area, inspection: str, since: date, until: date, by) -> Grant:
    """Lets a named inspector into one area for one inspection, from a day to a day."""
    grant = Grant(
        inspector=inspector, area=area, inspection=inspection.strip(), since=since, until=until, given_by_id=by.pk
    )
    _check_may_give(grant, by=by)
    policies.check_may_be_given(grant, today=timezone.localdate())
    grant.full_clean(validate_unique=False, validate_constraints=False)
    try:
        with transaction.atomic():
            grant.save()
    except IntegrityError as problem:
        raise NotAllowed("They are let in for this inspection from this day already.") from problem
    log(grant, "inspection.give_grant", user=by)
    return grant


def _check_may_give(grant: Grant, *, by) -> None:
    if not by.has_perm(GIVE, grant):
        raise PermissionDenied("You have no role in this area that lets you do this.")


@transaction.atomic
def end_grant(grant: Grant, *, by) -> None:
    """Ends an inspection from this moment on; that it was open stays known."""
    _check_may_give(grant, by=by)
    grant.refresh_from_db(from_queryset=Grant.objects.select_for_update())
    today = timezone.localdate()
    if grant.ended_on or grant.until < today:
        raise NotAllowed("This inspection is over already.")
    grant.ended_on, grant.ended_by_id = today, by.pk
    grant.save(update_fields=["ended_on", "ended_by"])
    log(grant, "inspection.end_grant", user=by)


def _check_lets_in(grant: Grant, permission: str, *, by) -> None:
    # It may have been ended in another window a moment ago.
    grant.refresh_from_db()
    policies.check_lets_in(grant, permission, by=by, today=timezone.localdate())


@transaction.atomic
def draw(grant: Grant, *, year: int, by) -> InspectionSample:
    """The one sample of the area and the year: drawn now, or the one that was drawn first.

    What was taken back before is erased before it is drawn. Sheets that went when an inspection was over come back only
    if they are the same.
    """
    _check_lets_in(grant, DRAW, by=by)
    # Who draws at the same moment waits here, and is then given what the first one drew.
    lock_areas({grant.area_id})
    _check_lets_in(grant, DRAW, by=by)
    before = InspectionSample.objects.filter(area=grant.area, year=year).first()
    if before and before.erased_on is None:
        return before
    if not policies.is_closed(grant.area, year):
        raise NotAllowed(policies.why_no_sample(grant.area, year))
    erase_withdrawn(area=grant.area, by=by)
    try:
        made = make(grant.area, year, record=before and before.record)
    except NoSample as problem:
        raise NotAllowed(policies.too_few(grant.area, year)) from problem
    sample = before or InspectionSample(
        area=grant.area, year=year, record=made.record, drawn_on=timezone.localdate(), drawn_by_id=by.pk
    )
    policies.check_is_the_same(sample, made.record)
    sample.sheets, sample.erased_on = made.sheets, None
    sample.save()
    log(grant, "inspection.draw", user=by, data={"year": year})
    return sample


@transaction.atomic
def look_at_tables(grant: Grant, *, by) -> None:
    """Notes that an inspector opened the released tables, by the steps of the journey."""
    _check_lets_in(grant, LOOK, by=by)
    log(grant, "inspection.look_at_tables", user=by)


@transaction.atomic
def look_at_promises(grant: Grant, *, by) -> None:
    """Notes that an inspector opened what was promised, and what is unanswered."""
    _check_lets_in(grant, LOOK, by=by)
    log(grant, "inspection.look_at_promises", user=by)


@transaction.atomic
def look_at_sheets(grant: Grant, sample: InspectionSample, *, by) -> list[dict[str, Any]]:
    """The sheets of a sample of the area, for an inspector who is let in; logged."""
    _check_is_of(grant, sample, by=by)
    # What was taken back a moment ago is not shown any more.
    erase_withdrawn(area=grant.area, by=by)
    erase_if_taken_back(grant.area_id)
    sample.refresh_from_db()
    if sample.erased_on:
        raise NotAllowed(policies.erased(sample))
    log(grant, "inspection.look_at_sheets", user=by, data={"year": sample.year})
    return sample.sheets


@transaction.atomic
def take_record(grant: Grant, sample: InspectionSample, *, by) -> bytes:
    """The signed record of a draw, which holds no answer; logged."""
    _check_is_of(grant, sample, by=by)
    log(grant, "inspection.take_record", user=by, data={"year": sample.year})
    return signed(sample)


@transaction.atomic
def draw_again(grant: Grant, content: bytes, *, by) -> dict[str, Any]:
    """Draws the sample of somebody's record once more, and gives that record if it is the same byte for byte.

    Raises NotOurs for a record that was changed or forged, and NotAllowed where the sample cannot be the same any more.
    """
    _check_lets_in(grant, DRAW, by=by)
    record = verified(content)
    policies.check_record_is_of(grant, record)
    lock_areas({grant.area_id})
    erase_withdrawn(area=grant.area, by=by)
    policies.check_draw_is_known(grant, is_known=is_stored(record))
    is_same = can_be_drawn_again(record)
    log(grant, "inspection.draw_again", user=by, data={"year": record["year"]})
    policies.check_is_drawn_again(grant, is_same=is_same)
    return record


def _check_is_of(grant: Grant, sample: InspectionSample, *, by) -> None:
    _check_lets_in(grant, LOOK, by=by)
    if sample.area_id != grant.area_id:
        raise ValidationError("This sample is of another area than the inspection.")
