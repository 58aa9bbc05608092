"""When the answers of a day may be put aside, and who may say whether they count."""

from __future__ import annotations

from feedback.anonymisation.floods import Flood
from feedback.anonymisation.merged_areas import counted_in, merged_areas
from feedback.anonymisation.models import ClosedQuarter
from feedback.disclosure.blocks import Quarter
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed
from surveys.responses.models import Response, ResponseQuerySet

LONGEST_WHY = 500


def check_why(because: str) -> None:
    """Refuses a decision without a word on why, and one that nobody would read."""
    if not because.strip():
        raise NotAllowed("Say in a sentence why, so that the second person can judge it.")
    if len(because) > LONGEST_WHY:
        raise NotAllowed(f"That has {len(because)} characters. Say it in {LONGEST_WHY} at most.")
    if "\x00" in because:
        raise NotAllowed("There is a character in it that cannot be kept. Type it again instead of pasting it.")


def check_is_not_counted_for_good(flood: Flood, answers: ResponseQuerySet, area_id: int | None) -> None:
    """Refuses to take out what was counted in a closed quarter, what cannot be counted again, and all areas at once."""
    if area_id is None:
        raise NotAllowed("This wave is of all areas, so its answers are not put aside in one. Close it instead.")
    if is_closed(area_id, Quarter.of(flood.day)):
        raise NotAllowed(
            f"{Quarter.of(flood.day)} is closed, and these answers are counted in it. Taking them out now would show "
            "what they were. Say on the public page what you know of that day."
        )
    if answers.filter(status=Response.Status.ERASED).exists():
        raise NotAllowed(
            "Some of these answers are erased already, because their days are over; they could not be counted again. "
            "So none of this day is put aside."
        )


def is_closed(area_id: int, quarter: Quarter) -> bool:
    """Whether a quarter of an area takes no more answers."""
    return ClosedQuarter.objects.filter(area=area_id, quarter__gte=str(quarter)).exists()


def check_may_decide(flood: Flood, *, by) -> None:
    """Refuses whoever put the answers aside, and a decision about a day that is not over."""
    if flood.put_aside_by_id == by.pk:
        raise NotAllowed("You put these answers aside, so somebody else must decide whether they count.")
    if not flood.is_over:
        raise NotAllowed("More answers may come today. Decide from tomorrow on.")


def check_floods_are_looked_at(area: Area, quarter: Quarter) -> None:
    """Refuses to close a quarter for good while nobody has looked at a day on which too many answered."""
    merged = merged_areas()
    here = [pk for pk in (area.pk, *merged) if counted_in(pk, merged) == area.pk]
    waiting = Flood.objects.to_look_at().filter(wave__area__in=here).select_related("wave").order_by("day")
    for flood in waiting:
        if Quarter.of(flood.day) <= quarter:
            raise NotAllowed(
                f"On {flood.day} more answers came to “{flood.wave.name}” than is plausible, and nobody has said yet "
                "whether they are counted. A participation officer does, on the page of the wave; then close."
            )


def check_nothing_is_undecided(area: Area) -> None:
    """Refuses that an area becomes part of another while it is not decided whether answers of it count."""
    waiting = Flood.objects.to_look_at() | Flood.objects.undecided()
    if flood := waiting.filter(wave__area=area).order_by("day").first():
        raise NotAllowed(
            f"On {flood.day} more answers came to “{flood.wave.name}” than is plausible, and it is not decided whether "
            "they count. Decide first, on the page of the wave."
        )
