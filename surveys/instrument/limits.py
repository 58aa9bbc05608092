"""Whether an instrument asks more of its audience than this audience can answer well."""

from __future__ import annotations

from collections.abc import Iterator

from surveys.instrument.document import Instrument
from surveys.instrument.items import Item, Kind
from surveys.instrument.wording import LIMITS, AudienceLimits

MIDDLE_FACE = "middle"


def beyond_limits(instrument: Instrument) -> tuple[str, ...]:
    """One sentence for each limit of the audience that is passed (items, options, words); none if all is well.

    Only the English wording is counted; words are what lies between spaces.
    """
    limits = LIMITS[instrument.audience]
    asked = [item for item in instrument.items if item.kind is not Kind.INFORMATION]
    problems = list(_length_problems(len(asked), limits))
    for item in asked:
        problems.extend(_item_problems(item, limits))
    return tuple(problems)


def _length_problems(asked: int, limits: AudienceLimits) -> Iterator[str]:
    if asked > limits.items:
        yield f"The survey asks {asked} questions; this audience can be asked {limits.items} at most."


def _item_problems(item: Item, limits: AudienceLimits) -> Iterator[str]:
    if len(item.options) > limits.options:
        yield f"{item.code} offers {len(item.options)} answers; this audience can choose from {limits.options} at most."
    if item.kind is Kind.FACES and not limits.faces:
        yield f"{item.code} is answered with faces; this audience is asked in words."
    if not limits.middle_face and any(option.picture == MIDDLE_FACE for option in item.options):
        yield f"{item.code} has a face in the middle; children under 8 take it for any answer. Leave it out."
    words = len(item.texts["en"].split())
    if words > limits.words:
        yield f"{item.code} has {words} words; this audience can read {limits.words} at most."
