"""The screens on which two leads find out which card it was."""

import uuid
from urllib.parse import urlencode

import pytest
from django.utils import timezone, translation
from django.utils.formats import date_format

from feedback.accounts.roles import Role
from feedback.safeguarding.code_actions import ask_for_code, look_at_code
from feedback.safeguarding.codes import CodeOpening
from surveys.fieldwork.link_codes import card_serial
from surveys.responses.models import Response
from surveys.responses.receipts import receipt_of
from tests.factories import asking
from tests.factories.opening import agreed, coded_wave, two_leads, worry
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
DESK = "/desk/work"
LOOKED_UP = "Two people looked up which card you used, because they were worried that you are not safe."


@pytest.fixture
def wave():
    return coded_wave()


@pytest.fixture
def leads(wave):
    return two_leads(wave.area)


@pytest.fixture
def told(wave, leads):
    return worry(wave, read_by=leads[0])


def post(client, address, **said):
    return client.post(f"{DESK}{address}", said, follow=True).content.decode()


def test_from_the_worry_to_the_child_that_was_told(client, leads, told):
    concern, response, code = told
    serial = card_serial(code)
    at_desk(client, leads[0])
    assert "Which card it was" in client.get(f"{DESK}/worries/{concern.pk}/").content.decode()
    page = post(client, f"/worries/{concern.pk}/code/", reason="They write that they are hit.")
    assert "a second person, until" in page
    opening = CodeOpening.objects.get()
    assert "so it cannot be you" in client.get(f"{DESK}/codes/{opening.pk}/").content.decode()
    assert "somebody else must decide" in post(client, f"/codes/{opening.pk}/", step="agree", reason="Me.")
    at_desk(client, leads[1])
    assert "You are the second person" in client.get(f"{DESK}/codes/{opening.pk}/").content.decode()
    assert "1 card was asked for" in client.get("/desk/").content.decode()
    assert serial not in post(client, f"/codes/{opening.pk}/", step="agree", reason="I read it and agree.")
    page = post(client, f"/codes/{opening.pk}/", step="look")
    assert serial in page
    assert "Tell the child" in page
    assert serial not in client.get(f"{DESK}/codes/{opening.pk}/").content.decode()
    note = client.get(f"{DESK}/codes/{opening.pk}/note/").content.decode()
    assert "You did nothing wrong" in note
    assert serial not in note
    said = {"step": "tell", "teller": "worker", "told_on": timezone.localdate().isoformat(), "reason": "At home."}
    assert "Tick that" in post(client, f"/codes/{opening.pk}/", **said)
    assert "Finished" in post(client, f"/codes/{opening.pk}/", **said, is_told="yes")
    looks = client.get(f"{DESK}/looking/").content.decode()
    assert "Looked at the number of a card" in looks
    assert response.pk == Response.objects.get().pk


def receipt(client, wave, key, language=""):
    """What the receipt of a response shows."""
    address = f"/a/{wave.code}/{language}/receipt/" if language else f"/a/{wave.code}/receipt/"
    words = urlencode({"words": receipt_of(key)})
    return client.post(address, words, content_type="application/x-www-form-urlencoded").content.decode()


def test_the_receipt_says_it_in_arabic_from_right_to_left(client, wave, leads, told):
    key = told[0].response_key
    opening = agreed(told[0], *leads)
    assert LOOKED_UP not in receipt(client, wave, key)
    look_at_code(opening, by=leads[1])
    assert LOOKED_UP in receipt(client, wave, key)
    page = receipt(client, wave, key, "ar")
    assert 'dir="rtl"' in page
    with translation.override("ar"):
        assert translation.gettext(LOOKED_UP) in page
        assert date_format(timezone.localdate(), "j F Y") in page


def test_another_areas_lead_finds_none_of_it(client, leads, told):
    opening = ask_for_code(told[0], reason="They are hit.", by=leads[0])
    at_desk(client, staff("elsewhere", Role.SAFEGUARDING_LEAD, area=asking.area()))
    for address in (f"/codes/{opening.pk}/", f"/codes/{opening.pk}/note/", f"/codes/{uuid.uuid4()}/"):
        assert client.get(f"{DESK}{address}").status_code == 404
    assert client.post(f"{DESK}/worries/{told[0].pk}/code/", {"reason": "x"}).status_code == 404
    assert "Nothing waits" in client.get(f"{DESK}/codes/").content.decode()


@pytest.mark.parametrize("role", [Role.PARTICIPATION_OFFICER, Role.MODERATOR, Role.ADMINISTRATOR, Role.INSPECTOR])
def test_a_role_that_may_not_is_refused(client, leads, told, role):
    opening = ask_for_code(told[0], reason="They are hit.", by=leads[0])
    at_desk(client, staff("other", role, area=told[0].area))
    for address in ("/codes/", f"/codes/{opening.pk}/", f"/codes/{opening.pk}/note/"):
        assert client.get(f"{DESK}{address}").status_code in {302, 403}
    for step in ("agree", "look", "tell"):
        assert client.post(f"{DESK}/codes/{opening.pk}/", {"step": step, "reason": "x"}).status_code in {302, 403}
    opening.refresh_from_db()
    assert opening.status == "asked"


@pytest.mark.parametrize(
    "said", [{}, {"step": "x"}, {"step": "tell", "told_on": "soon", "is_told": "1"}, {"step": "look"}]
)
def test_nonsense_does_nothing(client, leads, told, said):
    opening = ask_for_code(told[0], reason="They are hit.", by=leads[0])
    at_desk(client, leads[1])
    assert client.post(f"{DESK}/codes/{opening.pk}/", said).status_code in {302, 403}
    opening.refresh_from_db()
    assert (opening.status, opening.looked_on) == ("asked", None)


def test_two_tabs_agree_once(client, leads, told):
    opening = ask_for_code(told[0], reason="They are hit.", by=leads[0])
    at_desk(client, leads[1])
    assert "Agreed." in post(client, f"/codes/{opening.pk}/", step="agree", reason="Yes.")
    assert "cannot become" in post(client, f"/codes/{opening.pk}/", step="refuse", reason="No.")


def test_a_worry_under_nobody_knows_offers_no_such_thing(client, leads):
    from feedback.anonymisation.actions import sweep
    from feedback.safeguarding.models import Concern
    from tests.factories.answering import WORRY, arrives

    response = arrives(asking.open_wave(of=leads[0].roles_held.get().area), WORRY)
    sweep()
    concern = Concern.objects.get(response_key=response.pk)
    at_desk(client, leads[0])
    page = client.get(f"{DESK}/worries/{concern.pk}/").content.decode()
    assert "Which card it was" not in page
    assert "cannot be" in page or "nobody can be found" in page
    assert "nobody knows who they are" in post(client, f"/worries/{concern.pk}/code/", reason="They are hit.")
