"""How a scale becomes a number: turned items, missing items, pro-rating, tables, multiples and bands.

Whole numbers and decimals only. What is published of a scale is in `locker.py`; what is not comes with the licence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

# Of each item, the least and the most points that an option of it gives.
Ranges = Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class ScaleRule:
    """How one scale is made: of items, or of other scales whose sum it is.

    With fewer than all items, but at least `least`, the sum is pro-rated. `table` gives the value of each raw sum.
    """

    code: str
    name: str
    items: tuple[str, ...] = ()
    turned: frozenset[str] = frozenset()
    least: int = 0
    times: int = 1
    table: tuple[tuple[int, Decimal], ...] = ()
    sum_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Score:
    """What came of one scale; `value` is nothing where too little was answered."""

    scale: str
    value: Decimal | None
    answered: int
    asked: int


@dataclass(frozen=True)
class Band:
    """What values of one scale mean by a norm, in the words of whoever holds the licence, by language."""

    scale: str
    lowest: Decimal
    highest: Decimal
    texts: Mapping[str, str]


def turned(points: int, lowest: int, highest: int) -> int:
    """The points of an item that is worded the other way round."""
    return lowest + highest - points


def prorated(total: int, answered: int, asked: int) -> int:
    """What a sum of some items would be for all of them, to the nearest whole number, halves upwards."""
    return (2 * total * asked + answered) // (2 * answered)


def scores_of(rules: Sequence[ScaleRule], points: Mapping[str, int], ranges: Ranges) -> tuple[Score, ...]:
    """Every scale, in the order of the rules; an item that was left out, or is not scored, is not in `points`."""
    found: dict[str, Score] = {}
    for rule in rules:
        found[rule.code] = _total(rule, found) if rule.sum_of else _scale(rule, points, ranges)
    return tuple(found.values())


def _scale(rule: ScaleRule, points: Mapping[str, int], ranges: Ranges) -> Score:
    answered = [item for item in rule.items if item in points]
    if not answered or len(answered) < rule.least:
        return Score(rule.code, None, len(answered), len(rule.items))
    raw = sum(_points(rule, item, points[item], ranges) for item in answered)
    if len(answered) < len(rule.items):
        raw = prorated(raw, len(answered), len(rule.items))
    return Score(rule.code, _value(rule, raw), len(answered), len(rule.items))


def _points(rule: ScaleRule, item: str, points: int, ranges: Ranges) -> int:
    return turned(points, *ranges[item]) if item in rule.turned else points


def _value(rule: ScaleRule, raw: int) -> Decimal | None:
    return dict(rule.table).get(raw) if rule.table else Decimal(raw * rule.times)


def _total(rule: ScaleRule, found: Mapping[str, Score]) -> Score:
    parts = [found[code] for code in rule.sum_of]
    values = [part.value for part in parts if part.value is not None]
    answered, asked = sum(part.answered for part in parts), sum(part.asked for part in parts)
    return Score(rule.code, sum(values, Decimal(0)) if len(values) == len(parts) else None, answered, asked)


def attainable(rule: ScaleRule, ranges: Ranges, before: Mapping[str, frozenset[Decimal]]) -> frozenset[Decimal]:
    """Every value that a scale can have; `before` holds those of the scales it is the sum of."""
    if rule.sum_of:
        lowest = sum((min(before[code]) for code in rule.sum_of), Decimal(0))
        highest = sum((max(before[code]) for code in rule.sum_of), Decimal(0))
        return frozenset(map(Decimal, range(int(lowest), int(highest) + 1)))
    raw = range(sum(ranges[item][0] for item in rule.items), sum(ranges[item][1] for item in rule.items) + 1)
    values = (_value(rule, one) for one in raw)
    return frozenset(value for value in values if value is not None)


def band_of(bands: Iterable[Band], score: Score) -> Band | None:
    """The band in which a score lies; nothing where there is no score, or no norm was loaded for its scale."""
    mine = (band for band in bands if band.scale == score.scale)
    if score.value is None:
        return None
    return next((band for band in mine if band.lowest <= score.value <= band.highest), None)
