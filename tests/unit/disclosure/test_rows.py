"""Many groups at once: the same figures as one after another, bit for bit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.disclosure.protection import ProtectionError, protect, protect_several, rules_for_cells
from feedback.disclosure.rows import protect_rows, protect_several_rows
from feedback.disclosure.rules import FLOOR
from feedback.disclosure.table import Tally

SECRET = bytes(range(32))
OPTIONS = ("yes", "a_bit", "no", "did_not_answer", "naïve", "o6", "o7")
MOST_KEYS = 2**31 * (2**32 - 1)
# As tallies are: nobody has no keys, and many have up to as many as fit.
cells = st.one_of(
    st.just(Tally(0, 0)),
    st.builds(Tally, st.integers(1, 2**31), st.integers(0, MOST_KEYS)),
    st.builds(Tally, st.integers(1, 40), st.integers(0, 2**34)),
)


@st.composite
def tables(draw):
    """Some groups of one question, with so many options."""
    options = OPTIONS[: draw(st.integers(1, len(OPTIONS)))]
    row = st.lists(cells, min_size=len(options), max_size=len(options))
    return options, draw(st.lists(row, min_size=1, max_size=6))


def arrays(rows):
    return (
        np.array([[cell.n for cell in row] for row in rows], dtype=np.int64),
        np.array([[cell.keysum for cell in row] for row in rows], dtype=np.int64),
    )


def same(found, expected, options):
    """Not nearly: the same bits."""
    assert found.dtype == np.float64
    assert [[value.hex() for value in row] for row in found.tolist()] == [
        [values[option].hex() for option in options] for values in expected
    ]


@given(tables(), st.text(max_size=5), st.sampled_from([2, 3, 5]), st.booleans(), st.data())
def test_many_groups_at_once_are_protected_as_one_after_another(table, question, most_cells, has_bases, data):
    options, rows = table
    rows = [[cell if cell.keysum * len(options) < 2**63 else Tally(1, 7) for cell in row] for row in rows]
    bases = [data.draw(st.floats(0, 1e6)) for _ in rows] if has_bases else [None] * len(rows)
    rules = rules_for_cells(most_cells, FLOOR)
    expected = [
        protect(dict(zip(options, row, strict=True)), question=question, secret=SECRET, rules=rules, respondents=base)
        for row, base in zip(rows, bases, strict=True)
    ]
    n, keysum = arrays(rows)
    respondents = np.array(bases) if has_bases else None
    found = protect_rows(
        n, keysum, question=question, options=options, secret=SECRET, rules=rules, respondents=respondents
    )
    same(found, expected, options)


@given(tables(), st.integers(3, 9), st.integers(0, 2**63 - 1))
def test_where_several_can_be_chosen_too(table, most_cells, base_key):
    options, rows = table
    rules = rules_for_cells(most_cells, FLOOR)
    everybody = Tally(9, base_key)
    expected = [
        protect_several(
            dict(zip(options, row, strict=True)), everybody=everybody, question="q", secret=SECRET, rules=rules
        )
        for row in rows
    ]
    n, keysum = arrays(rows)
    base_keys = np.full(len(rows), base_key, dtype=np.int64)
    found = protect_several_rows(
        n, keysum, everybody=base_keys, question="q", options=options, secret=SECRET, rules=rules
    )
    same(found, expected, options)


@pytest.mark.parametrize(
    ("keysum", "moved"), [(123456789, -1), (4294967295, -3), (30064771065, -1), (1, 2)]
)  # fmt: skip
def test_the_vectors_of_the_specification(keysum, moved):
    """Where several can be chosen nothing is made to add up, so what is left is the noise."""
    found = protect_several_rows(
        np.array([[5]]), np.array([[keysum]]), everybody=np.array([keysum]), question="q", options=("yes",),
        secret=SECRET, rules=FLOOR,
    )  # fmt: skip
    assert found.tolist() == [[5 + moved]]


def test_the_vectors_of_the_specification_for_empty_cells():
    nobody = np.zeros((1, 2), dtype=np.int64)
    base = {"everybody": np.array([987654321]), "options": ("no", "yes"), "secret": SECRET, "rules": FLOOR}
    assert protect_several_rows(nobody, nobody, question="q1", **base).tolist() == [[2, 0]]
    assert protect_several_rows(nobody, nobody, question="q2", **base).tolist()[0][0] == 0


@pytest.mark.parametrize(
    ("n", "keysum", "options", "secret", "said"),
    [
        ([[-1]], [[0]], ("a",), SECRET, "count is below nought"),
        ([[1]], [[-5]], ("a",), SECRET, "sum of keys is below nought"),
        ([[1]], [[5]], ("a",), bytes(31), "32"),
        (np.zeros((1, 0)), np.zeros((1, 0)), (), SECRET, "no options"),
    ],
)
def test_what_cannot_be_right_is_refused(n, keysum, options, secret, said):
    with pytest.raises(ProtectionError, match=said):
        protect_rows(
            np.array(n, dtype=np.int64), np.array(keysum, dtype=np.int64), question="q", options=options,
            secret=secret, rules=FLOOR,
        )  # fmt: skip
