"""Codes responses anew from the vault and compares them with what was coded then; changes nothing."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from feedback.anonymisation.actions import Frame, coded_of
from feedback.anonymisation.models import CodedResponse, Linkage
from feedback.disclosure.blocks import Quarter
from feedback.safeguarding.reading import opens
from surveys.frame.models import Area
from surveys.responses.models import Response, Withdrawal

BATCH = 500
COMPARED = ("area_id", "edition_id", "stage", "service", "audience", "language", "helper", "answers", "record_key")


@dataclass(frozen=True)
class Recoded:
    """A coded response, and the same coded anew; without the latter where the vault has its answers no more."""

    coded: CodedResponse
    anew: CodedResponse | None
    does_not_open: bool = False
    came_later: bool = False

    @property
    def counts_as(self) -> CodedResponse:
        """What the vault says is to be counted; where it says nothing any more, what was coded."""
        return self.anew or self.coded

    @property
    def is_the_same(self) -> bool:
        """Whether everything that is counted was coded then as it is now."""
        same = self.anew is None or all(getattr(self.anew, name) == getattr(self.coded, name) for name in COMPARED)
        return same and not self.came_later


def recode(area: Area) -> Iterator[Recoded]:
    """Each coded response of an area that may be counted, some at a time, in the order of their random ids."""
    frame, after = Frame(), None
    counted = CodedResponse.objects.counted().filter(area=area).select_related("linkage").order_by("pk")
    while some := list((counted.filter(pk__gt=after) if after else counted)[:BATCH]):
        after = some[-1].pk
        keys = {row.pk: row.linkage.response_key for row in some if hasattr(row, "linkage")}
        vault = Response.objects.in_bulk(list(keys.values()))
        yield from (_recoded(row, vault.get(keys.get(row.pk, uuid.UUID(int=0))), frame) for row in some)


def _recoded(row: CodedResponse, response: Response | None, frame: Frame) -> Recoded:
    if response is None or response.status != Response.Status.CODED:
        return Recoded(row, None)
    if not opens(response):
        return Recoded(row, None, does_not_open=True)
    anew = coded_of(response, frame)
    # In which quarter it counts was decided when it was coded, by what was closed then; never before it came.
    anew.quarter = row.quarter
    return Recoded(row, anew, came_later=Quarter.parse(row.quarter) < Quarter.of(response.received_on))


def is_something_not_counted(area: Area) -> bool:
    """Whether the vault holds a response of this area that is said to be coded, and nothing is made of it."""
    link = Linkage.objects.filter(response_key=OuterRef("pk"), coded__area=area)
    return Response.objects.filter(area=area, status=Response.Status.CODED).exclude(Exists(link)).exists()


def taken_back_since(day: date) -> int:
    """How many responses, of all areas, were taken back on this day or later."""
    return Withdrawal.objects.filter(withdrawn_on__gte=day).count()
