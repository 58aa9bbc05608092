"""What was counted is what the vault holds, bit for bit; and where it is not, the command says where."""

import random
import uuid
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from benchmarks import invented
from feedback.anonymisation.actions import erase_withdrawn, sweep
from feedback.anonymisation.erasing import erase_old_answers
from feedback.anonymisation.models import CodedResponse, Linkage
from feedback.disclosure.blocks import Quarter
from feedback.releases.models import BlockTally
from surveys.responses.actions import Place, new_response, record, withdraw
from surveys.responses.models import Response
from surveys.responses.receipts import receipt_of
from tests.factories import asking
from tests.factories.stored import store, stored
from tests.integration.releases.releasing import Q1, release

pytestmark = pytest.mark.django_db
FIRST, SECOND = date(2025, 2, 3), date(2025, 5, 6)
EVERYTHING = "north 2025Q1: The same, bit for bit."


@pytest.fixture
def wave():
    north = asking.area("north")
    invented.frame(north)
    # Nobody has to read anything: there is no question in words.
    return asking.open_wave(*(item for item in invented.items() if item.is_closed), of=north)


def answered(wave, on, n=30):
    """So many answer: routed questions, several answers, all ways out."""
    dice = random.Random(f"{on}")
    closed = [item for item in invented.items() if item.is_closed]
    found = []
    for _ in range(n):
        found.append(
            new_response(
                uuid.uuid4(), wave=wave, edition=wave.edition, place=Place(wave.area_id),
                answers=invented.answers(closed, dice), language="en",
                helper=dice.choice(invented.HELPERS), on=on,
            )
        )  # fmt: skip
        assert record(found[-1])
    return found


def proved(**options):
    out = StringIO()
    try:
        call_command("prove_tallies", stdout=out, **options)
    except CommandError as problem:
        return out.getvalue().splitlines(), str(problem)
    return out.getvalue().splitlines(), ""


def test_what_is_open_and_what_is_frozen_are_the_same_bit_for_bit(wave):
    answered(wave, FIRST), answered(wave, SECOND)
    sweep()
    assert proved() == ([EVERYTHING, EVERYTHING.replace("Q1", "Q2")], "")
    release(wave.area, Q1)
    assert BlockTally.objects.exists()
    assert proved(area="north") == ([EVERYTHING, EVERYTHING.replace("Q1", "Q2")], "")


def test_a_frozen_tally_that_was_changed_by_one_is_found_and_named(wave):
    answered(wave, FIRST)
    sweep()
    release(wave.area, Q1)
    block = BlockTally.objects.get(question="respect")
    options = block.tallies[0][3]
    some = next(iter(options))
    options[some][1] += 1
    block.save()
    lines, problem = proved()
    assert lines == ["north 2025Q1: DIFFERS in respect."]
    assert "north" in problem
    assert "When tallies differ" in problem


def test_one_more_in_a_frozen_tally_is_no_withdrawal_if_nobody_took_anything_back(wave):
    answered(wave, FIRST)
    sweep()
    release(wave.area, Q1)
    block = BlockTally.objects.get(question="respect")
    options = block.tallies[0][3]
    some = next(iter(options))
    options[some] = [options[some][0] + 1, options[some][1] + 77]
    block.save()
    assert proved()[0] == ["north 2025Q1: DIFFERS in respect."]


@pytest.mark.parametrize(
    ("field", "value"), [("record_key", 5), ("stage", "plan"), ("audience", "AGE_12_17"), ("answers", {})]
)
def test_a_coded_response_that_is_not_what_the_vault_gives_is_found(wave, field, value):
    answered(wave, FIRST)
    sweep()
    CodedResponse.objects.filter(pk=CodedResponse.objects.counted().first().pk).update(**{field: value})
    lines, problem = proved()
    assert "DIFFERS in" in lines[0]
    assert "CODED OTHERWISE" in lines[0]
    assert problem


def test_a_response_that_is_counted_nowhere_is_found(wave):
    answered(wave, FIRST)
    sweep()
    CodedResponse.objects.counted().first().delete()
    assert proved()[0][-1] == "north: A response is said to be coded and is COUNTED NOWHERE."


def test_what_was_taken_back_after_the_block_closed_is_said_and_is_no_error(wave):
    responses = answered(wave, FIRST)
    sweep()
    release(wave.area, Q1)
    for response in responses[:2]:
        assert withdraw(receipt_of(response.pk), wave=wave)
    erase_withdrawn()
    lines, problem = proved()
    assert not problem
    assert lines == [f"{EVERYTHING} Answers were taken back after it closed; its block stays as it was."]


def test_what_is_taken_back_before_is_in_neither(wave):
    responses = answered(wave, FIRST)
    sweep()
    assert withdraw(receipt_of(responses[0].pk), wave=wave)
    erase_withdrawn()
    assert proved() == ([EVERYTHING], "")


def test_answers_whose_days_are_over_are_said_to_be_as_they_were_coded(wave):
    answered(wave, FIRST)
    sweep()
    assert erase_old_answers() == 30
    lines, problem = proved()
    assert not problem
    assert lines == [
        f"{EVERYTHING} Some answers are in the vault no more, because their days are over; they are as they were coded."
    ]


def test_an_answer_that_does_not_open_is_no_proof(wave):
    answered(wave, FIRST, n=3)
    sweep()
    link = Linkage.objects.filter(coded__in=CodedResponse.objects.counted()).first()
    response = Response.objects.get(pk=link.response_key)
    store(response, "answers", stored(response, "answers")[:-8] + "AAAAAAA=")
    lines, problem = proved()
    assert lines == ["north 2025Q1: An answer DOES NOT OPEN; prove_words says under which key."]
    assert problem


def test_nothing_counted_is_nothing_to_prove(wave):
    assert proved() == ([], "")


def test_no_number_of_anybody_is_printed(wave):
    answered(wave, FIRST, n=23)
    sweep()
    release(wave.area, Q1)
    CodedResponse.objects.filter(helper="alone").update(record_key=1)
    lines, problem = proved()
    said = " ".join([*lines, problem]).replace("2025Q1", "")
    assert not any(sign.isdigit() for sign in said)


def test_an_area_that_is_not_there_is_said(wave):
    assert "There is no area 'nowhere'" in proved(area="nowhere")[1]


def test_an_answer_that_came_late_is_proved_in_the_quarter_it_counts_in(wave):
    answered(wave, FIRST)
    sweep()
    release(wave.area, Q1)
    answered(wave, FIRST + timedelta(days=1), n=5)
    sweep()
    assert {line[:12] for line in proved()[0]} == {"north 2025Q1", "north 2025Q2"}
    assert not proved()[1]
    assert timezone.localdate() > SECOND
    assert Quarter.of(SECOND) == Q1.next()
