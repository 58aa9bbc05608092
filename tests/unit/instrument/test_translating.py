"""How far a translation is, and what changed in the English since."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.instrument.translating import Made, State, cannot_stand, changes, state_of


@pytest.mark.parametrize(
    ("words", "made", "all_checked", "state"),
    [
        ("", None, True, State.NOT_BEGUN),
        ("Ie", None, False, State.DRAFTED),
        ("Ie", None, True, State.CHECKED),
        ("Ie", Made("Yes", "Ie", is_checked=False), True, State.DRAFTED),
        ("Ie", Made("Yes", "Ie", is_checked=True), False, State.CHECKED),
        ("Oes", Made("Yes", "Ie", is_checked=True), False, State.DRAFTED),
        ("Ie", Made("Yeah", "Ie", is_checked=True), True, State.CHANGED),
    ],
)
def test_how_far_a_text_is(words, made, all_checked, state):
    assert state_of("Yes", words, made, all_checked=all_checked) is state


TEXTS = st.lists(st.sampled_from(["do", "you", "feel", "safe", "now?"]), max_size=8).map(" ".join)


@given(TEXTS, TEXTS)
def test_both_versions_can_be_read_from_what_changed(before, now):
    parts = changes(before, now)
    assert " ".join(part.words for part in parts if part.was) == before
    assert " ".join(part.words for part in parts if part.is_now) == now
    assert all(part.was or part.is_now for part in parts)


@pytest.mark.parametrize(
    ("english", "words", "why"),
    [
        ("Yes", "Ie", ""), ("Yes", "x" * 11, "11 letters; 10"), ("Yes", "a\0", "cannot be shown"),
        ("Hi ${name}", "Helo", "${name}"), ("Hi %(a)s", "%(a)s!", ""), ("Hi", "Hi {x}", "none"),
    ],
)  # fmt: skip
def test_what_cannot_stand_beside_the_english(english, words, why):
    said = cannot_stand(english, words, 10)
    assert why in said
    assert bool(said) == bool(why)
