"""Who asked for a person reaches the safeguarding leads of the area, and nobody else; and is forgotten afterwards."""

import json
import logging
import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from feedback.accounts.roles import Role
from feedback.anonymisation.actions import sweep
from feedback.safeguarding import contacts
from feedback.safeguarding.contacts import (
    ON_A_PAGE,
    asked_for_a_person,
    close_contact,
    contacts_of,
    forget_contacts,
    read_contact,
    sweep_contacts,
)
from feedback.safeguarding.models import ContactState
from surveys.frame.policies import NotAllowed
from surveys.responses.models import ContactMessage
from tests.factories import asking
from tests.factories.contacting import asks_for_a_person
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
DANGER = "he hits me when he is drunk"
CANARY = "the canary sings at night"


@pytest.fixture
def area():
    return asking.area("here")


@pytest.fixture
def lead(area):
    return staff("lead", Role.SAFEGUARDING_LEAD, area=area)


def names(lead):
    keys = [message.pk for message in asked_for_a_person(lead).messages]
    found = ContactMessage.objects.in_bulk(keys)
    return [found[key].name for key in keys]


def test_danger_is_read_first_and_then_the_oldest(area, lead):
    asks_for_a_person(area, name="new")
    asks_for_a_person(area, name="old", days_ago=3)
    asks_for_a_person(area, name="danger", reach=DANGER, days_ago=1)
    asks_for_a_person(area, name="older", days_ago=5)
    assert names(lead) == ["danger", "older", "old", "new"]
    assert asked_for_a_person(lead).oldest == timezone.localdate() - timedelta(days=5)


@pytest.mark.parametrize("field", ["name", "reach", "words"])
def test_danger_is_noticed_wherever_it_is_written(area, lead, field):
    asks_for_a_person(area, **{field: DANGER})
    assert asked_for_a_person(lead).messages[0].severity == ContactMessage.Severity.NOW


def test_a_message_that_cannot_be_screened_is_read_before_all_but_the_urgent(area, lead, monkeypatch, caplog):
    screen = contacts.screen

    def fails(text, **options):
        if CANARY in text:
            raise RuntimeError(text)
        return screen(text, **options)

    monkeypatch.setattr(contacts, "screen", fails)
    asks_for_a_person(area, name="odd", words=CANARY)
    asks_for_a_person(area, name="danger", words=DANGER)
    asks_for_a_person(area, name="plain", days_ago=9)
    assert names(lead) == ["danger", "odd", "plain"]
    assert "RuntimeError" in caplog.text
    assert CANARY not in caplog.text


def test_a_lead_reads_the_words_and_the_log_says_so_without_them(area, lead):
    message = asks_for_a_person(area, words=DANGER)
    parts = read_contact(message, by=lead)
    assert [(part.words, bool(part.signals)) for part in parts] == [
        ("Kit", False),
        ("ring gran", False),
        (DANGER, True),
    ]
    message.refresh_from_db()
    assert message.status == ContactMessage.Status.SEEN
    entry = ModelLogEntry.objects.get(action="safeguarding.read_contact")
    assert (entry.user, entry.object_id) == (lead, str(message.pk))
    assert not any(word in json.dumps(entry.data) + entry.label for word in ("Kit", "gran", DANGER))


def test_reading_twice_is_logged_twice_and_seen_once(area, lead):
    message = asks_for_a_person(area)
    read_contact(message, by=lead)
    read_contact(message, by=lead)
    assert ModelLogEntry.objects.filter(action="safeguarding.read_contact").count() == 2
    assert ContactState.objects.count() == 1


def test_a_lead_says_what_was_done_and_it_waits_no_more(area, lead):
    message = asks_for_a_person(area)
    with pytest.raises(NotAllowed):
        close_contact(message, reason="Not read.", by=lead)
    read_contact(message, by=lead)
    with pytest.raises(NotAllowed):
        close_contact(message, reason=" \n", by=lead)
    close_contact(message, reason=" Rang; all is arranged. ", by=lead)
    assert not asked_for_a_person(lead).messages
    assert [(step.status, step.by, step.reason) for step in contacts.states_of(message)] == [
        ("seen", lead, ""),
        ("done", lead, "Rang; all is arranged."),
    ]
    with pytest.raises(NotAllowed):
        close_contact(message, reason="Again.", by=lead)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SAFEGUARDING_LEAD])
def test_nobody_else_reads_or_closes(area, role):
    message, other = asks_for_a_person(area), staff("other", role)
    for act in (lambda: read_contact(message, by=other), lambda: close_contact(message, reason="x", by=other)):
        with pytest.raises(PermissionDenied):
            act()
    assert not asked_for_a_person(other).messages
    message.refresh_from_db()
    assert message.status == ContactMessage.Status.WAITING


def test_a_lead_of_another_area_finds_nothing_here(area, client):
    message = asks_for_a_person(area, words=CANARY)
    far = staff("far", Role.SAFEGUARDING_LEAD, area=asking.area("there"))
    staff("far", Role.PRACTITIONER, area=area)
    assert not asked_for_a_person(far).messages
    assert not contacts_of(far).exists()
    with pytest.raises(PermissionDenied):
        read_contact(message, by=far)
    at_desk(client, far)
    for answer in (client.get(page_of(message)), client.post(page_of(message), {"reason": "x"})):
        assert answer.status_code == 404
    assert CANARY not in client.get(reverse("desk:concerns")).content.decode()
    assert not ContactState.objects.exists()


def page_of(message):
    return reverse("desk:contact", args=[message.pk])


def test_the_desk_lists_shows_and_finishes(area, lead, client):
    at_desk(client, lead)
    assert "Nobody waits to be contacted" in client.get(reverse("desk:concerns")).content.decode()
    message = asks_for_a_person(area, name="<b>Kit</b>", words=DANGER, language="pl", days_ago=2)
    listed = client.get(reverse("desk:concerns")).content.decode()
    assert "1 person waits" in listed
    assert page_of(message) in listed
    assert not any(word in listed for word in ("Kit", "gran", DANGER))
    shown = client.get(page_of(message))
    assert "no-store" in shown["Cache-Control"]
    for seen in ("&lt;b&gt;Kit", "ring gran", DANGER, "Polski", "8 to 11 year olds", "Seen by lead"):
        assert seen in shown.content.decode(), seen
    assert client.post(page_of(message), {"reason": " "}, follow=True).redirect_chain[-1][0] == page_of(message)
    done = client.post(page_of(message), {"reason": "Rang."}, follow=True).content.decode()
    assert "Done." in done
    assert "Nobody waits to be contacted" in done
    assert "Rang." in client.get(page_of(message)).content.decode()


@pytest.mark.parametrize("role", [Role.PARTICIPATION_OFFICER, Role.INSPECTOR, Role.ADMINISTRATOR, Role.MODERATOR])
def test_the_desk_shows_it_to_nobody_else(area, client, role):
    message = asks_for_a_person(area, words=CANARY)
    at_desk(client, staff("other", role, area=area))
    for address in (page_of(message), reverse("desk:concerns")):
        answer = client.get(address, follow=True)
        assert CANARY not in answer.content.decode()
        assert page_of(message) not in answer.content.decode()
    assert client.get(page_of(message)).status_code in {302, 403}
    assert not ContactState.objects.exists()


def test_an_address_of_no_message_is_not_found(lead, client):
    at_desk(client, lead)
    assert client.get(reverse("desk:contact", args=[uuid.uuid4()])).status_code == 404


def done(area, lead, days_ago):
    message = asks_for_a_person(area, words=CANARY)
    read_contact(message, by=lead)
    close_contact(message, reason="Rang Kit.", by=lead)
    ContactMessage.objects.filter(pk=message.pk).update(done_on=timezone.localdate() - timedelta(days=days_ago))
    return ContactMessage.objects.filter(pk=message.pk)


def test_what_was_written_is_erased_28_days_after_it_was_done(area, lead, client):
    old, young = done(area, lead, 28), done(area, lead, 27)
    waiting = asks_for_a_person(area, words=CANARY, days_ago=400)
    assert forget_contacts() == 1
    assert forget_contacts() == 0
    assert old.values_list("name", "reach", "words").get() == ("", "", "")
    assert young.get().words == CANARY
    assert ContactMessage.objects.get(pk=waiting.pk).reach == "ring gran"
    assert [step.reason for step in contacts.states_of(old.get())] == ["", ""]
    assert [step.reason for step in contacts.states_of(young.get())] == ["", "Rang Kit."]
    at_desk(client, lead)
    assert "erased 28 days after" in client.get(page_of(old.get())).content.decode()


def test_the_sweep_screens_mixes_and_forgets(area, lead):
    old, new = done(area, lead, 40), asks_for_a_person(area, words=DANGER, days_ago=1)
    sweep()
    sweep()
    assert old.get().words == ""
    new.refresh_from_db()
    assert (new.severity, new.is_mixed, new.words) == (ContactMessage.Severity.NOW, True, DANGER)


def test_no_word_of_it_is_in_any_log(area, lead, client, caplog):
    caplog.set_level(logging.DEBUG)
    message = asks_for_a_person(area, name=CANARY, reach=CANARY, words=CANARY)
    at_desk(client, lead)
    client.get(reverse("desk:concerns")), client.get(page_of(message))
    client.post(page_of(message), {"reason": CANARY})
    sweep()
    assert CANARY not in caplog.text
    assert not any(CANARY in json.dumps(entry.data) + entry.label for entry in ModelLogEntry.objects.all())


def test_the_list_takes_as_many_queries_for_many_as_for_few(area, lead, client, django_assert_max_num_queries):
    at_desk(client, lead)
    for _ in range(40):
        asks_for_a_person(area)
    asked_for_a_person(lead)
    with django_assert_max_num_queries(8):
        assert len(asked_for_a_person(lead).messages) == 40


def test_messages_that_nobody_reads_are_told_to_whoever_runs_this(area, caplog):
    asks_for_a_person(area)
    contacts.sweep_contacts()
    assert "1 areas that have no safeguarding lead" in caplog.text
    caplog.clear()
    staff("new lead", Role.SAFEGUARDING_LEAD, area=area)
    contacts.sweep_contacts()
    assert not caplog.records


def flood(area, many):
    """So many messages, screened by the sweep."""
    ContactMessage.objects.bulk_create(
        ContactMessage(
            id=uuid.uuid4(), area=area, wanted="lead", reach="gran", audience="AGE_8_11", language="en",
            sent_on=timezone.localdate(), severity=ContactMessage.Severity.NOTHING, is_mixed=True,
        )
        for _ in range(many)
    )  # fmt: skip


def test_a_list_of_ten_thousand_is_shown_in_pages_and_asks_no_more_than_one_of_a_few(
    area, lead, client, django_assert_max_num_queries
):
    at_desk(client, lead)
    address = reverse("desk:concerns")
    flood(area, 2)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    flood(area, 9_998)
    with django_assert_max_num_queries(len(few)):
        page = client.get(address).content.decode()
    assert "10000 people wait" in page
    assert page.count("/worries/asked/") == ON_A_PAGE
    assert "Page 1 of 200" in page
    urgent = asks_for_a_person(area, words="i want to kill myself")
    assert str(urgent.pk) not in client.get(f"{address}?asked=200").content.decode()
    assert str(urgent.pk) in client.get(address).content.decode()
    for strange in ("0", "-1", "201", "x", "\0", "9" * 40):
        assert client.get(address, {"asked": strange}).status_code == 200


def test_the_first_page_screens_what_it_shows_and_the_sweep_the_rest(area, lead):
    flood(area, ON_A_PAGE + 5)
    ContactMessage.objects.update(severity=ContactMessage.Severity.NOT_SCREENED)
    asked_for_a_person(lead)
    assert ContactMessage.objects.awaiting_screening().count() == 5
    sweep_contacts()
    assert ContactMessage.objects.awaiting_screening().count() == 0
