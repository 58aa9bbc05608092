"""What the attack suite does in a quick way comes to the same as the plain way, for any lines."""

from types import SimpleNamespace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from feedback.disclosure.attack_algebra import _side_by_side
from feedback.disclosure.attack_direct import repeated
from feedback.disclosure.attack_lines import Line, one_for_each_place
from feedback.disclosure.attack_worst_case import different_lines
from feedback.disclosure.blocks import Group, Period, Quarter
from feedback.disclosure.figures import ShownCell
from feedback.disclosure.rules import Table

FIRST, SECOND = Quarter(2025, 1), Quarter(2025, 2)
periods = st.sampled_from([Period(FIRST, FIRST), Period(FIRST, SECOND)])
groups = st.sampled_from([Group(), Group(stage="plan"), Group(stage="leaving")])
cells = st.builds(lambda count: ShownCell("yes", count, "", None, None, None, None, ""), st.sampled_from([None, 1.0]))
lines = st.lists(
    st.builds(
        Line,
        st.sampled_from(["first", "second"]),
        st.sampled_from(["area", None]),
        periods,
        st.just(Table.STAGE),
        groups,
        st.sampled_from([None, 10.0, 11.0]),
        st.lists(cells, max_size=2).map(tuple),
    ),
    max_size=25,
)
figures = st.lists(st.lists(st.sampled_from([-0.001, 0.0, 0.001, 0.1, np.nan]), min_size=2, max_size=2), max_size=8)


@given(lines)
def test_each_place_is_kept_once_for_each_set_of_values(some):
    assert one_for_each_place(some) == list({(line.place, line.cells): line for line in some}.values())


@given(lines)
def test_places_printed_otherwise_are_counted_once(some):
    values = {}
    for line in some:
        values.setdefault((line.question, *line.place), set()).add((line.base, line.cells))
    found = repeated(some)
    assert (found.targets, found.claims) == (len(values), sum(len(printed) > 1 for printed in values.values()))


@given(figures, st.data())
def test_lines_of_the_same_people_printed_alike_are_one(filled, data):
    shown = data.draw(st.lists(st.lists(st.sampled_from([0.0, 1.0]), min_size=3, max_size=3), min_size=len(filled),
                               max_size=len(filled)))  # fmt: skip
    shown, filled = np.array(shown).reshape(-1, 3), np.array(filled).reshape(-1, 2)
    people = np.array([1, 0, 2])
    population = SimpleNamespace(
        shown=shown, people=people, questions=[SimpleNamespace(question="first", filled=filled)]
    )
    found = different_lines(population)["first"].tolist()
    rows = np.hstack([shown[:, people > 0], np.nan_to_num(filled, nan=-99.0)]).round(2)
    assert found == sorted(np.unique(rows, axis=0, return_index=True)[1].tolist())


@given(st.lists(st.lists(st.sampled_from([0.0, 1.0, -1.0]), min_size=3, max_size=3), max_size=4), st.integers(1, 5))
def test_blocks_stand_along_the_diagonal(rows, times):
    block = sparse.csr_matrix(np.array(rows, dtype=float).reshape(-1, 3))
    assert (_side_by_side(block, times).toarray() == sparse.block_diag([block] * times).toarray()).all()
