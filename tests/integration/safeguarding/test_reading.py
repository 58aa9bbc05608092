"""A person reads every text, and what they read is logged; words and drawings alike."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import ModelLogEntry

from feedback.accounts.roles import Role
from feedback.anonymisation.actions import sweep
from feedback.safeguarding import actions
from feedback.safeguarding.models import Concern, Reading
from feedback.safeguarding.reading import how_many_unread, next_unread
from surveys.instrument.items import Item, Kind
from surveys.responses.actions import Place, new_response, record
from tests.factories import asking
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
WORRY = "he hits me when he is drunk"


@pytest.fixture
def wave():
    drawing = Item(code="picture", kind=Kind.DRAWING, texts={"en": "Draw?"})
    return asking.open_wave(asking.closed_item("listened", "yes", "no"), asking.text_item("words"), drawing)


@pytest.fixture
def lead(wave):
    return staff("lead", Role.SAFEGUARDING_LEAD, area=wave.area)


def arrives(wave, **answers):
    response = new_response(
        uuid.uuid4(), wave=wave, edition=wave.edition, place=Place(wave.area_id), answers=answers, language="en",
        helper="alone",
    )  # fmt: skip
    record(response)
    return response


def test_every_text_waits_for_a_person_but_what_is_a_worry_already(wave, lead):
    arrives(wave, listened="yes")
    ordinary, drawn = arrives(wave, words="we played uno"), arrives(wave, picture={"strokes": "M1,1l2,2"})
    arrives(wave, words=WORRY)
    sweep()
    assert how_many_unread(lead).texts == 2
    read = set()
    while key := next_unread(lead):
        read.add(key)
        actions.read_text(key, by=lead)
        actions.finish_reading(key, is_worrying=False, by=lead)
    assert read == {ordinary.pk, drawn.pk}
    assert how_many_unread(lead).texts == 0


def test_a_drawing_is_seen_as_it_was_drawn(wave, lead):
    drawn = arrives(wave, picture={"strokes": "M1,1l2,2"})
    sweep()
    (part,) = actions.read_text(drawn.pk, by=lead)
    assert (part.question, part.strokes) == ("Draw?", "M1,1l2,2")


def test_what_a_person_finds_worrying_becomes_a_concern(wave, lead):
    response = arrives(wave, words="we went to the park on tuesday")
    sweep()
    actions.finish_reading(response.pk, is_worrying=True, by=lead)
    actions.finish_reading(response.pk, is_worrying=True, by=lead)
    concern = Concern.objects.get()
    assert (concern.response_key, concern.status) == (response.pk, Concern.Status.SEEN)


def test_looking_is_logged_and_the_log_names_no_child(wave, lead):
    response = arrives(wave, words="we played uno")
    sweep()
    actions.read_text(response.pk, by=lead)
    entry = ModelLogEntry.objects.filter(action="safeguarding.read_text").get()
    assert entry.user == lead
    assert str(response.pk) not in str(entry.data) + str(entry.object_id) + entry.label


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SAFEGUARDING_LEAD])
def test_nobody_else_reads(wave, role):
    response = arrives(wave, words="we played uno")
    sweep()
    with pytest.raises(PermissionDenied):
        actions.read_text(response.pk, by=staff("somebody", role, area=wave.area))
    with pytest.raises(PermissionDenied):
        actions.finish_reading(response.pk, is_worrying=False, by=staff("somebody", role, area=wave.area))
    assert not Reading.objects.exists()


def test_a_lead_of_another_area_reads_nothing_here(wave):
    response = arrives(wave, words="we played uno")
    sweep()
    far = staff("far", Role.SAFEGUARDING_LEAD, area=asking.area("far"))
    assert how_many_unread(far).texts == 0
    with pytest.raises(PermissionDenied):
        actions.read_text(response.pk, by=far)


def test_the_desk_leads_from_one_to_the_next(wave, lead, client):
    at_desk(client, lead)
    arrives(wave, words="we played uno"), arrives(wave, words="<script>we played uno</script>")
    sweep()
    assert "2 texts wait" in client.get("/desk/work/texts/").content.decode()
    address = f"/desk/work/texts/{next_unread(lead)}/"
    for _ in range(2):
        assert "<script>we played" not in client.get(address).content.decode()
        address = client.post(address, {"step": "read"})["Location"]
    assert address == "/desk/work/texts/"
    assert "has been read" in client.get("/desk/work/texts/").content.decode()
    gone = client.get(f"/desk/work/texts/{uuid.uuid4()}/")
    assert "taken it back" in gone.content.decode()


def test_whoever_presses_twice_has_not_read_what_came_up(wave, lead, client):
    at_desk(client, lead)
    response = arrives(wave, words="we played uno")
    sweep()
    address = f"/desk/work/texts/{response.pk}/"
    since = client.get(address).content.decode().split('name="since" value="')[1].split('"')[0]
    assert "is not read yet" in client.post(address, {"step": "read", "since": since}).content.decode()
    assert not Reading.objects.exists()
    # A worry is never too quick.
    client.post(address, {"step": "worry", "since": since})
    assert Reading.objects.get().response_key == response.pk


@pytest.mark.parametrize("step", ["worry", "read"])
def test_a_worry_leads_back_to_the_list_and_not_to_the_next(wave, lead, client, step):
    at_desk(client, lead)
    first, second = arrives(wave, words="we played uno"), arrives(wave, words="we went out")
    sweep()
    gone_on = client.post(f"/desk/work/texts/{first.pk}/", {"step": step})["Location"]
    assert gone_on == ("/desk/work/texts/" if step == "worry" else f"/desk/work/texts/{second.pk}/")


@pytest.mark.parametrize("address", ["/desk/", "/desk/work/worries/", "/desk/work/texts/"])
def test_what_screening_has_not_looked_at_is_not_called_read(wave, lead, client, address):
    """Else leads of a site on which the sweep stands still, or was never started, read that all is well."""
    at_desk(client, lead)
    arrives(wave, words=WORRY)
    page = client.get(address).content.decode()
    assert "has been read" not in page
    assert "Nobody waits." not in page
    assert "1 more text has arrived that screening has not looked at yet." in page
    sweep()
    assert "screening has not looked at yet" not in client.get(address).content.decode()


def test_a_worry_is_kept_also_after_somebody_found_nothing(wave, lead):
    response = arrives(wave, words="it was ok i guess")
    sweep()
    assert actions.finish_reading(response.pk, is_worrying=False, by=lead)
    assert actions.finish_reading(response.pk, is_worrying=True, by=lead)
    concern = Concern.objects.get(response_key=response.pk)
    assert (concern.status, concern.rules) == (Concern.Status.SEEN, ["read-by-a-person"])


def test_nothing_is_said_to_be_kept_of_what_was_taken_back(wave, lead):
    assert not actions.finish_reading(uuid.uuid4(), is_worrying=True, by=lead)
    assert Concern.objects.count() == 0
