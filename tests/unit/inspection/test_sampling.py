"""Inspection samples are exactly what part B of the study allows, checked against the plainest way of saying it."""

import random
from collections import Counter
from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.inspection import sampling
from feedback.inspection.sampling import Form, NoSample, Respondent, draw

KEY = bytes(range(32))
QUESTIONS = tuple(f"q{n}" for n in range(12))


def people(many, *, seed=0, forms=("young", "old"), questions=QUESTIONS, values=("a", "b", "c")):
    """An invented population: two groups, several forms, some blanks."""
    dice = random.Random(seed)
    return [
        Respondent(
            key=dice.randbytes(16),
            form=dice.choice(forms),
            groups=(dice.choice(["first", "later"]), dice.choice(["under", "over"])),
            answers={q: dice.choice(values) for q in questions if dice.random() < 0.9},
        )
        for _ in range(many)
    ]


def singles(*questions):
    return tuple((q,) for q in questions)


FORMS = {"young": Form("child", singles(*QUESTIONS[:7])), "old": Form("child", singles(*QUESTIONS[5:]))}
SAME = {"young": Form("child", singles(*QUESTIONS)), "old": Form("child", singles(*QUESTIONS))}


@pytest.mark.parametrize(("respondents", "size"), [(100, 10), (109, 10), (110, 11), (499, 49), (500, 50), (9000, 50)])
def test_one_in_ten_and_at_most_fifty(respondents, size):
    assert sampling.sample_size(respondents) == size


@pytest.mark.parametrize("many", [0, 1, 99])
def test_nothing_is_drawn_from_fewer_than_a_hundred(many):
    with pytest.raises(NoSample):
        draw(people(many), FORMS, key=KEY)


@given(st.integers(100, 260), st.integers(0, 10**6), st.binary(min_size=32, max_size=32))
def test_the_lowest_keyed_hashes_are_drawn_whatever_the_order(many, seed, key):
    population = people(many, seed=seed)
    hashes = {one.key: sampling._hash(key, b"draw", one.key) for one in population}
    size = min(50, many // 10)
    drawn = sampling.chosen(population, size=size, key=key)
    out = [one for one in population if one not in drawn]
    assert len(drawn) == size
    assert max(hashes[one.key] for one in drawn) <= min(hashes[one.key] for one in out)
    shuffled = random.Random(seed + 1).sample(population, many)
    assert draw(shuffled, FORMS, key=key) == draw(population, FORMS, key=key)


def oracle_classes(population, sheet):
    asked = [one for one in population if one.form in sheet.forms]
    return asked, {
        values: [one for one in asked if tuple(one.groups[place] for place in sheet.groups) == values]
        for values in {tuple(one.groups[place] for place in sheet.groups) for one in asked}
    }


@settings(max_examples=25)
@given(st.integers(100, 700), st.integers(0, 10**6), st.sampled_from([FORMS, SAME]), st.sampled_from(["ab", "abcde"]))
def test_every_sheet_keeps_every_rule(many, seed, forms, values):
    population = people(many, seed=seed, values=tuple(values))
    sample = draw(population, forms, key=KEY)
    drawn = sampling.chosen(population, size=sample.size, key=KEY)
    for sheet in sample.sheets:
        assert 1 <= len(sheet.questions) <= 5
        everybody, classes = oracle_classes(population, sheet)
        is_of_all = set(sheet.forms) == set(forms)
        assert len(sheet.groups) <= (2 if is_of_all else 1)
        for members in [everybody, *classes.values()]:
            assert len(members) >= 10
            for q in sheet.questions:
                assert len({one.answers[q] for one in members if q in one.answers}) >= 2
        of_sheet = [one for one in drawn if one.form in sheet.forms]
        assert len(sheet.rows) == len(of_sheet) >= 5
        shown = Counter(row.groups for row in sheet.rows)
        assert shown == Counter(tuple(one.groups[place] for place in sheet.groups) for one in of_sheet)
        assert all(n >= 5 for n in shown.values())
        for place, q in enumerate(sheet.questions):
            said = {one.answers.get(q, "") for one in everybody}
            assert {row.answers[place] for row in sheet.rows} <= said
    asked = {q for form in forms.values() for (q,) in form.units}
    assert {q for sheet in sample.sheets for q in sheet.questions} | set(sample.left_out) == asked


@settings(max_examples=25)
@given(st.integers(100, 400), st.integers(0, 10**6), st.sampled_from([FORMS, SAME]))
def test_groups_have_two_values_and_nothing_on_a_sheet_says_whose_a_row_is(many, seed, forms):
    """What is on a sheet is its questions, codes of answers and at most two values of two; no key, number or place."""
    population = people(many, seed=seed)
    offered = {value for one in population for value in (*one.answers.values(), "")}
    for sheet in draw(population, forms, key=KEY).sheets:
        assert {field.name for field in fields(sheet)} == {"voice", "forms", "questions", "groups", "rows"}
        for row in sheet.rows:
            assert {field.name for field in fields(row)} == {"groups", "answers"}
            assert set(row.answers) <= offered
        for place in range(len(sheet.groups)):
            assert len({row.groups[place] for row in sheet.rows}) <= 2
            assert len({one.groups[sheet.groups[place]] for one in population if one.form in sheet.forms}) == 2


@settings(max_examples=25)
@given(st.integers(100, 300), st.integers(0, 10**6), st.binary(min_size=32, max_size=32))
def test_the_order_of_one_sheet_tells_nothing_of_the_order_of_another(many, seed, key):
    """Whoever guesses that the same place is the same person is right as often as by chance: about once a sheet."""
    population = [
        Respondent(one.key, one.form, ("", ""), {q: one.key.hex() for q in QUESTIONS})
        for one in people(many, seed=seed, forms=("young",))
    ]
    first, *others = draw(population, SAME, key=key).sheets
    for other in others:
        same = sum(
            Counter(a.answers).most_common(1)[0][0] == Counter(b.answers).most_common(1)[0][0]
            for a, b in zip(first.rows, other.rows, strict=True)
        )
        assert same <= 9  # of 10 to 30 rows; with one expected, ten happen once in ten million sheets


@settings(max_examples=25)
@given(st.integers(100, 300), st.integers(0, 10**6))
def test_who_is_drawn_depends_on_no_answer_group_or_form(many, seed):
    population = people(many, seed=seed)
    size = sampling.sample_size(many)
    others = [Respondent(one.key, "old", ("x", "y"), {}) for one in population]
    drawn, again = (sampling.chosen(some, size=size, key=KEY) for some in (population, others))
    assert [one.key for one in drawn] == [one.key for one in again]


def test_one_answer_in_ten_is_replaced_and_no_more():
    population = people(900, forms=("young",))
    # Each answer is somebody's own, so a replaced one is seen.
    population = [
        Respondent(one.key, one.form, one.groups, {q: one.key.hex() + q for q in QUESTIONS}) for one in population
    ]
    sample = draw(population, SAME, key=KEY)
    drawn = {one.key.hex() for one in sampling.chosen(population, size=50, key=KEY)}
    shown = [answer[:32] for sheet in sample.sheets for row in sheet.rows for answer in row.answers]
    own = sum(name in drawn for name in shown)
    assert len(shown) == 50 * len(QUESTIONS)
    assert 0.85 < own / len(shown) < 0.95


def test_sheets_are_in_orders_of_their_own():
    population = [
        Respondent(one.key, one.form, one.groups, {q: one.key.hex() for q in QUESTIONS})
        for one in people(800, forms=("young",))
    ]
    first, second, third = draw(population, SAME, key=KEY).sheets
    orders = [[Counter(row.answers).most_common(1)[0][0] for row in sheet.rows] for sheet in (first, second, third)]
    # All but those of whom more than one answer was replaced on a sheet are found on each.
    assert len(set(orders[0]) & set(orders[1]) & set(orders[2])) > 40
    same_place = [sum(a == b for a, b in zip(orders[0], other, strict=True)) for other in orders[1:]]
    assert max(same_place) <= 6


def test_the_same_record_gives_the_same_bytes_and_another_key_another_sample():
    population = people(300)
    again = [sampling.written([draw(population, FORMS, key=KEY).size, repr(draw(population, FORMS, key=KEY))])]
    assert again[0] == sampling.written([30, repr(draw(list(reversed(population)), FORMS, key=KEY))])
    assert draw(population, FORMS, key=bytes(32)) != draw(population, FORMS, key=KEY)
    mark = sampling.mark_of_population(population, FORMS, key=KEY)
    assert mark == sampling.mark_of_population(list(reversed(population)), FORMS, key=KEY)
    assert mark != sampling.mark_of_population(population[1:], FORMS, key=KEY)


def test_a_sample_drawn_long_ago_is_drawn_the_same_today():
    """Whoever changes how samples are drawn gives the method another number: old records must stay true."""
    sample = draw(
        people(130, questions=QUESTIONS[:3]), {f: Form("child", singles("q0", "q1", "q2")) for f in FORMS}, key=KEY
    )
    assert sampling.METHOD == 1
    assert sampling.mark_of(repr(sample).encode(), key=KEY) == "68bfe4d94ab352bed74c80ce001b096e"


def with_groups(population, groups):
    return [Respondent(one.key, one.form, groups(one), one.answers) for one in population]


def test_a_group_with_a_small_class_is_blank_for_all_and_the_other_is_shown():
    population = people(600)
    few = {one.key for one in population[:9]}
    population = with_groups(population, lambda one: ("few" if one.key in few else "many", one.groups[1]))
    assert {sheet.groups for sheet in draw(population, SAME, key=KEY).sheets} == {(1,)}


def test_a_group_in_which_all_say_the_same_is_blank_on_that_sheet_only():
    population = [
        Respondent(
            one.key,
            one.form,
            one.groups,
            {**one.answers, "q0": "same" if one.groups[0] == "first" else one.answers.get("q0", "")},
        )
        for one in people(900)
    ]
    first, *others = draw(population, SAME, key=KEY).sheets
    assert "q0" in first.questions
    assert first.groups == (1,)
    assert {sheet.groups for sheet in others} == {(0, 1)}


def test_a_group_of_three_values_is_never_shown():
    dice = random.Random(4)
    population = with_groups(people(800), lambda one: (dice.choice("xyz"), "same"))
    assert {sheet.groups for sheet in draw(population, SAME, key=KEY).sheets} == {()}


def test_two_voices_are_never_on_one_sheet():
    forms = {"young": Form("child", singles("q1", "q2")), "old": Form("parent", singles("q1", "q2"))}
    sheets = draw(people(400), forms, key=KEY).sheets
    assert [(sheet.voice, sheet.forms) for sheet in sheets] == [("parent", ("old",)), ("child", ("young",))]


def test_what_was_asked_of_few_is_left_out():
    population = people(300, forms=("young",))
    population = [
        Respondent(one.key, "old", one.groups, one.answers) if place < 9 else one
        for place, one in enumerate(population)
    ]
    sample = draw(population, FORMS, key=KEY)
    assert set(sample.left_out) >= set(QUESTIONS[7:])
    assert all(sheet.forms != ("old",) for sheet in sample.sheets)


def test_questions_of_one_route_stand_on_one_sheet():
    forms = dict.fromkeys(FORMS, Form("child", (("q0",), ("q1",), ("q2", "q3", "q4", "q5"), ("q6",))))
    assert [s.questions for s in draw(people(500), forms, key=KEY).sheets] == [
        ("q0", "q1"),
        ("q2", "q3", "q4", "q5", "q6"),
    ]


@pytest.mark.parametrize("key", [b"", bytes(31), bytes(33)])
def test_another_length_of_key_is_refused(key):
    with pytest.raises(ValueError, match="it must have 32"):
        draw(people(100), FORMS, key=key)


def test_a_key_used_twice_and_an_unknown_form_are_refused():
    population = people(100)
    with pytest.raises(ValueError, match="same key"):
        draw([*population, population[0]], FORMS, key=KEY)
    with pytest.raises(ValueError, match="no form"):
        draw(population, {"young": FORMS["young"]}, key=KEY)


def test_method_and_precision_are_said_from_the_numbers():
    said = sampling.method_and_precision(size=33, respondents=330, rows=[33, 25])
    assert "Of at least 330 people who answered, 33 were drawn" in said
    assert "One answer in 10 was replaced" in said
    assert "within 18 to 20 percentage points" in said
    assert "percentage points" not in sampling.method_and_precision(size=10, respondents=100, rows=[])
    assert sampling.respondents_said(339) == 330
