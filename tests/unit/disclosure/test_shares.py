"""The share of several answers together: a sum of stored values, masked again, with a range of its own."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.disclosure.figures import DID_NOT_ANSWER, Figure, share_of, show
from feedback.disclosure.protection import protect
from feedback.disclosure.rules import FLOOR
from feedback.disclosure.table import Tally

SECRET = bytes(range(32))
OPTIONS = ("yes", "sometimes", "no", "rather_not_say", DID_NOT_ANSWER)
counts = st.fixed_dictionaries({option: st.integers(0, 300) for option in OPTIONS})


def protected(numbers, question="q"):
    tallies = {option: Tally(n, n * 7919 + place) for place, (option, n) in enumerate(numbers.items())}
    values = protect(tallies, question=question, secret=SECRET, rules=FLOOR)
    return Figure(values, sum(numbers.values()), 1)


@given(counts)
def test_the_share_of_one_answer_is_the_cell_that_is_shown_but_for_its_count(numbers):
    figure = protected(numbers)
    for cell in show(figure, FLOOR):
        if cell.option != DID_NOT_ANSWER:
            share = share_of(figure, [cell.option], FLOOR)
            assert share.count is None
            assert (share.percent, share.low, share.high, share.low_all, share.high_all, share.reason) == (
                cell.percent, cell.low, cell.high, cell.low_all, cell.high_all, cell.reason,
            )  # fmt: skip


@given(counts, st.sets(st.sampled_from(OPTIONS[:4]), min_size=1, max_size=3))
def test_a_sum_is_masked_again(numbers, options):
    figure = protected(numbers)
    share = share_of(figure, sorted(options), FLOOR)
    total = sum(figure.values[option] for option in options)
    if figure.answered < FLOOR.smallest_group:
        assert share.reason == "too_few_answered"
    elif total < FLOOR.mask or total > figure.answered - FLOOR.mask:
        assert share.percent.startswith(("under", "over"))
        assert (share.low, share.high, share.low_all, share.high_all) == (None,) * 4
    assert share.percent not in {"0", "100"}


@given(counts, st.sets(st.sampled_from(OPTIONS[:4]), min_size=1, max_size=3))
def test_the_range_of_a_sum_holds_the_share_and_sampling_makes_it_wider(numbers, options):
    share = share_of(protected(numbers), sorted(options), FLOOR)
    if share.low is not None:
        assert share.low_all <= share.low <= share.high <= share.high_all
        if share.percent.isdigit():
            assert share.low - 1 <= int(share.percent) <= share.high + 1


def test_a_sum_of_many_answers_is_masked_further_because_its_noise_is_larger():
    """Else a share of seven in ten would too often be printed as nearly everybody."""
    values = {str(step): 0.0 for step in range(11)} | {"9": 16.0, "10": 16.0, "2": 7.0, DID_NOT_ANSWER: 0.0}
    share = share_of(Figure(values, 39.0, 1), ["7", "8", "9", "10"], FLOOR)
    assert share.percent == "over 76"
    assert share_of(Figure(values, 39.0, 1), ["2"], FLOOR).percent == "18"


def test_few_people_get_a_word():
    assert share_of(protected({"yes": 4, "sometimes": 4, "no": 6, "rather_not_say": 0, DID_NOT_ANSWER: 0}),
                    ["yes", "sometimes"], FLOOR).percent in {"few", "about half", "most"}  # fmt: skip


@pytest.mark.parametrize("base", [25, 60, 200])
def test_the_noise_range_of_a_sum_holds_the_true_share_as_often_as_it_says(base):
    """A2 rule 6: measured coverage of the noise range is 94 % and more from 20 answers on."""
    dice = random.Random(base)
    held = shown = 0
    for number in range(1500):
        chosen = [dice.choices(OPTIONS, (40, 20, 25, 5, 10))[0] for _ in range(base)]
        numbers = {option: chosen.count(option) for option in OPTIONS}
        tallies = {option: Tally(n, dice.getrandbits(40)) for option, n in numbers.items()}
        values = protect(tallies, question=f"q{number}", secret=SECRET, rules=FLOOR)
        share = share_of(Figure(values, base, 1), ["yes", "sometimes"], FLOOR)
        if share.low is not None:
            true = 100 * (numbers["yes"] + numbers["sometimes"]) / (base - numbers[DID_NOT_ANSWER])
            shown += 1
            held += share.low <= true <= share.high
    assert shown > 1000
    assert held / shown > 0.93
