"""A respondent takes answers back: gone wherever they still can be found, and never stored again."""

import logging
import uuid
from datetime import timedelta
from io import StringIO
from urllib.parse import urlencode

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import ModelLogEntry

from feedback.accounts.roles import Role
from feedback.anonymisation.actions import erase_withdrawn, sweep
from feedback.anonymisation.models import CodedResponse, Linkage
from feedback.releases.models import BlockTally
from feedback.safeguarding import actions as safeguarding
from feedback.safeguarding.models import Concern
from surveys.answering.words import ADULTS, CHILDREN, YOUNG
from surveys.fieldwork.models import Invitation
from surveys.responses.actions import Place, look_up, new_response, record, withdraw
from surveys.responses.models import Response, Withdrawal
from surveys.responses.receipts import WORDS_IN_RECEIPT, receipt_of, words
from tests.factories import asking
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
WORRY = "he hits me when he is drunk"


@pytest.fixture
def wave():
    return asking.open_wave()


def made(wave, response_id=None, **answers):
    return new_response(
        response_id or uuid.uuid4(), wave=wave, edition=wave.edition, place=Place(wave.area_id),
        answers=answers or {"listened": "yes"}, language="en", helper="alone",
    )  # fmt: skip


def arrived(wave, **answers):
    response = made(wave, **answers)
    assert record(response)
    return response


def test_receipts_are_words_that_cannot_be_guessed():
    """Ten guesses a second for a month, in a national wave."""
    assert len(set(words())) == len(words())
    guesses, responses = 10 * 60 * 60 * 24 * 30, 100_000
    assert guesses * responses / len(words()) ** WORDS_IN_RECEIPT < 1 / 400
    assert all(word.isalpha() and word.islower() and 3 <= len(word) <= 9 for word in words())


@pytest.mark.parametrize("typed", ["{0}", "  {1}", "{2}"])
def test_how_the_words_are_written_makes_no_difference(wave, typed):
    receipt = receipt_of(arrived(wave).pk)
    assert look_up(typed.format(receipt, receipt.upper(), receipt.replace(" ", ", ")), wave=wave)


def test_what_is_said_of_the_words_is_true(wave, client):
    said = [client.get(f"/a/{wave.code}/receipt/").content.decode(), *(w.receipt for w in (CHILDREN, YOUNG, ADULTS))]
    assert WORDS_IN_RECEIPT == 5
    assert all("five words" in text for text in said)
    assert all("stay" in text for text in said[1:])


def test_before_screening_everything_goes(wave):
    response = arrived(wave)
    assert withdraw(receipt_of(response.pk), wave=wave)
    assert not Response.objects.exists()
    sweep()
    assert not CodedResponse.objects.exists()


def test_while_it_is_held_everything_goes(wave):
    response = arrived(wave, words=WORRY, listened="no")
    sweep()
    assert Response.objects.get().status == Response.Status.HELD
    assert withdraw(receipt_of(response.pk), wave=wave)
    sweep()
    assert not Response.objects.exists()
    assert not CodedResponse.objects.exists()


def test_what_was_coded_is_erased_by_the_sweep(wave):
    response, other = arrived(wave), arrived(wave)
    sweep()
    assert CodedResponse.objects.count() == 2
    withdraw(receipt_of(response.pk), wave=wave)
    sweep()
    assert Linkage.objects.get().response_key == other.pk
    assert erase_withdrawn() == 0
    assert set(Withdrawal.objects.values_list("response_key", flat=True)) == {None}


def test_what_is_in_a_block_is_erased_and_the_block_stays(wave):
    response = arrived(wave)
    sweep()
    CodedResponse.objects.update(is_in_block=True)
    block = BlockTally.objects.create(area=wave.area, question="listened", quarter="2026Q1", tallies=[["yes", [1, 7]]])
    withdraw(receipt_of(response.pk), wave=wave)
    sweep()
    assert not CodedResponse.objects.exists()
    block.refresh_from_db()
    assert block.tallies == [["yes", [1, 7]]]


def test_an_area_that_is_being_closed_erases_its_own(wave):
    here, there = arrived(wave), arrived(asking.open_wave())
    sweep()
    for response in (here, there):
        withdraw(receipt_of(response.pk), wave=response.wave)
    assert erase_withdrawn(area=wave.area) == 1
    assert Linkage.objects.get().response_key == there.pk
    assert list(Withdrawal.objects.awaiting_erasure().values_list("response_key", flat=True)) == [there.pk]
    assert (erase_withdrawn(), erase_withdrawn()) == (1, 0)


def test_nothing_of_it_is_left_anywhere(wave):
    """Every table is read, as whoever steals the database would."""
    response = arrived(wave, words="the canary sings at night", listened="no")
    record_key = Response.objects.get().record_key
    sweep()
    withdraw(receipt_of(response.pk), wave=wave)
    sweep()
    left = everything()
    for trace in ("canary", response.pk.hex, str(response.pk), str(record_key), receipt_of(response.pk)):
        assert trace not in left, trace


def everything():
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        rows = []
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            rows += cursor.fetchall()
    assert len(rows) > 20
    return str(rows)


@pytest.mark.parametrize("status", [Concern.Status.CLOSED, Concern.Status.REFERRED])
def test_a_worry_stays_without_its_words_and_can_be_finished(wave, client, status):
    response = arrived(wave, words=WORRY)
    sweep()
    withdraw(receipt_of(response.pk), wave=wave)
    lead = staff("lead", Role.SAFEGUARDING_LEAD, area=wave.area)
    concern = Concern.objects.get()
    at_desk(client, lead)
    page = client.get(f"/desk/work/worries/{concern.pk}/").content.decode()
    assert "taken it back" in page
    assert WORRY not in page
    concern.refresh_from_db()
    assert safeguarding.read_concern(concern, by=lead) == []
    if status == Concern.Status.REFERRED:
        referral = {"place": "Duty team", "on": concern.raised_on}
        safeguarding.refer_concern(concern, reason="Taken back; nothing else known.", **referral, by=lead)
    else:
        safeguarding.close_concern(concern, reason="Taken back; nothing else known.", by=lead)
    assert concern.status == status


def test_a_late_delivery_does_not_bring_it_back(wave, client):
    response = arrived(wave)
    withdraw(receipt_of(response.pk), wave=wave)
    assert record(made(wave, response.pk)) is False
    body = {"edition": wave.edition.digest, "language": "en", "helper": "alone", "answers": {"words": WORRY}}
    reply = client.put(f"/a/{wave.code}/responses/{response.pk}/", body, content_type="application/json")
    assert reply.status_code == 200
    assert not Response.objects.exists()
    assert sweep().held == 0


def test_the_card_it_was_sent_with_does_not_refuse_a_late_delivery(wave):
    tomorrow = timezone.localdate() + timedelta(days=1)
    card = Invitation.objects.create(
        wave=wave, sheet=uuid.uuid4(), code_digest=b"c" * 32, area=wave.area, expires_on=tomorrow
    )
    response = made(wave)
    assert record(response, card=card)
    assert withdraw(receipt_of(response.pk), wave=wave)
    assert record(made(wave, response.pk), card=card) is False
    assert not Response.objects.exists()


def test_a_file_loaded_again_does_not_bring_it_back(wave, tmp_path):
    file = tmp_path / "answers.csv"
    file.write_text(f"row_id,area,audience,month,listened\n1,{wave.area.code},AGE_8_11,2026-01,yes\n")
    call_command("import_responses", file, wave=wave.code, stdout=StringIO())
    withdraw(receipt_of(Response.objects.get().pk), wave=wave)
    out = StringIO()
    call_command("import_responses", file, wave=wave.code, stdout=out)
    assert out.getvalue().startswith("0 accepted, 0 rejected, 1 already present.")
    assert not Response.objects.exists()


def test_the_receipt_of_another_wave_finds_nothing(wave):
    response, other = arrived(wave), asking.open_wave()
    assert not withdraw(receipt_of(response.pk), wave=other)
    assert Response.objects.exists()


def test_rather_nobody_than_the_wrong_one(wave):
    one, other = arrived(wave), arrived(wave)
    Response.objects.filter(pk=other.pk).update(receipt_digest=Response.objects.get(pk=one.pk).receipt_digest)
    assert not withdraw(receipt_of(one.pk), wave=wave)
    assert Response.objects.count() == 2


def page(client, wave, **fields):
    return client.post(f"/a/{wave.code}/receipt/", urlencode(fields), content_type=FORM)


def test_the_page_finds_and_takes_back(wave, client):
    receipt = receipt_of(arrived(wave).pk)
    assert client.get(f"/a/{wave.code}/receipt/")["Cache-Control"] == "no-store"
    assert "We have your answers" in page(client, wave, words=receipt).content.decode()
    assert Response.objects.exists()
    gone = page(client, wave, words=receipt, step="back")
    assert (gone.status_code, gone["Cache-Control"]) == (200, "no-store")
    assert "deleted" in gone.content.decode()
    assert not Response.objects.exists()
    assert page(client, wave, words=receipt, step="back").status_code == 404


@pytest.mark.parametrize("typed", ["", "apple", "\0 \ud800".encode("utf-8", "replace").decode(), "🙂 سلام", "x" * 9000])
def test_wrong_words_are_gently_refused(wave, client, typed):
    arrived(wave)
    answer = page(client, wave, words=typed, step="back")
    assert answer.status_code == 404
    assert "Look at each word again" in answer.content.decode()
    assert Response.objects.exists()


def test_the_words_are_in_no_log(wave, client, caplog):
    caplog.set_level(logging.DEBUG)
    receipt = receipt_of(arrived(wave).pk)
    for typed in (receipt, "canary lamp boat cloud spoon"):
        for step in ("", "back"):
            page(client, wave, words=typed, step=step)
    assert not any(word in caplog.text for word in (*receipt.split(), "canary", receipt))
    assert ModelLogEntry.objects.count() == 0


def test_another_site_cannot_take_anything_back(wave, client):
    receipt = receipt_of(arrived(wave).pk)
    sent, headers = urlencode({"words": receipt, "step": "back"}), {"sec-fetch-site": "cross-site"}
    answer = client.post(f"/a/{wave.code}/receipt/", sent, content_type=FORM, headers=headers)
    assert answer.status_code == 403
    assert Response.objects.exists()


def test_too_much_is_refused(wave, client):
    assert page(client, wave, words="x" * 1_000_000).status_code == 413
