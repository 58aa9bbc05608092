"""Worked examples of published scoring rules; which items make a scale of the SDQ is invented, because it is loaded."""

from decimal import Decimal

import pytest

from surveys.instrument.licensed_reading import read_licensed
from tests.unit.instrument.licensed_rows import numbered, rows

SDQ_ALL = "0 " * 25


def scored(record, answers):
    """The scores of answers in the order of the items: "2 1 . 0", where a dot was left out and ? is not scored."""
    licensed = read_licensed(numbered(rows(record)))
    given = dict(zip(licensed.about.items, answers.split(), strict=True))
    options = {item: "unsure" if one == "?" else f"o{one}" for item, one in given.items() if one != "."}
    return {score.scale: score.value for score in licensed.scores(options)}


@pytest.mark.parametrize(
    ("record", "answers", "scale", "value", "because"),
    [
        ("sdq", "2 1 1 . . " + "0 " * 20, "emotional", 7, "4 from 3 items is 6.67, which rounds to 7"),
        ("sdq", "2 1 . . . " + "0 " * 20, "emotional", None, "two of five are too few"),
        ("sdq", "2 1 . . . " + "0 " * 20, "total", None, "a component is missing"),
        ("sdq", "0 " * 20 + ". . . . .", "total", 10, "prosocial is not in the total; five turned items give 2 each"),
        ("sdq", "0 " * 20 + ". . . . .", "prosocial", None, "nothing of it was answered"),
        ("sdq", SDQ_ALL, "conduct", 2, "one turned item, 0 becomes 2"),
        ("sdq", "1 " * 25, "total", 20, "somewhat is 1 also where it is turned"),
        ("sdq", "1 0 1 0 . " + "0 " * 20, "emotional", 3, "2 from 4 items is 2.5, and halves go up"),
        ("swemwbs", "1 1 1 1 1 1 1", "wellbeing", "7.00", "the lowest"),
        ("swemwbs", "5 5 5 5 5 5 5", "wellbeing", "35.00", "the highest"),
        ("swemwbs", "3 3 3 3 3 3 3", "wellbeing", "19.25", "21 in the table"),
        ("swemwbs", "4 4 4 3 3 3 3", "wellbeing", "21.54", "24 in the table"),
        ("swemwbs", "3 3 3 3 3 3 .", "wellbeing", None, "only if all seven are answered"),
        ("who5", "0 0 0 0 0", "wellbeing", 0, "the lowest"),
        ("who5", "5 5 5 5 5", "wellbeing", 100, "25 times 4"),
        ("who5", "3 3 2 2 2", "wellbeing", 48, "12 times 4"),
        ("who5", "3 3 2 2 .", "wellbeing", None, "no rule for missing items is published"),
        ("ladder", "7", "life", 7, "one item is its own score"),
        ("ladder", ".", "life", None, "left out"),
        ("esq", "2 " * 12, "care", 18, "nine items of two"),
        ("esq", "? " + "2 " * 11, "care", None, "don’t know is not scored, so it is missing"),
        ("esq", "? " + "2 " * 11, "environment", 6, "and the other scale is not touched by it"),
        ("hassles", "2 " * 20 + "1 " * 20, "often", 40, "by the coding that was loaded"),
    ],
)
def test_a_worked_example(record, answers, scale, value, because):
    expected = None if value is None else Decimal(value)
    assert scored(record, answers)[scale] == expected, because
