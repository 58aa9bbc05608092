"""What stands around the figures of every release: the frame of its area, and what was asked; read once for a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import CharField, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast

from feedback.releases.counted_names import CountedName
from feedback.releases.once import read_once, read_together
from surveys.design.models import Edition
from surveys.fieldwork.models import Wave
from surveys.frame.models import JourneyStage, Service, Stratum

NAME, STAGE, SERVICE, AUDIENCE, HERE, ASKED = "name", "stage", "service", "audience", "here", "asked"
ALL = 0
"""Instead of the number of an area: what is of all of them."""
Row = tuple[str, int, str, str, int]
"""A kind, an area, a code, a name and a place."""


@dataclass(frozen=True)
class Around:
    """The steps of the journey; of one area its services, the audiences its frame counts, and what only others ask.

    `names` are those that questions are counted under, by edition and item.
    """

    stages: Mapping[str, str]
    services: Mapping[str, str]
    audiences: frozenset[str]
    elsewhere: frozenset[int]
    names: Mapping[tuple[int, str], str]


@read_once
def around(area_id: int | None) -> Around:
    """What stands around the figures of an area, or of all areas together: in one query for a whole page."""
    rows = _rows(read_together() | {area_id})
    own = {ALL, area_id} if area_id else {ALL, *(area for _, area, *_ in rows)}
    services = sorted((name, code) for kind, area, code, name, _ in rows if kind == SERVICE and area == area_id)
    asked = {int(code) for kind, _, code, _, _ in rows if kind == ASKED}
    here = {int(code) for kind, area, code, _, _ in rows if kind == ASKED and area in own}
    return Around(
        stages={code: name for _, code, name in sorted(_placed(rows))},
        services={code: name for name, code in services},
        audiences=frozenset(code for kind, area, code, _, _ in rows if kind == AUDIENCE and area in own),
        elsewhere=frozenset(asked - here),
        names={(edition, item): name for kind, _, item, name, edition in rows if kind == NAME},
    )


def _placed(rows: Iterable[Row]) -> Iterable[tuple[int, str, str]]:
    return ((place, code, name) for kind, _, code, name, place in rows if kind == STAGE)


@read_once
def _rows(areas: frozenset[int | None]) -> list[Row]:
    strata = Stratum.objects.exclude(audience="")
    if None not in areas:
        strata = strata.filter(area__in=areas)
    names = _alike(NAME, CountedName.objects.all(), code="item", name="name", place="edition_id")
    found = names.union(
        _alike(STAGE, JourneyStage.objects.all(), code="code", name="name", place="position"),
        _alike(SERVICE, Service.objects.filter(area__in=areas - {None}), area="area_id", code="code", name="name"),
        _alike(AUDIENCE, strata, area="area_id", code="audience"),
        _alike(ASKED, Wave.objects.filter(~Q(area=None)), area="area_id", code="edition_id"),
        _alike(ASKED, Wave.objects.filter(area=None), code="edition_id"),
    )
    return list(found)


def _alike(
    kind: str, some: QuerySet, *, code: str, area: str = "", name: str = "", place: str = ""
) -> QuerySet[CountedName, Row]:
    """Rows of one table in the form of all the others, so that they come together."""
    text, whole = CharField(), IntegerField()
    return some.order_by().values_list(
        Value(kind, text),
        Cast(area, whole) if area else Value(ALL, whole),
        Cast(code, text),
        Cast(name, text) if name else Value("", text),
        Cast(place, whole) if place else Value(0, whole),
    )


@read_once
def documents_counted() -> list[tuple[int, Mapping]]:
    """The documents of every edition whose answers are counted, in the order in which they were frozen."""
    return list(Edition.objects.counted().order_by("pk").values_list("pk", "document"))
