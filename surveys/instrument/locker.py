"""The scales that an area may hold under licence: what is published of each, and no text of any item.

What could not be verified (the items of the SDQ’s scales, its bands, the scoring of Parenting Daily Hassles) is not
here: the licensee loads it from their own copy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from surveys.instrument.scoring import ScaleRule


@dataclass(frozen=True)
class Wanted:
    """A scale whose items the licensee names: how many, how many of them turned, and the fewest answered."""

    code: str
    name: str
    items: int | None = None
    least: int | None = None


@dataclass(frozen=True)
class Record:
    """One licensed scale: how it is called, where it comes from, who has the rights, and what is published of scoring.

    `points` are those that the options of every item must give; nothing where the coding comes with the licence.
    `turned` is how many items are turned in all, where that is published.
    """

    code: str
    name: str
    reference: str
    rights: str
    items: tuple[str, ...]
    points: tuple[int, ...] = ()
    rules: tuple[ScaleRule, ...] = ()
    wanted: tuple[Wanted, ...] = ()
    turned: int | None = None
    any_scales: bool = False


def _numbered(many: int, letter: str = "") -> tuple[str, ...]:
    return tuple(f"{letter}{number}" for number in range(1, many + 1))


# Raw sums and metric scores, in hundredths, from 7 to 35.
_METRIC = (
    700, 951, 1125, 1240, 1333, 1408, 1475, 1532, 1584, 1636, 1688, 1743, 1798, 1859, 1925, 1998, 2073, 2154, 2235,
    2321, 2411, 2503, 2602, 2703, 2813, 2931, 3070, 3255, 3500,
)  # fmt: skip
SWEMWBS_TABLE = tuple((raw, Decimal(metric).scaleb(-2)) for raw, metric in enumerate(_METRIC, start=7))
SEVEN, FIVE = _numbered(7), _numbered(5)
_DIFFICULTIES = ("emotional", "conduct", "hyperactivity", "peer")
RECORDS: Mapping[str, Record] = {
    record.code: record
    for record in (
        Record(
            "swemwbs",
            "Short Warwick-Edinburgh Mental Wellbeing Scale",
            "Seven items about the last two weeks. The sum counts only if all seven are answered, and becomes a metric "
            "score by the published table: compare it with your licensed copy.",
            "NHS Health Scotland, University of Warwick and University of Edinburgh. A licence is free on "
            "registration for use that earns nothing; it does not let you give the items to others.",
            SEVEN,
            (1, 2, 3, 4, 5),
            (ScaleRule("wellbeing", "Mental wellbeing", SEVEN, least=7, table=SWEMWBS_TABLE),),
        ),
        Record(
            "who5",
            "WHO-5 Well-Being Index",
            "Five items about the last two weeks, from 0 to 5; the sum times four is a number from 0 to 100.",
            "World Health Organization. What older and newer sources say of the licence differs: hold one.",
            FIVE,
            (0, 1, 2, 3, 4, 5),
            (ScaleRule("wellbeing", "Well-being", FIVE, least=5, times=4),),
        ),
        Record(
            "ladder",
            "Life-satisfaction ladder",
            "One item, from 0 to 10.",
            "The idea is widely used; the words are those of whoever publishes them.",
            ("1",),
            tuple(range(11)),
            (ScaleRule("life", "Life as a whole", ("1",), least=1),),
        ),
        Record(
            "sdq",
            "Strengths and Difficulties Questionnaire",
            "25 items, five scales from 0 to 10. A scale is pro-rated if at least three of its five items are "
            "answered; the total is the four scales of difficulties, and missing if one of them is.",
            "Youth in Mind. Paper is free for those who charge families nothing; an electronic version needs a "
            "licence, and nothing may be changed or translated without leave.",
            _numbered(25),
            (0, 1, 2),
            (ScaleRule("total", "Total difficulties", sum_of=_DIFFICULTIES),),
            (
                Wanted("emotional", "Emotional symptoms", 5, 3),
                Wanted("conduct", "Conduct problems", 5, 3),
                Wanted("hyperactivity", "Hyperactivity", 5, 3),
                Wanted("peer", "Problems with others of the same age", 5, 3),
                Wanted("prosocial", "Kind and helpful behaviour", 5, 3),
            ),
            turned=5,
        ),
        Record(
            "esq",
            "Experience of Service Questionnaire",
            "Twelve items; *don’t know* is not scored. Satisfaction with the environment is not to be used alone.",
            "Commission for Health Improvement, 2002; see the terms of the Child Outcomes Research Consortium.",
            _numbered(12),
            wanted=(
                Wanted("care", "Satisfaction with care"),
                Wanted("environment", "Satisfaction with the environment"),
            ),
        ),
        Record(
            "hassles",
            "Parenting Daily Hassles",
            "Twenty events, each with how often (f1 to f20) and how much of a hassle (i1 to i20). Scales and their "
            "points come with the permission; it is meant to help people talk.",
            "Crnic and Greenberg; printed in the Family Pack (2000) by permission, so ask for yours.",
            _numbered(20, "f") + _numbered(20, "i"),
            any_scales=True,
        ),
    )
}
