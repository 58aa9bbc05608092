"""What is open, when it may close, and why not yet: in sentences and in a picture; and closing it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from cms.desk.trying import attempt
from feedback.anonymisation.actions import sweep
from feedback.disclosure.periods import Period, Quarter
from feedback.disclosure.rules import ProtectionRules, Table
from feedback.releases import actions as release_actions
from feedback.releases.open_windows import (
    OpenTable,
    OpenWindows,
    areas_not_closed,
    last_closed,
    not_closed,
    open_area,
)
from feedback.releases.service_information import VOICES, in_words
from surveys.frame.models import Area, AreaQuerySet

TABLES = {
    Table.OVERALL: "Everybody",
    Table.STAGE: "By step of the journey",
    Table.AUDIENCE: "By who answered",
    Table.SERVICE: "By service",
    Table.STAGE_AUDIENCE: "By step of the journey and who answered",
}
QUARTERS_IN_PICTURE = 8
MONTHS = {1: "1 January", 2: "1 April", 3: "1 July", 4: "1 October"}
ANY_OF = ("releases.propose", "releases.approve")


@dataclass(frozen=True)
class Piece:
    """A stretch of the picture: where it begins, how long it is, in tenths of a quarter, and what it stands for."""

    at: int
    long: int
    kind: str


@dataclass(frozen=True)
class Row:
    """One table as a line: its picture, the same in words, and why it closes or does not."""

    name: str
    pieces: tuple[Piece, ...]
    closed: str
    waits: str
    sentence: str


def _may_look_at(request: HttpRequest) -> AreaQuerySet:
    if not any(request.user.has_perm(permission) for permission in ANY_OF):
        raise PermissionDenied("Your role does not include this.")
    propose, approve = (Area.objects.visible_to(request.user, permission) for permission in ANY_OF)
    return propose | approve


@never_cache
def blocks(request: HttpRequest) -> HttpResponse:
    """The areas, what each has closed, and what waits; and all of them together."""
    last = Quarter.of(timezone.localdate()).previous()
    areas = list(_may_look_at(request).distinct().order_by("name"))
    if request.method == "POST":
        _close_nation(request, last)
        return redirect("desk:blocks")
    closed = last_closed(areas)
    lines = [(area, closed.get(area.pk, ""), _not_closed(area, last)) for area in areas]
    context = {
        "last": in_words(str(last)),
        "lines": [(area, in_words(was) if was else "", waits) for area, was, waits in lines],
        "is_national": any(request.user.holds_everywhere(permission) for permission in ANY_OF),
        "closes_nation": request.user.holds_everywhere("releases.propose"),
        "waiting_for": areas_not_closed(last),
    }
    return render(request, "desk/blocks.html", context)


@never_cache
def blocks_of(request: HttpRequest, code: str) -> HttpResponse:
    """One area: each voice, each table, with what waits in it; and the button that closes it."""
    area = get_object_or_404(_may_look_at(request).distinct(), code=code)
    last = Quarter.of(timezone.localdate()).previous()
    if request.method == "POST":
        return _closed(request, area, last)
    found = open_area(area, last=last)
    columns = _columns(last)
    context = {
        "area": area,
        "last": in_words(str(last)),
        "not_closed": _not_closed(area, last),
        "next_day": _day_after(last.next()),
        "rules": found.rules,
        "may_close": found.not_closed is not None and request.user.has_perm("releases.propose", area),
        "voices": [_voice(one, found.rules, last, columns) for one in found.windows],
        "columns": f"{in_words(str(columns[0]))} to {in_words(str(columns[-1]))}",
        "width": 10 * len(columns),
    }
    return render(request, "desk/blocks_of.html", context)


def _quarters(period: Period | None) -> str:
    return in_words(str(period)) if period else ""


def _not_closed(area: Area, last: Quarter) -> str:
    """The quarters that wait to be closed; when the first answer came is not said."""
    if not last_closed([area]):
        return f"everything up to and with {in_words(str(last))}"
    return _quarters(not_closed(area, last))


def _columns(last: Quarter) -> tuple[Quarter, ...]:
    first = last.next()
    for _ in range(QUARTERS_IN_PICTURE - 1):
        first = first.previous()
    return Period(first, last.next()).quarters()


def _day_after(quarter: Quarter) -> str:
    after = quarter.next()
    return f"{MONTHS[after.number]} {after.year}"


def _voice(
    found: OpenWindows, rules: ProtectionRules, last: Quarter, columns: tuple[Quarter, ...]
) -> tuple[str, int, list[Row]]:
    rows = [
        Row(
            name=TABLES[one.table],
            pieces=tuple(_pieces(one, columns)),
            closed=in_words(str(one.closed[-1].last)) if one.closed else "",
            waits=f"all so far, up to and with {in_words(str(last))}" if one.from_start else _quarters(one.waits),
            sentence=_sentence(one, found.tables[0], rules, last),
        )
        for one in found.tables
    ]
    return VOICES[found.voice], len(found.questions), rows


def _pieces(table: OpenTable, columns: tuple[Quarter, ...]) -> Iterator[Piece]:
    for period in table.closed:
        yield from _piece(period, columns, "closed")
    if table.waits:
        first = columns[0] if table.from_start else table.waits.first
        yield from _piece(Period(first, table.waits.last), columns, "waits")
    yield from _piece(Period(columns[-1], columns[-1]), columns, "running")


def _piece(period: Period, columns: tuple[Quarter, ...], kind: str) -> Iterator[Piece]:
    within = [place for place, quarter in enumerate(columns) if period.first <= quarter <= period.last]
    if within:
        yield Piece(10 * within[0], 10 * len(within), kind)


def _sentence(table: OpenTable, block: OpenTable, rules: ProtectionRules, last: Quarter) -> str:
    """When a table may close and why not yet; never how many people there are."""
    if table.waits is None:
        return f"Nothing waits. The next quarter is over on {_day_after(last.next())}."
    if table.closes:
        said = " and ".join(in_words(str(period)) for period in table.closes)
        return f"May close now: {said}."
    if table.table is Table.OVERALL:
        return (
            f"Stays open: fewer than {rules.smallest_block} people answered, so it joins the next quarter. "
            f"It may close from {_day_after(last.next())} at the earliest."
        )
    if not block.closes and not block.closed:
        return "Waits for the first block of everybody."
    if table.table is Table.STAGE_AUDIENCE:
        return "Stays open: it closes only where both the steps and who answered close, and enough can be shown."
    return (
        f"Stays open: the groups that may be shown would hold fewer than {rules.share_to_close:.0%} of those who "
        "answered, or no block closes. With the last block of a year it closes whatever it shows."
    )


def _closed(request: HttpRequest, area: Area, last: Quarter) -> HttpResponse:
    made: list = []

    def close() -> None:
        sweep()
        made.extend(release_actions.close_area_through(area, until=last, by=request.user))
        if not made:
            raise ValidationError(f"Nothing new can be shown for {area.name} up to {last}: it joins the next quarter.")

    done = attempt(request, f"{area.name} is closed up to {last}. Say next what its figures may mean.", close)
    return redirect("desk:release", code=made[-1].code) if done else redirect("desk:blocks_of", code=area.code)


def _close_nation(request: HttpRequest, last: Quarter) -> None:
    def close() -> None:
        if not release_actions.close_nation_through(until=last, by=request.user):
            raise ValidationError(
                f"Nothing new can be shown of all areas together up to {last}: too few would be left of some area."
            )

    attempt(request, f"All areas together are closed up to {last}. Say next what the figures may mean.", close)
