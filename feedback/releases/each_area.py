"""Releases every area by itself, several at a time: what is refused in one area stops no other."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError

from feedback.disclosure.blocks import Quarter
from feedback.privacy.programs import at_work, program_at_work

# A process of its own reads this module before it knows any model.
if TYPE_CHECKING:
    from feedback.releases.interpretations import Reading
    from feedback.releases.tabulation import Plans


@dataclass(frozen=True)
class Order:
    """What is to be released, by the ids of whom, and what is said of the figures."""

    until: Quarter
    proposed_by: int
    approved_by: int
    readings: Mapping[str, Reading] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What came of one area: the codes of its releases, or the sentence that says why there are none."""

    area: str
    released: tuple[str, ...] = ()
    refused: str = ""


def release_each(order: Order, *, jobs: int = 1) -> Iterator[Outcome]:
    """Releases each area in a transaction of its own, in so many processes, and tells of each as soon as it is known.

    Raises `BrokenProcessPool` where a process was killed: what it was at is not released, and nothing is half done.
    """
    from feedback.releases.tabulation import Plans
    from surveys.frame.models import Area

    areas = list(Area.objects.order_by("pk").values_list("pk", flat=True))
    if jobs == 1:
        plans = Plans()
        yield from (_release(order, plans, area) for area in areas)
        return
    # Begun from nothing: a process that was copied would share our line to the database.
    begun = get_context("spawn"), _begin, (pickle.dumps(order), program_at_work() or "release")
    with ProcessPoolExecutor(min(jobs, max(len(areas), 1)), *begun) as pool:
        yield from pool.map(_release_here, areas)


def _release(order: Order, plans: Plans, area_id: int) -> Outcome:
    from feedback.accounts.models import User
    from feedback.releases.actions import release_through
    from surveys.frame.models import Area

    area = Area.objects.get(pk=area_id)
    people = {
        "proposed_by": User.objects.get(pk=order.proposed_by), "approved_by": User.objects.get(pk=order.approved_by)
    }  # fmt: skip
    try:
        drafts = release_through(order.until, area=area, readings=order.readings, plans=plans, **people)
    except PermissionDenied as problem:
        return Outcome(area.code, refused=str(problem))
    except ValidationError as problem:
        return Outcome(area.code, refused=" ".join(problem.messages))
    return Outcome(area.code, released=tuple(draft.code for draft in drafts))


_here: list[tuple[Order, Plans, str]] = []


def _begin(order: bytes, program: str) -> None:
    """Makes a process of its own ready: the questions are read once."""
    import django

    django.setup()
    from feedback.releases.tabulation import Plans

    # Ours, and read only now, because a reading is told beside models.
    _here.append((pickle.loads(order), Plans(), program))  # noqa: S301


def _release_here(area_id: int) -> Outcome:
    order, plans, program = _here[0]
    with at_work(program):
        return _release(order, plans, area_id)
