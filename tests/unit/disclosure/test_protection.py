"""The noise and what it is added to: test vectors, P5 to P8, P11, P12, P14."""

import json
import random
from decimal import Decimal, getcontext
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.disclosure import protection
from feedback.disclosure.protection import ProtectionError, checksum, cut_points, noise, protect
from feedback.disclosure.rules import FLOOR, ProtectionRules
from feedback.disclosure.table import EMPTY, Tally, tally

SECRET = bytes(range(32))
keys = st.lists(st.integers(0, 2**32 - 1), max_size=40)


def drawn(keysum, *, n=1, base_key=0, question="", option=""):
    return noise(keysum, n=n, base_key=base_key, question=question, option=option, secret=SECRET, rules=FLOOR)


@pytest.mark.parametrize(("keysum", "moved"), [(123456789, -1), (4294967295, -3), (30064771065, -1), (1, 2)])
def test_the_vectors_of_the_specification(keysum, moved):
    assert drawn(keysum) == moved


@pytest.mark.parametrize(("question", "option", "moved"), [("q1", "no", 2), ("q1", "yes", 0), ("q2", "no", 0)])
def test_the_vectors_of_the_specification_for_empty_cells(question, option, moved):
    assert drawn(0, n=0, base_key=987654321, question=question, option=option) == moved


def test_the_kept_cut_points_are_those_of_the_distribution():
    """Worked out again in another way: by ratios of neighbouring probabilities instead of exponentials."""
    getcontext().prec = 80
    root = (Decimal(-1) / 8).exp()
    weights = [root ** (v * v) for v in range(-8, 9)]
    whole, running, cuts = sum(weights), Decimal(0), []
    for weight in weights:
        running += weight
        cuts.append(int((running / whole * 2**64).to_integral_value()))
    kept = json.loads((Path(protection.__file__).with_name("noise_cuts.json")).read_text())
    assert [int(cut) for cut in kept["cuts"]] == [*cuts[:-1], 2**64]
    assert kept["sha256"] == checksum(tuple(int(cut) for cut in kept["cuts"]))


@pytest.mark.parametrize(("value", "share"), [(0, 0.19947), (1, 0.17604), (2, 0.12099), (4, 0.02700), (8, 0.00007)])
def test_the_distribution_is_the_one_of_the_specification(value, share):
    cuts = (0, *cut_points(2.0, 8))
    assert (cuts[value + 9] - cuts[value + 8]) / 2**64 == pytest.approx(share, abs=6e-6)


def test_a_damaged_file_of_cut_points_stops_everything(monkeypatch, tmp_path):
    kept = json.loads(protection._CUT_FILE.read_text())
    kept["cuts"][3] = str(int(kept["cuts"][3]) + 1)
    damaged = tmp_path / "noise_cuts.json"
    damaged.write_text(json.dumps(kept))
    monkeypatch.setattr(protection, "_CUT_FILE", damaged)
    protection.cuts_of.cache_clear()
    try:
        with pytest.raises(ProtectionError, match="damaged"):
            drawn(1)
    finally:
        protection.cuts_of.cache_clear()


def test_the_noise_is_centred_and_as_wide_as_it_should_be():
    """P7, over 100,000 keys."""
    dice = random.Random(4)
    found = [drawn(dice.randrange(2**32)) for _ in range(100_000)]
    mean = sum(found) / len(found)
    assert abs(mean) < 0.02
    assert sum((e - mean) ** 2 for e in found) / len(found) == pytest.approx(4.0, abs=0.05)


def test_empty_cells_do_not_share_their_noise():
    """P6: 500 empty cells of different questions and options show at least five different values."""
    found = {drawn(0, n=0, base_key=7, question=f"q{n}", option=o) for n in range(250) for o in ("yes", "no")}
    assert len(found) >= 5


def test_empty_cells_of_different_populations_do_not_share_their_noise():
    """P6."""
    assert len({drawn(0, n=0, base_key=base, question="q", option="no") for base in range(500)}) >= 5


@given(keys, st.randoms())
def test_the_same_respondents_get_the_same_noise_whatever_table_and_order(record_keys, dice):
    """P5."""
    shuffled = list(record_keys)
    dice.shuffle(shuffled)
    one, other = tally(record_keys), tally(shuffled)
    assert one == other
    if record_keys:
        assert drawn(one.keysum, n=one.n, question="q1", option="a", base_key=1) == drawn(
            other.keysum, n=other.n, question="q9", option="b", base_key=2
        )


@given(st.dictionaries(st.sampled_from("abcdefg"), keys, min_size=1))
def test_protected_values_add_up_to_the_respondents(by_option):
    """P8."""
    tallies = {option: tally(found) for option, found in by_option.items()}
    values = protect(tallies, question="q", secret=SECRET, rules=FLOOR)
    assert sum(values.values()) == pytest.approx(sum(t.n for t in tallies.values()), abs=1e-9)


@given(st.dictionaries(st.sampled_from("abcdefg"), keys, min_size=1), st.floats(0, 500))
def test_a_question_after_certain_answers_adds_up_to_their_protected_value(by_option, base):
    tallies = {option: tally(found) for option, found in by_option.items()}
    values = protect(tallies, question="q", secret=SECRET, rules=FLOOR, respondents=base)
    assert sum(values.values()) == pytest.approx(base, abs=1e-9)


@given(keys, st.integers(0, 2**32 - 1))
def test_taking_back_leaves_the_tally_as_it_was(record_keys, key):
    """P11."""
    before = tally(record_keys)
    assert before.add(key).withdraw(key) == before


@given(keys, keys)
def test_areas_together_are_the_tally_of_everybody(one, other):
    """P12."""
    assert tally(one).merge(tally(other)) == tally([*one, *other])
    assert tally(one).merge(EMPTY) == tally(one)


def test_figures_differ_under_another_secret():
    tallies = {str(n): Tally(5, n * 977) for n in range(40)}
    one = protect(tallies, question="q", secret=SECRET, rules=FLOOR)
    other = protect(tallies, question="q", secret=bytes(32), rules=FLOOR)
    assert one != other


@pytest.mark.parametrize("secret", [b"", bytes(31), bytes(33)])
def test_a_secret_of_another_length_is_refused(secret):
    with pytest.raises(ProtectionError, match="32"):
        noise(1, n=1, base_key=0, question="", option="", secret=secret, rules=FLOOR)


def test_a_count_below_nought_is_refused():
    with pytest.raises(ProtectionError, match="below nought"):
        drawn(0, n=-1)


def test_a_question_without_options_is_refused():
    with pytest.raises(ProtectionError, match="no options"):
        protect({}, question="q", secret=SECRET, rules=FLOOR)


def test_wider_noise_is_worked_out_where_rules_are_stricter():
    strict = ProtectionRules(sd=3.0, bound=12)
    found = {noise(k, n=1, base_key=0, question="", option="", secret=SECRET, rules=strict) for k in range(3000)}
    assert max(found) > 8
