"""Somebody nobody knows writes back: it is stored once, read by a person, screened, and goes with the answers."""

import logging
import re
import uuid
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from feedback.accounts.roles import Role
from feedback.anonymisation.actions import sweep
from feedback.anonymisation.erasing import erase_area, erase_old_answers
from feedback.safeguarding import letters as letters_of_leads
from feedback.safeguarding.actions import close_concern, finish_reading
from feedback.safeguarding.calling import call
from feedback.safeguarding.letters import say_they_were_read, screen_letters
from feedback.safeguarding.models import Alarm, Concern
from feedback.safeguarding.reading import how_many_unread, next_unread
from feedback.safeguarding.replies import replies_to, reply
from surveys.answering import receipt_page
from surveys.responses.actions import withdraw
from surveys.responses.letter_actions import LONGEST_LETTER, MOST_A_DAY
from surveys.responses.letters import Letter
from surveys.responses.models import Reply
from surveys.responses.receipts import receipt_of
from tests.factories import asking
from tests.factories.answering import WORRY, arrives
from tests.factories.people import at_desk, staff
from tests.factories.writing_back import grows_old, writes_back

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
CANARY = "the canary sings at night"
TODAY = timezone.localdate


@pytest.fixture
def wave():
    return asking.open_wave()


@pytest.fixture
def lead(wave):
    return staff("lead", Role.SAFEGUARDING_LEAD, area=wave.area)


@pytest.fixture
def response(wave, lead):
    """A text that a person has read."""
    made = arrives(wave, "we played uno")
    sweep()
    finish_reading(made.pk, is_worrying=False, by=lead)
    return made


def comes_back(client, wave, response, **fields):
    words = urlencode({"words": receipt_of(response.pk), **fields})
    return client.post(f"/a/{wave.code}/receipt/", words, content_type=FORM)


def token_of(page):
    return re.search(r'name="token" value="([^"]+)"', page.content.decode())[1]


def writes(client, wave, response, letter):
    token = token_of(comes_back(client, wave, response))
    return comes_back(client, wave, response, step="write", token=token, letter=letter)


def test_a_letter_is_stored_and_then_said_to_be(wave, response, client):
    page = writes(client, wave, response, "Can I talk to Sam?\r\n😀")
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    assert client.cookies == {}
    shown = page.content.decode()
    assert "We have what you wrote." in shown
    assert "Nobody has read it yet." in shown
    letter = Letter.objects.get()
    assert letter.words.splitlines() == ["Can I talk to Sam?", "😀"]
    assert (letter.response_key, letter.area, letter.sent_on) == (response.pk, wave.area, TODAY())
    # Whoever looks over a shoulder, or finds the five words, is not shown what was written.
    assert "Sam" not in shown
    assert "Sam" not in comes_back(client, wave, response).content.decode()


def test_the_page_says_who_reads_it_and_that_it_takes_time(wave, response, client):
    page = comes_back(client, wave, response).content.decode()
    assert f"Someone in {wave.area.title} whose job is to keep children safe reads this." in page
    assert "We do not read this straight away." in page
    assert "Please do not write names." in page
    assert "Hide this page" in page
    assert "tel:999" in page


def test_sent_twice_it_is_there_once(wave, response, client):
    token = token_of(comes_back(client, wave, response))
    for _ in range(2):
        page = comes_back(client, wave, response, step="write", token=token, letter="hello")
        assert "We have what you wrote." in page.content.decode()
    assert Letter.objects.count() == 1
    comes_back(client, wave, response, step="write", token=token, letter="hello again")
    assert [letter.number for letter in Letter.objects.of(response.pk)] == [2, 1]


@pytest.mark.parametrize(
    ("letter", "said"),
    [
        (" \r\n ", "Nothing is written"),
        ("x" * (LONGEST_LETTER + 1), "too long"),
    ],
)
def test_what_cannot_be_sent_is_kept_in_the_box_and_explained(wave, response, client, letter, said):
    page = writes(client, wave, response, letter)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert letter.strip() in page.content.decode()
    assert not Letter.objects.exists()


@pytest.mark.parametrize("token", ["", "nonsense", "0" * 32 + ":forged"])
def test_a_page_that_is_not_ours_sends_nothing(wave, response, client, token):
    page = comes_back(client, wave, response, step="write", token=token, letter="hello")
    assert page.status_code == 422
    assert "hello" in page.content.decode()
    assert not Letter.objects.exists()


def test_a_token_of_another_wave_sends_nothing(wave, response, client):
    other = asking.open_wave()
    token = token_of(comes_back(client, other, arrives(other, "x")))
    assert comes_back(client, wave, response, step="write", token=token, letter="hello").status_code == 422


def test_a_megabyte_is_not_even_read(wave, response, client):
    page = comes_back(client, wave, response, step="write", letter="x" * 1_000_000)
    assert page.status_code == 413


def test_what_no_database_can_hold_is_left_out(wave, response, client):
    writes(client, wave, response, "he\0llo")
    assert "\0" not in Letter.objects.get().words


def test_words_that_lead_nowhere_store_nothing_and_count_as_guesses(wave, response, client, monkeypatch):
    token, wrong = token_of(comes_back(client, wave, response)), []
    monkeypatch.setattr(receipt_page.guesses, "was_wrong", wrong.append)
    words = urlencode({"words": "one two three four five", "step": "write", "token": token, "letter": CANARY})
    page = client.post(f"/a/{wave.code}/receipt/", words, content_type=FORM)
    assert page.status_code == 404
    assert "Ask for someone to contact you" in page.content.decode()
    assert len(wrong) == 1
    assert not Letter.objects.exists()


def test_a_day_has_room_for_ten_letters_and_says_so_kindly(wave, response, client):
    for number in range(MOST_A_DAY):
        writes_back(response, f"letter {number}", wave=wave)
    page = writes(client, wave, response, "one more")
    assert page.status_code == 422
    assert "wait until tomorrow" in page.content.decode()
    assert "one more" in page.content.decode()
    other = arrives(wave, "x")
    assert writes(client, wave, other, "mine").status_code == 200
    Letter.objects.update(sent_on=TODAY() - timedelta(days=1))
    assert writes(client, wave, response, "one more").status_code == 200


def test_where_it_cannot_be_stored_it_is_not_said_to_be(wave, response, client, monkeypatch, caplog):
    def broken(*args, **kwargs):
        raise DatabaseError(CANARY)

    monkeypatch.setattr(receipt_page, "write_letter", broken)
    page = writes(client, wave, response, "hello")
    assert "We cannot keep" in page.content.decode()
    assert "We have what you wrote." not in page.content.decode()
    assert CANARY not in caplog.text


def test_a_letter_waits_among_the_texts_until_a_person_says_they_read_it(wave, response, lead, client):
    assert how_many_unread(lead).texts == 0
    writes_back(response, "thank you", wave=wave)
    sweep()
    assert (how_many_unread(lead).texts, how_many_unread(lead).oldest) == (1, TODAY())
    assert next_unread(lead) == response.pk
    at_desk(client, lead)
    address = reverse("desk:text", args=[response.pk])
    page = client.get(address).content.decode()
    assert "thank you" in page
    assert "we played uno" in page
    writes_back(response, "and one more thing", wave=wave)
    shown = re.search(r'name="letters" value="(\d+)"', page)[1]
    client.post(address, {"step": "read", "letters": shown})
    # What came while they read is not said to be read.
    assert [letter.read_on for letter in Letter.objects.of(response.pk)] == [None, TODAY()]
    assert how_many_unread(lead).texts == 1
    client.post(address, {"step": "read", "letters": "2"})
    assert how_many_unread(lead).texts == 0
    assert "A person read it on" in comes_back(client, wave, response).content.decode()


@pytest.mark.parametrize("shown", ["", "-1", "x", "9" * 40, "²"])
def test_a_number_that_is_none_marks_nothing(wave, response, lead, client, shown):
    writes_back(response, "thank you", wave=wave)
    at_desk(client, lead)
    client.post(reverse("desk:text", args=[response.pk]), {"step": "read", "letters": shown})
    assert Letter.objects.get().read_on is None


def test_an_answer_and_a_letter_of_one_person_are_one_text(wave, lead):
    made = arrives(wave, "we played uno")
    writes_back(made, "we went swimming", wave=wave)
    sweep()
    assert how_many_unread(lead).texts == 1


def test_danger_in_a_letter_raises_a_worry_and_raises_a_closed_one_again(wave, response, lead, client):
    writes_back(response, "hello", wave=wave)
    writes_back(response, WORRY, wave=wave)
    sweep()
    concern = Concern.objects.get(response_key=response.pk)
    assert concern.status == Concern.Status.RAISED
    assert how_many_unread(lead).texts == 0
    at_desk(client, lead)
    page = client.get(reverse("desk:concern", args=[concern.pk])).content.decode()
    assert WORRY in page
    assert Letter.objects.unread().count() == 0
    concern.refresh_from_db()
    close_concern(concern, reason="Spoke with them.", by=lead)
    writes_back(response, "i want to kill myself", wave=wave)
    sweep()
    concern.refresh_from_db()
    assert (concern.status, concern.severity) == (Concern.Status.RAISED, "now")
    assert Concern.objects.count() == 1


def test_nothing_gets_less_urgent_by_a_letter(wave, lead):
    made = arrives(wave, "i want to kill myself")
    sweep()
    writes_back(made, "he shouts", wave=wave)
    sweep()
    assert Concern.objects.get().severity == "now"


def test_a_letter_that_cannot_be_screened_is_read_by_a_person_and_stops_no_other(
    wave, response, lead, monkeypatch, caplog
):
    other = arrives(wave, "x")
    writes_back(response, "breaks it", wave=wave)
    writes_back(other, WORRY, wave=wave)
    screen = letters_of_leads.screen

    def breaks(text, **kwargs):
        if text == "breaks it":
            raise RuntimeError(CANARY)
        return screen(text, **kwargs)

    monkeypatch.setattr(letters_of_leads, "screen", breaks)
    assert screen_letters() == 1
    assert CANARY not in caplog.text
    assert "Letters could not be screened (RuntimeError)" in caplog.text
    assert next_unread(lead) == response.pk


def test_people_are_called_while_a_letter_waits(wave, response, lead):
    call()
    assert not Alarm.objects.exists()
    writes_back(response, "we went swimming", wave=wave)
    sweep()
    assert Alarm.objects.get().severity == "soon"
    say_they_were_read(response.pk, through=1, by=lead)
    call()
    assert not Alarm.objects.exists()


def test_a_worry_found_in_a_letter_by_a_person_opens_a_closed_one(wave, response, lead, client):
    finish_reading(response.pk, is_worrying=True, by=lead)
    concern = Concern.objects.get()
    close_concern(concern, reason="All is well.", by=lead)
    writes_back(response, "you know what i mean", wave=wave)
    sweep()
    at_desk(client, lead)
    client.post(reverse("desk:text", args=[response.pk]), {"step": "worry", "letters": "1"})
    concern.refresh_from_db()
    assert concern.status == Concern.Status.SEEN


def test_the_lead_sees_what_was_said_to_and_fro_in_order(wave, response, lead):
    reply(response.pk, text="We read this.", by=lead)
    Reply.objects.update(on=TODAY() - timedelta(days=3))
    writes_back(response, "thank you", wave=wave)
    reply(response.pk, text="Take care.", by=lead)
    said = replies_to(response.pk, lead).said
    assert [one.letter.words if one.letter else one.reply.text for one in said] == [
        "We read this.", "thank you", "Take care.",
    ]  # fmt: skip


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SAFEGUARDING_LEAD])
def test_nobody_else_reads_letters(wave, response, role):
    writes_back(response, CANARY, wave=wave)
    other = staff("other", role, area=wave.area)
    assert replies_to(response.pk, other) is None
    with pytest.raises(PermissionDenied):
        say_they_were_read(response.pk, through=1, by=other)


def test_a_lead_of_another_area_neither_reads_nor_counts_them(wave, response, client):
    writes_back(response, CANARY, wave=wave)
    far = staff("far", Role.SAFEGUARDING_LEAD, area=asking.area("there"))
    assert replies_to(response.pk, far) is None
    assert how_many_unread(far).texts == 0
    at_desk(client, far)
    assert CANARY not in client.get(reverse("desk:text", args=[response.pk]), follow=True).content.decode()


def test_taking_the_answers_back_takes_the_letters_too(wave, response, client):
    writes_back(response, CANARY, wave=wave)
    assert withdraw(receipt_of(response.pk), wave=wave)
    assert not Letter.objects.exists()
    assert "We found no answers" in comes_back(client, wave, response).content.decode()


def test_letters_of_a_fictional_area_are_erased_with_it(wave, response):
    writes_back(response, CANARY, wave=wave)
    wave.area.is_fictional = True
    wave.area.save()
    erase_area(wave.area)
    assert not Letter.objects.exists()


def test_whoever_comes_back_after_the_answers_were_erased_may_still_write(wave, response, lead, client):
    grows_old(response)
    assert erase_old_answers() == 1
    page = writes(client, wave, response, "we went swimming")
    assert "is deleted by now, as we said" in page.content.decode()
    sweep()
    assert next_unread(lead) == response.pk
    at_desk(client, lead)
    assert "we went swimming" in client.get(reverse("desk:text", args=[response.pk])).content.decode()


def test_no_word_of_a_letter_is_in_any_log(wave, response, lead, client, caplog):
    caplog.set_level(logging.DEBUG)
    writes(client, wave, response, CANARY)
    sweep()
    at_desk(client, lead)
    client.get(reverse("desk:text", args=[response.pk]))
    call_command("screen_waiting")
    assert Letter.objects.get().words == CANARY
    assert CANARY not in caplog.text
    assert not any(CANARY in f"{entry.data}{entry.label}" for entry in ModelLogEntry.objects.all())


def test_of_who_writes_nothing_is_kept_but_words_and_days():
    names = {field.name for field in Letter._meta.fields}
    assert names == {"id", "response_key", "area", "number", "words", "sent_on", "is_screened", "read_on"}


def test_the_id_of_a_letter_is_not_what_was_sent(wave, response, client):
    page = comes_back(client, wave, response)
    token = token_of(page)
    comes_back(client, wave, response, step="write", token=token, letter="hello")
    assert Letter.objects.get().pk != uuid.UUID(token.partition(":")[0])


def test_each_look_at_what_was_written_back_is_in_the_log(wave, response, lead):
    looks = ModelLogEntry.objects.filter(action="safeguarding.read_letter", user=lead)
    replies_to(response.pk, lead)
    assert looks.count() == 0
    writes_back(response, "hello", wave=wave)
    replies_to(response.pk, lead)
    assert looks.get().data["area"] == wave.area.code
