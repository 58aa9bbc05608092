"""Whatever is refused before a view answers gets a page with a sentence, in the language of the address."""

import pytest
from django.test import Client

from surveys.responses.models import ContactMessage, Response
from tests.factories import asking

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
TOO_MUCH = "This is too much to send at once. Please write less."
INPUTS = ("/a/", "/a/kept/", "/a/kept/contact/", "/a/kept/receipt/", "/blockages/kept/name/")


@pytest.fixture
def here():
    return asking.open_wave(of=asking.area("kept"), code="kept")


def said(reply, status, sentence):
    page = reply.content.decode()
    assert reply.status_code == status
    assert sentence in page
    assert "<main" in page
    assert "Help now" in page or 'lang="en"' not in page
    return page


@pytest.mark.parametrize("address", INPUTS)
@pytest.mark.parametrize(
    "body", ["words=" + "x" * 1_000_000, "a=b&" * 1001 + "words=x"], ids=["a million letters", "a thousand fields"]
)
def test_too_much_is_said_in_a_sentence_and_nothing_is_stored(client, here, address, body):
    said(client.post(address, body, content_type=FORM), 413, TOO_MUCH)
    assert not Response.objects.exists()
    assert not ContactMessage.objects.exists()


@pytest.mark.parametrize("body", ["username=" + "x" * 1_000_000, "a=b&" * 1001], ids=["too long", "too many fields"])
def test_the_desk_says_it_too(client, body):
    said(client.post("/desk/login/", body, content_type=FORM), 413, TOO_MUCH)


def test_too_many_files_are_refused_in_a_sentence(client):
    part = b'--edge\r\nContent-Disposition: form-data; name="a"; filename="a"\r\n\r\nx\r\n'
    reply = client.post("/desk/login/", part * 101 + b"--edge--\r\n", content_type="multipart/form-data; boundary=edge")
    said(reply, 413, TOO_MUCH)


def test_it_is_said_in_the_language_of_the_address(client, here):
    page = client.post("/a/pl/", "code=" + "x" * 1_000_000, content_type=FORM)
    assert page.status_code == 413
    assert page["Content-Language"] == "pl"
    assert TOO_MUCH not in page.content.decode()


@pytest.mark.parametrize(
    "address", ["/no-such-page/", "/promises/nowhere/", "/questions/nowhere/", "/nation/questions/x/"]
)
def test_what_is_not_there_says_so_and_does_not_name_it(client, address):
    page = said(client.get(address), 404, "There is nothing at this address.")
    assert "nowhere" not in page
    assert "no-such-page" not in page


def test_a_host_of_others_is_refused_in_a_sentence(client):
    said(client.get("/a/", headers={"host": "elsewhere.example"}), 400, "Please open the page again.")


def test_a_form_of_another_site_is_refused_in_a_sentence(db):
    reply = Client(enforce_csrf_checks=True).post("/desk/login/", {"username": "a"})
    said(reply, 403, "This page was not whole. Please press Send once more.")
