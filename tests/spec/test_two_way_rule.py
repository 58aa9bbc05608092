"""A withheld cell must not be what several lines leave over: stage by audience, as tables that can be read."""

import pytest

from feedback.disclosure.blocks import Group, Stratum
from feedback.disclosure.rules import Table
from tests.unit.disclosure.cases import close_all, counts_of


def read(written):
    """A table with a line for each stage, under the names of the audiences; `w` for a cell that is withheld."""
    head, *lines = written.strip().splitlines()
    rows = ((stage, cells) for stage, *cells in map(str.split, lines))
    return {(stage, audience): cell for stage, cells in rows for audience, cell in zip(head.split(), cells, strict=True)}


def closed(respondents):
    """The last window of an area where this is the whole year: stage by audience, as a table of the same form."""
    cells = {Stratum(stage, "", audience): int(n) for (stage, audience), n in read(respondents).items()}
    window = close_all(counts_of([{}, {}, {}, {stratum: n for stratum, n in cells.items() if n}]))[-1]
    assert window.table is Table.STAGE_AUDIENCE
    return {(d.group.stage, d.group.audience): "w" if d.reason else str(d.respondents) for d in window.decisions}


@pytest.mark.parametrize(
    ("respondents", "shown", "because"),
    [
        (
            """
                    8-11  12-17
            plan      30     12
            review    12     10
            """,
            """
                    8-11  12-17
            plan      30     12
            review    12     10
            """,
            "every cell is large enough",
        ),
        (
            """
                    8-11  12-17
            plan      30     12
            review    12      3
            """,
            """
                    8-11  12-17
            plan       w      w
            review     w      w
            """,
            "with 30 shown, plan has 42 - 30 = 12 aged 12-17, and 15 - 12 would give back the 3",
        ),
        (
            """
                    8-11  12-17  18-25
            plan      30     25     20
            review    12     11      4
            leaving   10     24     30
            """,
            """
                    8-11  12-17  18-25
            plan       w     25      w
            review     w     11      w
            leaving    w     24      w
            """,
            "the 10, the 20 and the 30 go one after the other, until the 4 can change places with others",
        ),
        (
            """
                    8-11  12-17  18-25
            plan      30     14     13
            review    12      4     11
            leaving   15     16      0
            """,
            """
                    8-11  12-17  18-25
            plan      30      w      w
            review    12      w      w
            leaving   15      w      w
            """,
            "the 4 can change places with the 0, of which nobody knows that it is none",
        ),
    ],
)
def test_no_small_cell_follows_from_several_lines(respondents, shown, because):
    assert closed(respondents) == read(shown), because


def test_a_cell_of_nobody_is_listed_like_a_small_one():
    windows = [
        close_all(counts_of([{}, {}, {}, {Stratum("plan", "", "8-11"): 40, Stratum("review", "", "12-17"): 30} | other]))
        for other in ({}, {Stratum("plan", "", "12-17"): 0})
    ]
    for *_, two_way in windows:
        assert {d.group: d.reason for d in two_way.decisions}[Group(stage="plan", audience="12-17")] == "too_few"
