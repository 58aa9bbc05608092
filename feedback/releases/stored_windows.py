"""Windows and groups as they are stored, without the machinery of models: a page reads hundreds and shows a few.

What a group holds is taken apart only when somebody looks at it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from feedback.disclosure.figures import Figure
from feedback.releases.models import ClosedGroup, ClosedWindow, Release

APART = json.JSONDecoder()


@dataclass(slots=True)
class StoredGroup:
    """One group of a closed window, as `ClosedGroup` keeps it; `written` are its values as the database has them."""

    pk: int
    stage: str | None
    service: str | None
    audience: str | None
    respondents: float
    reason: str
    written: str
    taken_apart: dict[str, float] | None = None
    # What was worked out of it, by whoever asked first.
    figure: Figure | None = None

    @property
    def values(self) -> dict[str, float]:
        """Its protected values."""
        if self.taken_apart is None:
            self.taken_apart, _ = APART.raw_decode(self.written)
        return self.taken_apart


@dataclass(slots=True)
class StoredWindow:
    """One table of one question over one closed run of quarters, as `ClosedWindow` keeps it, with its groups."""

    pk: int
    release_id: int
    area_id: int | None
    question: str
    options: list[str]
    table: str
    first_quarter: str
    last_quarter: str
    most_cells: int
    adds_up: bool
    base_variance: float | None
    groups: list[StoredGroup] = field(default_factory=list)
    # Whoever reads windows has read their releases, and says which each is of.
    release: Release = None  # type: ignore[assignment]


OF_WINDOW = ("table", "first_quarter", "last_quarter", "most_cells", "adds_up", "base_variance")
OF_GROUP = ("window_id", "pk", "stage", "service", "audience", "respondents", "reason")


def windows_read(rows: QuerySet[ClosedWindow]) -> list[StoredWindow]:
    """These windows with their groups, question by question in order of time: in two queries."""
    named = ("pk", "release_id", "area_id", "question", Cast("options", TextField()), *OF_WINDOW)
    # Windows of one question offer the same answers; they are taken apart once.
    offered: dict[str, list[str]] = {}
    found: dict[int, StoredWindow] = {}
    ordered = rows.order_by("question", "first_quarter", "pk")
    for pk, release, area, question, options, *others in ordered.values_list(*named):
        if options not in offered:
            offered[options] = json.loads(options)
        found[pk] = StoredWindow(pk, release, area, question, offered[options], *others)
    _read_groups(found)
    return list(found.values())


def _read_groups(windows: dict[int, StoredWindow]) -> None:
    rows = ClosedGroup.objects.filter(window__in=list(windows)).order_by("pk")
    for window, *group in rows.values_list(*OF_GROUP, Cast("values", TextField())):
        windows[window].groups.append(StoredGroup(*group))
