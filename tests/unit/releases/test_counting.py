"""Counting people by how they answered comes to the same as counting them one by one, for any route and any answer."""

from __future__ import annotations

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
        st.dictionaries(st.sampled_from("abcd"), answers),
        st.sampled_from(["alone", "read_to_me", "", "nonsense"]),
        st.integers(0, 2**62),
    ),
    max_size=30,
)


@given(people)
def test_counting_by_ways_comes_to_the_same_as_one_by_one(everybody):
    counter, found, wanted = Counter(ROUTES), Sums(), Sums()
    for given_answers, helper, key in everybody:
        counter.add(given_answers, helper, key)
        count(wanted, ROUTES, given_answers, helper, key)
    counter.add_to(found)
    assert found == wanted
