"""What a board wants to know in the demo, and what is known from elsewhere; all of it invented."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from feedback.releases.measure_actions import change_measure, make_measure
from feedback.releases.measure_approval_actions import approve_measure
from feedback.releases.population_imports import COLUMNS, EVERY_AREA, import_population
from feedback.releases.starting_measures import load_starting_measures
from surveys.frame.models import Area

INVENTED = "Invented for the demo"
# Theme, kind, name, unit, and the numbers of the first area, of the second and of all, this year and the year before.
FIGURES = (
    ("outcomes", "outcome", "Children who became the subject of a plan for a second time", "%",
     (("22", "c", "23"), ("24", "c", "22"))),
    ("outcomes", "outcome", "Care leavers of 19 to 21 in education, work or training", "%",
     (("57", "52", "56"), ("55", "54", "55"))),
    ("outcomes", "count", "Children looked after", "children", (("412", "96", "508"), ("398", "101", "499"))),
    ("activity", "count", "Children in need", "children", (("1610", "402", "2012"), ("1555", "421", "1976"))),
    ("activity", "count", "Children with a child protection plan", "children",
     (("198", "47", "245"), ("211", "44", "255"))),
    ("decisions", "outcome", "First conferences held within 15 working days", "%",
     (("79", "84", "80"), ("75", "86", "77"))),
    ("plans", "count", "Children with a plan for two years or more", "children", (("31", "c", "c"), ("34", "c", "c"))),
    ("workforce", "count", "Children for each social worker", "children", (("16.8", "15.1", "16.4"),
     ("17.4", "15.6", "17.0"))),
)  # fmt: skip
WHILE_LOOKED_AFTER = {
    "name": "Is listened to while being looked after",
    "kind": "process",
    "voice": "child",
    "theme": "listened",
    "framework_theme": "plans",
    "stage": "looked-after",
    "questions": {"listened": ["yes"]},
    "audiences": ["AGE_8_11", "AGE_12_17"],
    "good_news_if": "Children who have moved often say so as well as those who have not.",
    "bad_news_if": "Those who have just moved could not answer yet.",
    "ask": [
        "Who listens in the first week of a new home?",
        "What do carers say about the same weeks?",
        "What did a child say that changed where they live?",
    ],
}


OTHER_BAD_NEWS = "Those who have just moved could not answer yet, or did not dare to."
WAITS = {
    **WHILE_LOOKED_AFTER,
    "name": "Is listened to at the first visits",
    "stage": "assessment",
    "good_news_if": "Children can say what somebody did because of it.",
    "bad_news_if": "Only those say so who were asked alone.",
    "ask": [
        "Who was in the room when the child was asked?",
        "What do workers do who are said to listen?",
        "Whom did nobody ask?",
    ],
}


def a_board_wants_to_know(areas: Iterable[Area], *, today: date, by, checker) -> None:
    """Measures for each area and for all together, one that waits, and population figures beside them."""
    areas = list(areas)
    for area in [*areas, None]:
        load_starting_measures(area, by=by)
    made = make_measure(areas[0], "listened-to-looked-after", by=by, **WHILE_LOOKED_AFTER)
    approve_measure(made, seen=made.step(), by=checker)
    change_measure(made, by=by, bad_news_if=OTHER_BAD_NEWS)
    make_measure(areas[0], "listened-to-at-first-visits", by=by, **WAITS)
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory) / "population.csv"
        with file.open("w", newline="", encoding="utf-8") as out:
            writer = csv.DictWriter(out, COLUMNS)
            writer.writeheader()
            writer.writerows(_lines([*(area.code for area in areas), EVERY_AREA], today))
        import_population(file, by=by)


def _lines(codes: Iterable[str], today: date) -> Iterator[dict[str, str]]:
    codes = list(codes)
    for theme, kind, name, unit, years in FIGURES:
        for back, values in enumerate(years):
            year = today.year - 1 - back
            for code, value in zip(codes, values, strict=True):
                yield {
                    "area": code, "theme": theme, "kind": kind, "name": name, "value": value, "unit": unit,
                    "period": f"{year - 1}-{year % 100:02}", "source": INVENTED,
                    "source_date": str(today - timedelta(days=60 + 365 * back)), "note": "",
                }  # fmt: skip
