"""Who reads the whole database afterwards cannot join a message to answers better than by chance within a day."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from feedback.anonymisation.actions import sweep
from surveys.responses.actions import mix_messages
from surveys.responses.models import ContactMessage, Response
from surveys.responses.receipts import message_key
from tests.factories import asking
from tests.integration.answering.contacting import put
from tests.integration.answering.test_cards_and_seals import everything_about
from tests.integration.answering.test_cards_and_seals import put as answers

pytestmark = pytest.mark.django_db(transaction=True)
# Of 40, one is right by chance; nine or more would be once in a million.
BY_CHANCE = 8
ID, PLACE, TRANSACTION = range(3)


def rows_of(model):
    """As an insider reads them: id, place in the file, transaction."""
    return [(str(row[0]).replace("-", ""), in_order(row[1]), int(row[2])) for row in everything_about(model, "id")]


def in_order(place):
    """A place in the file that can be sorted: PostgreSQL writes (page,row)."""
    return tuple(int(part) for part in str(place).strip("()").split(","))


def somebody_answers(client, wave):
    response_id = uuid.uuid4()
    assert answers(client, wave, None, response_id=response_id).status_code == 201
    return response_id.hex


def somebody_asks(client, wave):
    sent_as = uuid.uuid4()
    assert put(client, wave, sent_as=sent_as).status_code == 201
    return message_key(sent_as).hex


def pairs_of(client, *waves, n=40):
    """People who answer, and ask for a person straight afterwards."""
    return {
        somebody_asks(client, wave): somebody_answers(client, wave) for _ in range(n // len(waves)) for wave in waves
    }


def lined_up(pairs):
    """How many are right, whichever way messages and answers are laid beside one another."""
    messages, responses = rows_of(ContactMessage), rows_of(Response)
    for one in (ID, PLACE, TRANSACTION):
        for other in (ID, PLACE, TRANSACTION):
            ours, theirs = (
                sorted(messages, key=lambda row, n=one: row[n]),
                sorted(responses, key=lambda row, n=other: row[n]),
            )
            yield one, other, sum(pairs[m[ID]] == r[ID] for m, r in zip(ours, theirs, strict=True))


def nearest(pairs):
    """How many are right if the last answer written before a message is taken for that of the same person."""
    responses, right = rows_of(Response), 0
    for message in rows_of(ContactMessage):
        before = [row for row in responses if row[TRANSACTION] <= message[TRANSACTION]]
        right += bool(before) and max(before, key=lambda row: row[TRANSACTION])[ID] == pairs[message[ID]]
    return right


def a_day_passes():
    """As if they had all come yesterday."""
    yesterday = timezone.localdate() - timedelta(days=1)
    ContactMessage.objects.update(sent_on=yesterday)
    Response.objects.update(received_on=yesterday)


def nothing():
    """No sweep has run yet."""


def a_sweep_after_the_day():
    """A sweep of the day, and the first of the next."""
    sweep()
    a_day_passes()
    sweep()


@pytest.mark.parametrize("then", [nothing, sweep, a_sweep_after_the_day])
def test_no_way_of_lining_up_messages_and_answers_is_right_more_often_than_chance(client, then):
    pairs = pairs_of(client, asking.open_wave())
    then()
    for one, other, right in lined_up(pairs):
        assert right <= BY_CHANCE, (one, other)
    assert nearest(pairs) <= 1


def test_the_last_to_come_is_not_the_last_in_the_file(client):
    wave = asking.open_wave()
    came = [somebody_asks(client, wave) for _ in range(5)]
    was_last = 0
    for _ in range(20):
        came.append(somebody_asks(client, wave))
        was_last += max(rows_of(ContactMessage), key=lambda row: row[PLACE])[ID] == came[-1]
    assert was_last <= BY_CHANCE


def test_sweeps_all_day_long_are_no_clock_either(client):
    wave, pairs = asking.open_wave(), {}
    for _ in range(10):
        pairs |= pairs_of(client, wave, n=2)
        sweep()
    assert len({row[TRANSACTION] for row in rows_of(ContactMessage)}) == 1
    assert max(right for _, _, right in lined_up(pairs)) <= BY_CHANCE
    assert nearest(pairs) <= 1


def test_the_areas_of_a_day_say_nothing_about_one_another(client):
    """What is in one area is written with what is in the others, so no area is a clock for another."""
    pairs = pairs_of(client, *(asking.open_wave() for _ in range(10)))
    sweep()
    assert len({row[TRANSACTION] for row in rows_of(ContactMessage)}) == 1
    assert max(right for _, _, right in lined_up(pairs)) <= BY_CHANCE


@pytest.mark.parametrize("is_over", [False, True], ids=["the same day", "the day is over"])
def test_the_only_message_of_a_day_is_not_given_away_by_its_own_transaction(client, is_over):
    """It has been written after every answer of the day, so it is beside none of them."""
    wave = asking.open_wave()
    for number in range(12):
        somebody_answers(client, wave)
        if number == 6:
            somebody_asks(client, wave)
        sweep()
    if is_over:
        a_day_passes()
    sweep()
    ((_, _, transaction),) = rows_of(ContactMessage)
    answers_written = {row[TRANSACTION] for row in rows_of(Response)}
    assert ContactMessage.objects.get().is_mixed is is_over
    if connection.vendor == "postgresql":
        assert is_over or len(answers_written) == 12
        assert transaction >= max(answers_written)


def test_a_day_that_is_over_is_written_once_more_and_then_left_alone(client):
    wave = asking.open_wave()
    for _ in range(3):
        somebody_asks(client, wave)
    mix_messages()
    assert not ContactMessage.objects.filter(is_mixed=True).exists()
    a_day_passes()
    before = {message.pk: message.reach for message in ContactMessage.objects.all()}
    mix_messages()
    assert not ContactMessage.objects.unmixed().exists()
    written = sorted(rows_of(ContactMessage))
    mix_messages()
    assert sorted(rows_of(ContactMessage)) == written
    assert {message.pk: message.reach for message in ContactMessage.objects.all()} == before


def test_mixing_loses_and_changes_nothing(client):
    wave = asking.open_wave()
    for number in range(30):
        put(client, wave, words=f"words {number}", wanted=("advocate", "lead", "trusted")[number % 3])
    (seventh,) = [message.pk for message in ContactMessage.objects.all() if message.words == "words 7"]
    ContactMessage.objects.filter(pk=seventh).update(status="seen", severity="0-now")
    fields = [field.attname for field in ContactMessage._meta.fields if field.name != "is_mixed"]
    before = set(ContactMessage.objects.values_list(*fields))
    a_day = {message[fields.index("sent_on")] for message in before}
    for _ in range(3):
        mix_messages()
        assert set(ContactMessage.objects.values_list(*fields)) == before
    assert a_day == {timezone.localdate()}


def test_a_flood_is_mixed_in_part_and_loses_nothing(client, monkeypatch):
    monkeypatch.setattr("surveys.responses.actions.MIXED_AT_ONCE", 3)
    wave = asking.open_wave()
    sent = {somebody_asks(client, wave) for _ in range(12)}
    assert {row[ID] for row in rows_of(ContactMessage)} == sent
