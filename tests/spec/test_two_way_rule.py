"""A withheld cell must not be what several lines leave over: stage by audience, as tables that can be read."""

import pytest

from feedback.disclosure.blocks import Group, Stratum
from feedback.disclosure.rules import Table
from tests.unit.disclosure.cases import close_all, counts_of


def read(written):
    """A table with a line for each stage, under the names of the audiences; `w` for a cell that is withheld."""
    head, *lines = written.strip().splitlines()
    rows = ((stage, cells) for stage, *cells in map(str.split, lines))
    return {
        (stage, audience): cell for stage, cells in rows for audience, cell in zip(head.split(), cells, strict=True)
    }


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
            plan      20     12     15
            review     4     12     33
            leaving   40     20     33
            """,
            """
                    8-11  12-17  18-25
            plan       w      w     15
            review     w      w     33
            leaving   40     20     33
            """,
            "with the 12 of plan shown, the 12 of review follows from its column, and the 4 from 16 - 12",
        ),
        (
            """
                    8-11  12-17  18-25
            plan      33      0     20
            review    30      3     30
            leaving   30     12     20
            """,
            """
                    8-11  12-17  18-25
            plan      33      w     20
            review    30      w      w
            leaving   30      w      w
            """,
            "with the second 20 shown, the 12 follows from its row, and 15 - 12 gives the 3, together with nobody",
        ),
        (
            """
                    8-11  12-17  18-25
            plan      30     14     15
            review    15      4     11
            leaving   33     16     20
            """,
            """
                    8-11  12-17  18-25
            plan      30      w      w
            review    15      w      w
            leaving   33     16     20
            """,
            "four cells at the corners of a square can change places, so the lines alone are enough",
        ),
    ],
)
def test_no_small_cell_follows_from_several_lines(respondents, shown, because):
    assert closed(respondents) == read(shown), because


def test_a_cell_of_nobody_is_listed_like_a_small_one():
    windows = [
        close_all(
            counts_of([{}, {}, {}, {Stratum("plan", "", "8-11"): 40, Stratum("review", "", "12-17"): 30} | other])
        )
        for other in ({}, {Stratum("plan", "", "12-17"): 0})
    ]
    for *_, two_way in windows:
        assert {d.group: d.reason for d in two_way.decisions}[Group(stage="plan", audience="12-17")] == "too_few"
