"""Messages are sent, written anew and read at the same moment: nothing is lost, doubled or undone."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from feedback.accounts.roles import Role
from feedback.safeguarding.contacts import close_contact, contacts_of, read_contact
from surveys.frame.policies import NotAllowed
from surveys.responses.actions import ask_for_a_person, lock_messages, mix_messages, new_message
from surveys.responses.models import ContactMessage
from tests.factories import asking
from tests.factories.people import staff
from tests.integration.answering.contacting import put
from tests.integration.responses.test_withdrawal_races import waits

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def area():
    return asking.area("here")


def message(area, sent_as=None):
    return new_message(
        sent_as or uuid.uuid4(), area_id=area.pk, wanted="lead", name="Kit", reach="gran", words="", language="en",
        audience="AGE_8_11",
    )  # fmt: skip


def test_pressing_send_on_two_devices_at_once_stores_each_id_once(area):
    wave, ids = asking.open_wave(of=area), [uuid.uuid4() for _ in range(8)]

    def sends(sent_as):
        try:
            return put(Client(), wave, sent_as=sent_as).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        codes = list(pool.map(sends, ids * 3))
    assert sorted(codes) == [200] * 16 + [201] * 8
    assert ContactMessage.objects.count() == 8


def test_a_message_that_comes_while_others_are_written_anew_waits_and_all_are_kept(area, elsewhere):
    assert ask_for_a_person(message(area))
    with transaction.atomic():
        mix_messages()
        coming = elsewhere(ask_for_a_person, message(area))
        waits(coming)
    assert coming.result(timeout=20)
    assert ContactMessage.objects.count() == 2


def test_what_a_lead_is_saying_is_not_undone_by_writing_anew(area, elsewhere):
    ask_for_a_person(message(area))
    lead = staff("lead", Role.SAFEGUARDING_LEAD, area=area)
    found = contacts_of(lead).get()
    with transaction.atomic():
        read_contact(found, by=lead)
        mixing = elsewhere(mix_messages)
        waits(mixing)
    mixing.result(timeout=20)
    assert ContactMessage.objects.get().status == "seen"


def test_a_lead_who_opens_a_message_while_it_is_written_anew_still_reads_it(area, elsewhere):
    ask_for_a_person(message(area))
    lead = staff("lead", Role.SAFEGUARDING_LEAD, area=area)
    found = contacts_of(lead).get()
    with transaction.atomic():
        mix_messages()
        reading = elsewhere(read_contact, found, by=lead)
        waits(reading)
    assert [part.words for part in reading.result(timeout=20)] == ["Kit", "gran"]
    assert ContactMessage.objects.get().status == "seen"


def test_two_leads_finish_it_once(area, elsewhere):
    ask_for_a_person(message(area))
    ann, bob = (staff(name, Role.SAFEGUARDING_LEAD, area=area) for name in ("ann", "bob"))
    read_contact(contacts_of(ann).get(), by=ann)
    first, second = contacts_of(ann).get(), contacts_of(bob).get()
    with transaction.atomic():
        close_contact(first, reason="Rang.", by=ann)
        other = elsewhere(close_contact, second, reason="Rang too.", by=bob)
        waits(other)
    with pytest.raises(NotAllowed):
        other.result(timeout=20)
    assert ContactMessage.objects.get().done_on == timezone.localdate()


def test_two_sweeps_at_once_write_each_message_once(area, elsewhere):
    for _ in range(5):
        ask_for_a_person(message(area))
    ContactMessage.objects.update(sent_on=timezone.localdate() - timedelta(days=1))
    with transaction.atomic():
        lock_messages({area.pk})
        others = elsewhere(mix_messages)
        waits(others)
        mix_messages()
    others.result(timeout=20)
    assert ContactMessage.objects.filter(is_mixed=True).count() == 5
