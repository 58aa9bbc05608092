"""A withheld group must not be what is left over: the remainder rule as a table that can be read."""

import pytest

from feedback.disclosure.rules import FLOOR, line_rule


def read(line):
    """`visits 41 | meetings 12` as numbers by group; `w` after a group says that it is withheld."""
    return dict(part.split() for part in line.split("|"))


@pytest.mark.parametrize(
    ("respondents", "shown", "because"),
    [
        ("visits 41 | meetings 12 | reviews 14", "visits 41 | meetings 12 | reviews 14", "every group is large enough"),
        (
            "visits 41 | meetings 12 | reviews 4",
            "visits 41 | meetings w | reviews w",
            "57 - 41 - 12 would give back the 4",
        ),
        ("visits 41 | meetings 9 | reviews 4", "visits 41 | meetings w | reviews w", "13 left over is enough"),
        ("visits 41 | meetings 5 | reviews 4", "visits w | meetings w | reviews w", "9 left over is too few"),
        (
            "visits 41 | meetings 0 | reviews 12",
            "visits 41 | meetings w | reviews 12",
            "nobody can be worked out of a nought",
        ),
        ("visits 10 | meetings 10 | reviews 1", "visits 10 | meetings w | reviews w", "11 left over is enough"),
        ("visits 9", "visits w", "under ten is never shown"),
        ("visits 10", "visits 10", "ten may be shown"),
    ],
)
def test_the_smallest_shown_group_is_withheld_too(respondents, shown, because):
    bases = {name: int(value) for name, value in read(respondents).items()}
    expected = {name for name, value in read(shown).items() if value != "w"}
    assert line_rule(bases, FLOOR) == expected, because
