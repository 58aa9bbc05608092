"""What is told of a flood to those who decide: in sentences and in tens, so that no answer can be seen to come."""

from __future__ import annotations

from dataclasses import dataclass

from django.template.defaultfilters import date as written

from feedback.anonymisation.flood_noticing import known_of
from feedback.anonymisation.flood_policies import is_closed
from feedback.anonymisation.floods import Flood
from feedback.anonymisation.merged_areas import counted_in, merged_areas
from feedback.anonymisation.plausible import DAYS_TOGETHER, FEW, Why
from feedback.disclosure.blocks import Quarter
from surveys.fieldwork.open_days import OpenDay


@dataclass(frozen=True)
class Told:
    """The day in one sentence, what it is compared with, and whether it is too late to put it aside."""

    day: str
    compared: tuple[str, ...]
    is_counted_for_good: bool


def told_of(flood: Flood) -> Told:
    """What is told of a flood now."""
    day = written(flood.day, "l, j F Y")
    came = f"{day}: at least {flood.at_least} answers came by a poster or by the address of this wave."
    return Told(came, tuple(_compared(flood)), _is_counted_for_good(flood))


def _compared(flood: Flood) -> list[str]:
    """Nothing once the daily numbers are erased, because the wave takes no more answers."""
    found = OpenDay.objects.filter(wave=flood.wave_id, day=flood.day).select_related("wave__area").first()
    if found is None:
        return ["What it was compared with is erased, because this wave takes no more answers."]
    known, said = known_of(found), []
    if known.earlier:
        said.append(f"In the {DAYS_TOGETHER} days before, no day brought more than {_up_to(max(known.earlier))}.")
    else:
        said.append("There is no day before it to compare with.")
    if known.could_be_asked:
        said.append(f"{known.could_be_asked} people could be asked, as they were last counted.")
    if flood.why == Why.TOGETHER:
        said.append("With the days before, there are more answers than people who could be asked.")
    return said


def _up_to(number: int) -> int:
    """The next ten that is not less."""
    return -(-number // FEW) * FEW


def _is_counted_for_good(flood: Flood) -> bool:
    area_id = flood.wave.area_id
    return area_id is None or is_closed(counted_in(area_id, merged_areas()), Quarter.of(flood.day))
