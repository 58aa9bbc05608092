"""Releases every area by itself, several at a time: what is refused in one area stops no other."""

from __future__ import annotations

import gc
import importlib
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connections

from feedback.accounts.models import User
from feedback.disclosure.blocks import Quarter
from feedback.releases.actions import release_through
from feedback.releases.interpretations import Reading
from feedback.releases.tabulation import Plans
from surveys.frame.models import Area


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
    areas = list(Area.objects.order_by("pk").values_list("pk", flat=True))
    # What attacks needs a second to be loaded, and memory: it is there once for all.
    importlib.import_module("scipy.optimize")
    _of_this_run[:] = [(order, Plans())]
    with _cleared_between_areas():
        if jobs == 1:
            yield from map(_release_here, areas)
            return
        # Each opens a line to the database of its own; one that was copied would be ours.
        connections.close_all()
        with ProcessPoolExecutor(min(jobs, max(len(areas), 1)), get_context("fork")) as pool:
            yield from pool.map(_release_here, areas)


@contextmanager
def _cleared_between_areas() -> Iterator[None]:
    """Looks for what nobody needs any more once an area is done: while it is counted that cost a tenth of the time.

    What is there at the beginning stays to the end, so it is not gone through again; a process that is copied from this
    one does as this one does.
    """
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()


# What a process that was copied finds here is what was there then.
_of_this_run: list[tuple[Order, Plans]] = []


def _release_here(area_id: int) -> Outcome:
    try:
        return _release(*_of_this_run[0], area_id)
    finally:
        gc.collect()


def _release(order: Order, plans: Plans, area_id: int) -> Outcome:
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
