"""What stands around the figures of every release: the frame of its area, and what was asked; read once for a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import CharField, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast

from feedback.releases.once import read_once
from surveys.design.models import Edition
from surveys.fieldwork.models import Wave
from surveys.frame.models import JourneyStage, Service, Stratum

STAGE, SERVICE, AUDIENCE, ELSEWHERE = "stage", "service", "audience", "elsewhere"


@dataclass(frozen=True)
class Around:
    """The steps of the journey; of one area its services, the audiences its frame counts, and what only others ask."""

    stages: Mapping[str, str]
    services: Mapping[str, str]
    audiences: frozenset[str]
    elsewhere: frozenset[int]


@read_once
def around(area_id: int | None) -> Around:
    """What stands around the figures of an area, or of all areas together, in one query."""
    others, strata = Wave.objects.none(), Stratum.objects.exclude(audience="")
    if area_id is not None:
        here = Wave.objects.filter(Q(area=area_id) | Q(area=None)).order_by()
        others = Wave.objects.exclude(edition__in=here.values("edition"))
        strata = strata.filter(area=area_id)
    stages = _rows(STAGE, JourneyStage.objects.all(), "code", "name", "position")
    rows = stages.union(
        _rows(SERVICE, Service.objects.filter(area=area_id), "code", "name"),
        _rows(AUDIENCE, strata, "audience"),
        _rows(ELSEWHERE, others, "edition_id"),
    )
    found = sorted(rows, key=lambda row: (row[3], row[2] if row[0] == SERVICE else row[1]))
    return Around(
        stages={code: name for kind, code, name, _ in found if kind == STAGE},
        services={code: name for kind, code, name, _ in found if kind == SERVICE},
        audiences=frozenset(code for kind, code, _, _ in found if kind == AUDIENCE),
        elsewhere=frozenset(int(code) for kind, code, _, _ in found if kind == ELSEWHERE),
    )


def _rows(kind: str, some: QuerySet, code: str, name: str = "", position: str = "") -> QuerySet:
    """Rows of a kind, a code, a name and a place, so that those of different tables come together."""
    text, whole = CharField(), IntegerField()
    return some.order_by().values_list(
        Value(kind, text),
        Cast(code, text),
        Cast(name, text) if name else Value("", text),
        Cast(position, whole) if position else Value(0, whole),
    )


@read_once
def documents_counted() -> list[tuple[int, Mapping]]:
    """The documents of every edition whose answers are counted, in the order in which they were frozen."""
    return list(Edition.objects.counted().order_by("pk").values_list("pk", "document"))
