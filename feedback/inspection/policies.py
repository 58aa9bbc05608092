"""Whether an inspection lets somebody in today, and whether a sample may be drawn; every refusal says why."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError

from feedback.anonymisation.models import ClosedQuarter
from feedback.inspection.models import LOOK, Grant, InspectionSample
from feedback.inspection.population import in_blocks
from feedback.inspection.sampling import FEWEST_RESPONDENTS
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed

MOST_DAYS = 90


class NotLetIn(PermissionDenied):
    """Raised when a grant does not let somebody in today; the message is for the inspector."""


def check_lets_in(grant: Grant, permission: str, *, by, today: date) -> None:
    """Refuses whoever it does not name, whose role has ended, and every day that is not one of its own."""
    if grant.inspector_id != by.pk or not by.has_perm(permission, grant):
        raise PermissionDenied("You are not let in to this inspection.")
    if sentence := why_not_today(grant, today):
        raise NotLetIn(sentence)


def why_not_today(grant: Grant, today: date) -> str:
    """Why a grant lets nobody in today; blank if it does."""
    ask = "Ask whoever let you in, if you need to look again."
    if grant.ended_on:
        return f"{grant} was ended on {grant.ended_on:%-d %B %Y}. {ask}"
    if today < grant.since:
        return f"{grant} begins on {grant.since:%-d %B %Y}. Until then nothing of it is open."
    if today > grant.until:
        return f"{grant} was over on {grant.until:%-d %B %Y}. {ask}"
    return ""


def check_may_be_given(grant: Grant, *, today: date) -> None:
    """Refuses to let somebody in who is no inspector there, oneself, for too long, or for days that are over."""
    if grant.inspector_id == grant.given_by_id:
        raise NotAllowed("You cannot let yourself in. Ask somebody else who may.")
    if not grant.inspector.has_perm(LOOK, grant.area):
        raise ValidationError(
            {"inspector": f"They are not an inspector in {grant.area} today. An administrator gives that role."}
        )
    if grant.until < grant.since:
        raise ValidationError({"until": "The last day is before the first."})
    if grant.until < today:
        raise ValidationError({"until": "The last day is over already. Choose a later one."})
    if (grant.until - grant.since).days >= MOST_DAYS:
        raise ValidationError({"until": f"An inspection is open for {MOST_DAYS} days at most. Choose an earlier day."})


def is_closed(area: Area, year: int) -> bool:
    """Whether the last quarter of a year is closed, so that nobody can join it any more."""
    return ClosedQuarter.objects.filter(area=area, quarter=f"{year}Q4").exists()


def closed_years(area: Area) -> list[int]:
    """The years of an area that are closed, the latest first."""
    quarters = ClosedQuarter.objects.filter(area=area, quarter__endswith="Q4").values_list("quarter", flat=True)
    return sorted((int(quarter[:4]) for quarter in quarters), reverse=True)


def why_no_sample(area: Area, year: int) -> str:
    """Why nothing can be drawn of an area and a year; blank if it can."""
    if not is_closed(area, year):
        return (
            f"{year} is not closed in {area}: its sample is drawn once the figures of its last quarter are. Drawn "
            "before, it would be another than the one drawn after, and the difference would tell who came between."
        )
    if in_blocks(area, year).count() < FEWEST_RESPONDENTS:
        return too_few(area, year)
    return ""


def too_few(area: Area, year: int) -> str:
    """Why so few give no sample."""
    return (
        f"Fewer than {FEWEST_RESPONDENTS} people are behind the figures of {area} for {year}, so there is no sample: "
        "among so few, whoever knows some answers of a child could find the others. Read the released tables."
    )


def erased(sample: InspectionSample) -> str:
    """What became of sheets that are gone."""
    return (
        f"The sheets of {sample.area} for {sample.year} were erased on {sample.erased_on:%-d %B %Y}: the last "
        "inspection was over, or somebody who was drawn took their answers back. The record of the draw stays."
    )


def check_record_is_of(grant: Grant, record: dict) -> None:
    """Refuses the record of another area than the one that this inspection lets somebody into."""
    if record.get("area") != grant.area.code:
        raise NotAllowed(f"This record is of another area than {grant.area}, and this inspection is of {grant.area}.")


def check_draw_is_known(grant: Grant, *, is_known: bool) -> None:
    """Refuses to draw by a genuine record of which nothing is kept here."""
    if not is_known:
        raise NotAllowed(f"This site signed the record, but it knows no such draw of {grant.area} any more.")


def check_is_drawn_again(grant: Grant, *, is_same: bool) -> None:
    """Says that a genuine record cannot be followed any more, and why that happens."""
    if not is_same:
        raise NotAllowed(
            f"This site signed the record and knows the draw, but the sample of {grant.area} cannot be drawn again: "
            "the answers are not the same any more, because somebody took theirs back."
        )


def check_is_the_same(sample: InspectionSample, record: dict) -> None:
    """Refuses to show another sample than the one that was drawn first."""
    if sample.record != record:
        raise NotAllowed(
            f"The sheets of {sample.area} for {sample.year} cannot be drawn again: the answers are not the same any "
            "more, because somebody took theirs back. Another sample beside the first would show whose."
        )
