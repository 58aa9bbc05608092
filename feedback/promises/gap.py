"""What children under 11 asked for and what was promised about it, beside the same of older ones: in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from feedback.promises.models import Promise
from feedback.promises.reading import OLDER, UNDER_11, HowMany, PromiseInformation, how_many, promises_of
from surveys.frame.models import Area
from surveys.instrument.wording import Audience

MOST_ASKED = 5
NAMES = ((UNDER_11, "Children under 11"), (OLDER, "Young people of 12 and older, and care leavers"))


@dataclass(frozen=True)
class AskedFor:
    """What children of some ages asked for, as promises cite it, and how many promises answer them."""

    who: str
    many: HowMany
    promises: tuple[PromiseInformation, ...]

    @property
    def sentence(self) -> str:
        """What became of it, in words; never which of the two is better off."""
        made = self.many.made
        if not made:
            return "Nothing has been promised about what they said."
        parts = [one for one in (_part(number, said) for number, said in self._of_each) if one]
        begin = "One promise is about what they said" if made == 1 else f"{made} promises are about what they said"
        return f"{begin}: {', '.join(parts)}."

    @property
    def _of_each(self) -> tuple[tuple[int, str], ...]:
        many = self.many
        return (
            (many.kept, "done"),
            (many.overdue, "late"),
            (many.is_open - many.overdue, "still to be done in time"),
            (many.cannot, "that cannot be done, with the reason"),
        )

    @property
    def shown(self) -> tuple[PromiseInformation, ...]:
        """The first few."""
        return self.promises[:MOST_ASKED]

    @property
    def more(self) -> int:
        """How many more there are."""
        return len(self.promises) - len(self.shown)


def _part(number: int, said: str) -> str:
    return f"{number} {said}" if number else ""


def asked_for(area: Area, *, today: date | None = None) -> list[AskedFor]:
    """The two sides of the gap, the younger first; a promise about both is on both sides, and they are not added up."""
    today = today or timezone.localdate()
    everything = promises_of(area, today=today)
    return [AskedFor(who, how_many(everything, ages), tuple(_told_to(area, ages, today))) for ages, who in NAMES]


def _told_to(area: Area, ages: frozenset[Audience], today: date) -> Iterator[PromiseInformation]:
    """Each promise once, in the words of the youngest it is told to; none that was taken back."""
    seen: set[int] = set()
    for audience in sorted(ages, key=list(Audience).index):
        for one in promises_of(area, audience=audience, today=today):
            if one.number not in seen and one.status != Promise.Status.TAKEN_BACK and one.you_said:
                seen.add(one.number)
                yield one
