"""A line through a few numbers, as a picture beside their table: places in a fixed drawing, and nothing of colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT, MARGIN = 320, 160, 24


@dataclass(frozen=True)
class Dot:
    """One number at its place."""

    x: int
    y: int
    label: str


@dataclass(frozen=True)
class Line:
    """The dots, the points of the line between them, and where its ends are written."""

    dots: tuple[Dot, ...]
    points: str
    lowest: str
    highest: str


def line_of(values: Sequence[Decimal | int | None], *, lowest: Decimal | int, highest: Decimal | int) -> Line:
    """Numbers from left to right in the order of their days; what is not there leaves its place empty."""
    step = (WIDTH - 2 * MARGIN) / max(1, len(values) - 1)
    dots = tuple(
        Dot(round(MARGIN + place * step), _height(value, lowest, highest), str(value))
        for place, value in enumerate(values)
        if value is not None
    )
    return Line(dots, " ".join(f"{dot.x},{dot.y}" for dot in dots), str(lowest), str(highest))


def _height(value: Decimal | int, lowest: Decimal | int, highest: Decimal | int) -> int:
    share = (Decimal(value) - lowest) / ((highest - lowest) or 1)
    return round(HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * float(share))
