"""Counting people by how they answered comes to the same as counting them one by one, for any route and any answer."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from feedback.releases.counting import Counter, Sums, count, routes_of
from feedback.releases.questions import DID_NOT_ANSWER, Base, CountedQuestion

CODES = ("yes", "no", "1")
ASKED_FIRST = CountedQuestion("first", (*CODES, DID_NOT_ANSWER), "a")
AFTER_IT = CountedQuestion("second", (*CODES, DID_NOT_ANSWER), "b", (Base("first", frozenset({"yes", "1"})),))
AT_THE_END = CountedQuestion(
    "third", (*CODES, DID_NOT_ANSWER), "c", (*AFTER_IT.leads, Base("second", frozenset({"no"}))), several=True
)
SEVERAL = CountedQuestion("several", (*CODES, DID_NOT_ANSWER), "d", several=True)
WHO = CountedQuestion("who", ("alone", DID_NOT_ANSWER), asks_who_was_there=True)
ROUTES = routes_of((ASKED_FIRST, AFTER_IT, AT_THE_END, SEVERAL, WHO))

codes = st.sampled_from(CODES)
# What is stored is a code or several; what should never be there must not be taken for something else either.
answers = st.one_of(codes, st.lists(codes, max_size=3), st.sampled_from([None, "", 1, True, 0, "['yes']"]))
people = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.dictionaries(st.sampled_from("abcd"), answers),
        st.sampled_from(["alone", "read_to_me", "", "nonsense"]),
        st.integers(0, 2**32 - 1),
    ),
    max_size=30,
)


@given(people, st.integers(1, 30))
def test_counting_many_by_ways_comes_to_the_same_as_one_by_one(everybody, at_once):
    counter, wanted = Counter(ROUTES), defaultdict(Sums)
    for place, given_answers, helper, key in everybody:
        count(wanted[place], ROUTES, given_answers, helper, key)
    for start in range(0, len(everybody), at_once):
        places, given_answers, helpers, keys = zip(*everybody[start : start + at_once], strict=True)
        counter.add(places, given_answers, helpers, keys)
    assert _added(counter) == wanted


def _added(counter):
    found = defaultdict(Sums)
    for place, cell, n, keysum in counter.sums():
        sums = found[place].setdefault(cell, [0, 0])
        sums[0] += n
        sums[1] += keysum
    return found


def test_sums_of_keys_are_exact_however_many_answer():
    counter, largest = Counter(ROUTES), 2**32 - 1
    for _ in range(3):
        counter.add([0] * 1000, [{"a": "yes"}] * 1000, ["alone"] * 1000, [largest] * 1000)
    assert _added(counter)[0]["first", "yes"] == [3000, 3000 * largest]
