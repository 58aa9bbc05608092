"""The screens of those whom children choose, and of officers who name them, opened as every role."""

import uuid

import pytest
from django.urls import reverse

from feedback.accounts.models import User
from feedback.accounts.roles import Role
from feedback.safeguarding.models import Concern
from surveys.fieldwork.hearer_actions import end_hearer
from surveys.responses.receipts import receipt_of
from tests.factories import asking, hearing
from tests.factories.answering import arrives
from tests.factories.people import at_desk, staff
from tests.factories.writing_back import writes_back

pytestmark = pytest.mark.django_db
SAID = "zyzzyva my brother"
STROKES = {"strokes": [[[10, 10], [20, 30]]]}


@pytest.fixture
def wave():
    return hearing.conversation()


@pytest.fixture
def worker(wave):
    return hearing.worker(wave)


@pytest.fixture
def mine(wave, worker):
    return hearing.named(wave, worker)


@pytest.fixture
def response(wave, mine):
    return hearing.says(wave, SAID, mine, listened="no")


def page_of(client, response):
    return client.get(reverse("desk:hearing", args=[response.pk]))


def test_the_worker_reads_answers_and_the_child_reads_it(client, wave, worker, response):
    at_desk(client, worker)
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "1 child has said something that you have not read." in home
    listed = client.get(reverse("desk:hearings")).content.decode()
    assert "You have not read it yet." in listed
    assert SAID not in listed
    assert SAID in page_of(client, response).content.decode()
    said = client.post(reverse("desk:hearing", args=[response.pk]), {"step": "answer", "reply": "I come on Friday."})
    assert said.status_code == 302
    receipt = client.post(
        f"/a/{wave.code}/receipt/", f"words={receipt_of(response.pk)}", content_type="application/x-www-form-urlencoded"
    ).content.decode()
    for words in ("I come on Friday.", "My social worker: Read it on", "People who keep children safe always may."):
        assert words in receipt
    assert SAID not in receipt
    assert "is waiting for a person to look at it" not in receipt
    assert "You have read everything" in client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize("role", [*Role, "superuser"])
def test_no_other_person_of_any_role_sees_a_word(client, wave, response, role):
    other = User.objects.create_superuser("boss") if role == "superuser" else staff("other", role, area=wave.area)
    at_desk(client, other)
    for address in (reverse("desk:hearings"), reverse("desk:hearing", args=[response.pk])):
        reply = client.get(address)
        assert SAID not in reply.content.decode()
        if address.endswith(f"{response.pk}/"):
            assert reply.status_code == 302 or reply.status_code == 403
    for step in ("answer", "worry"):
        client.post(reverse("desk:hearing", args=[response.pk]), {"step": step, "reply": "x"})
    assert not Concern.objects.exists()


@pytest.mark.parametrize("role", [*Role])
def test_only_officers_see_who_is_named(client, wave, mine, role):
    at_desk(client, staff("somebody", role, area=wave.area))
    reply = client.get(reverse("desk:hearers", args=[wave.code]))
    assert (reply.status_code == 200) == (role == Role.PARTICIPATION_OFFICER)


def test_an_officer_names_and_ends_somebody(client, wave, worker):
    at_desk(client, hearing.officer(wave))
    address = reverse("desk:hearers", args=[wave.code])
    assert "Nobody is named yet" in client.get(address).content.decode()
    named = {"step": "name", "category": "social_worker", "person": str(worker.pk)}
    assert client.post(address, named).status_code == 302
    assert "cannot tell two apart" in client.post(address, named).content.decode()
    far = staff("far", Role.PRACTITIONER, area=asking.area())
    for wrong in ({"person": str(far.pk)}, {"person": "\0"}, {"person": "9" * 99}, {"category": "mum"}):
        assert client.post(address, {**named, "category": "advocate", **wrong}).status_code == 200
    assert client.post(address, {"step": "end", "hearer": "social_worker.1"}).status_code == 302
    assert (
        "has been ended already" in client.post(address, {"step": "end", "hearer": "social_worker.1"}).content.decode()
    )
    assert client.post(address, {"step": "other"}).status_code in {302, 403}


def test_the_wave_of_another_area_or_promise_has_no_such_page(client, wave):
    at_desk(client, hearing.officer(wave))
    assert client.get(reverse("desk:hearers", args=[hearing.conversation().code])).status_code == 404
    assert client.get(reverse("desk:hearers", args=[asking.open_wave(of=wave.area).code])).status_code == 404


def test_the_page_of_the_wave_offers_no_way_in_that_the_promise_lacks(client, wave):
    at_desk(client, hearing.officer(wave))
    page = client.get(reverse("desk:wave", args=[wave.code])).content.decode()
    assert "Who can be chosen" in page
    assert "Make a poster" not in page
    assert "Print a booklet" not in page
    assert client.get(reverse("desk:booklet", args=[wave.code, "en"])).status_code == 404
    at_desk(client, hearing.worker(wave))
    held = client.get(reverse("desk:conversations")).content.decode()
    assert "The child chooses on the screen" in held
    assert "Print the booklet" not in held


def test_a_worry_of_the_worker_is_in_the_queue_of_the_leads(client, wave, worker, response):
    at_desk(client, worker)
    assert client.post(reverse("desk:hearing", args=[response.pk]), {"step": "worry"}).status_code == 302
    at_desk(client, staff("lead", Role.SAFEGUARDING_LEAD, area=wave.area))
    found = Concern.objects.get()
    assert SAID in client.get(reverse("desk:concern", args=[found.pk])).content.decode()


def test_a_lead_sees_whom_the_child_chose_and_tells_nobody_else(client, wave, mine, response):
    nobody_else = hearing.says(wave, "only for you")
    worrying = hearing.says(wave, "he hits me", mine)
    at_desk(client, staff("lead", Role.SAFEGUARDING_LEAD, area=wave.area))
    assert "My social worker (worker)" in client.get(reverse("desk:text", args=[response.pk])).content.decode()
    assert "nobody but you" in client.get(reverse("desk:text", args=[nobody_else.pk])).content.decode()
    found = Concern.objects.get(response_key=worrying.pk)
    assert "My social worker (worker)" in client.get(reverse("desk:concern", args=[found.pk])).content.decode()
    other = asking.open_wave(of=wave.area)
    plain = arrives(other, "all is well")
    assert "nobody can be found" in client.get(reverse("desk:text", args=[plain.pk])).content.decode()


def test_that_it_was_read_stands_in_who_has_looked(client, wave, worker, response):
    at_desk(client, worker)
    assert SAID in page_of(client, response).content.decode()
    at_desk(client, staff("lead", Role.SAFEGUARDING_LEAD, area=wave.area))
    looked = client.get(reverse("desk:looking")).content.decode()
    assert "Conversations" in looked.split("<tbody>")[1]
    assert "worker" in looked.split("<tbody>")[1]


def test_an_answer_that_is_too_long_is_not_lost(client, worker, response):
    at_desk(client, worker)
    page = client.post(reverse("desk:hearing", args=[response.pk]), {"step": "answer", "reply": "long " * 300})
    assert page.status_code == 200
    assert "too long" in page.content.decode()
    assert "long long" in page.content.decode()


def test_what_the_child_writes_back_is_there_and_stays_unread_for_the_leads(client, wave, worker, response):
    letter = writes_back(response, "can it be Thursday")
    at_desk(client, worker)
    assert "can it be Thursday" in page_of(client, response).content.decode()
    letter.refresh_from_db()
    assert letter.read_on is None
    receipt = client.post(
        f"/a/{wave.code}/receipt/", f"words={receipt_of(response.pk)}", content_type="application/x-www-form-urlencoded"
    ).content.decode()
    assert "So do those you chose." in receipt
    assert "Nobody has read it yet." not in receipt


def test_a_lead_hears_in_the_place_of_who_left_and_the_receipt_says_so(client, wave, worker, mine, response):
    end_hearer(wave, mine.code, by=hearing.officer(wave))
    lead = staff("lead", Role.SAFEGUARDING_LEAD, area=wave.area)
    at_desk(client, lead)
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "1 conversation has lost the person whom the child chose." in home
    texts = reverse("desk:texts")
    assert "Chosen, and not able to read it any more" in client.get(texts).content.decode()
    receipt = {"path": f"/a/{wave.code}/receipt/", "data": f"words={receipt_of(response.pk)}"}
    form = {"content_type": "application/x-www-form-urlencoded"}
    assert "Cannot read it any more" in client.post(**receipt, **form).content.decode()
    for wrong in ({"response": "no"}, {"response": str(uuid.uuid4())}, {"response": str(response.pk), "hearer": "x\0"}):
        assert client.post(texts, wrong).status_code in {302, 403}
    assert client.post(texts, {"response": str(response.pk), "hearer": mine.code}).status_code == 302
    assert "Chosen, and not able" not in client.get(texts).content.decode()
    assert "Someone who keeps children safe did, on" in client.post(**receipt, **form).content.decode()


def test_a_row_that_does_not_open_was_heard_by_nobody(client, worker, response, settings):
    settings.EARSHOT_WORDS_KEYS = ["ab" * 32]
    at_desk(client, worker)
    assert client.get(reverse("desk:hearings")).status_code == 200
    assert page_of(client, response).status_code in {302, 403}
