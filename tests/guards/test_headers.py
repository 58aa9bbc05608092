"""The whole set of security headers of every kind of page, so that none goes missing and none comes by chance."""

from pathlib import Path

import pytest
from django.test import Client, override_settings
from whitenoise.middleware import WhiteNoiseMiddleware

from feedback.accounts.roles import Role
from tests.factories import asking
from tests.factories.people import at_desk, staff
from tests.guards.test_pages_are_sealed import DESK, STRICT

pytestmark = pytest.mark.django_db
NOTHING_OF_A_DEVICE = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), "
    "idle-detection=(), magnetometer=(), microphone=(), midi=(), payment=(), screen-wake-lock=(), serial=(), usb=()"
)
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": NOTHING_OF_A_DEVICE,
}
OUTSIDE = {
    **EVERYWHERE,
    "Content-Security-Policy": STRICT,
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
}
AT_DESK = {**OUTSIDE, "Content-Security-Policy": DESK, "X-Frame-Options": "SAMEORIGIN"}
OPEN_DATA = {**OUTSIDE, "Cross-Origin-Resource-Policy": "cross-origin"}
NAMES = {*OUTSIDE, "Strict-Transport-Security", "X-XSS-Protection", "Set-Cookie", "Server", "X-Powered-By"}
RESPONDENTS = (
    "/a/", "/a/pl/", "/a/kept/", "/a/kept/contact/", "/a/kept/receipt/", "/a/kept/thanks/none/", "/a/waiting/",
    "/a/worker.js", "/a/away", "/a/help.en.txt", "/a/nowhere/", "/blockages/kept/name/",
)  # fmt: skip
PUBLIC = (
    "/", "/promises/kept/", "/promises/kept/promises.csv", "/questions/kept/", "/blockages/kept/", "/nation/",
    "/no-such-page/", "/healthz", "/readyz",
)  # fmt: skip
OPENED = ("/open-data/", "/open-data/releases.json", "/open-data/changes.atom", "/open-data/openapi.json")


def headers(reply):
    return {name: value for name, value in reply.headers.items() if name in NAMES}


@pytest.fixture
def here():
    return asking.open_wave(of=asking.area("kept"), code="kept")


@pytest.mark.parametrize("address", RESPONDENTS)
def test_respondents(client, here, address):
    assert headers(client.get(address)) == OUTSIDE


@pytest.mark.parametrize("method", ["put", "post", "delete", "options"])
def test_respondents_whatever_is_sent(client, here, method):
    for address in RESPONDENTS:
        assert headers(getattr(client, method)(address)) == OUTSIDE, address


@pytest.mark.parametrize("address", PUBLIC)
def test_the_public(client, here, address):
    assert headers(client.get(address)) == OUTSIDE


@pytest.mark.parametrize("address", OPENED)
def test_open_data_is_for_every_site(client, here, address):
    assert headers(client.get(address)) == OPEN_DATA


def test_the_desk(client, here):
    at_desk(client, staff("lead", Role.SAFEGUARDING_LEAD, area=here.area))
    reply = client.get("/desk/")
    assert reply.status_code == 200
    assert headers(reply) == AT_DESK
    assert "no-store" in reply["Cache-Control"]
    assert "private" in reply["Cache-Control"]


def test_where_words_are_read(client, here):
    at_desk(client, staff("lead", Role.SAFEGUARDING_LEAD, area=here.area))
    for address in ("/desk/work/worries/", "/desk/work/texts/", "/desk/work/no-such-screen/"):
        assert headers(client.get(address)) == OUTSIDE
    assert "no-store" in client.get("/desk/work/worries/")["Cache-Control"]


def test_where_passwords_are_typed(client):
    reply = client.get("/desk/login/")
    assert {**headers(reply), "Set-Cookie": None} == {**OUTSIDE, "Set-Cookie": None}
    assert reply.cookies["csrftoken"]["samesite"] == "Lax"


def test_static_files_are_what_they_say(rf):
    with override_settings(WHITENOISE_USE_FINDERS=True):
        reply = WhiteNoiseMiddleware(lambda request: None)(rf.get("/static/answering/survey.css"))
    assert reply.status_code == 200
    assert reply["X-Content-Type-Options"] == "nosniff"
    # Also for previews, which stand in a frame that belongs to no site.
    assert reply["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Access-Control-Allow-Origin" not in reply
    reply.close()


def test_an_error_of_ours_has_them_too(here, monkeypatch):
    from surveys.answering import views

    def fails(*arguments, **named):
        raise RuntimeError("something of ours")

    monkeypatch.setattr(views, "_code_form", fails)
    reply = Client(raise_request_exception=False).get("/a/pl/")
    assert reply.status_code == 500
    assert headers(reply) == OUTSIDE
    assert 'lang="pl"' in reply.content.decode()


@pytest.mark.parametrize("method", ["TRACE", "DELETE", "PROPFIND", "CONNECT"])
def test_no_other_method_is_answered(client, here, method):
    at_desk(client, staff("lead", Role.SAFEGUARDING_LEAD, area=here.area))
    for address in (*RESPONDENTS, *PUBLIC, *OPENED, "/desk/", "/desk/work/worries/", "/desk/login/"):
        reply = client.generic(method, address)
        assert reply.status_code == 405, address
        assert b"TRACE" not in reply.content


def test_devices_deliver_and_nobody_else_puts(client, here):
    assert client.put("/").status_code == 405
    assert client.put("/blockages/kept/name/").status_code == 405
    assert client.put("/a/kept/responses/00000000-0000-4000-8000-000000000001/", "{}").status_code == 415


def test_every_text_says_in_which_letters_it_is(client, here):
    for address in (*RESPONDENTS, *PUBLIC, *OPENED):
        kind = client.get(address)["Content-Type"]
        assert "charset=utf-8" in kind.lower() or not kind.startswith("text/html"), address


YEAR = 60 * 60 * 24 * 365
PRODUCTION = override_settings(
    SECURE_HSTS_SECONDS=YEAR,
    SECURE_HSTS_INCLUDE_SUBDOMAINS=True,
    SECURE_HSTS_PRELOAD=True,
    SECURE_SSL_REDIRECT=True,
    SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"),
)


def test_in_production_browsers_are_told_to_come_by_https_only(here):
    with PRODUCTION:
        secure = Client(headers={"X-Forwarded-Proto": "https"})
        told = {"Strict-Transport-Security": f"max-age={YEAR}; includeSubDomains; preload"}
        for address in ("/a/", "/", "/a/kept/"):
            assert headers(secure.get(address)) == OUTSIDE | told
        assert Client().get("/a/")["Location"] == "https://testserver/a/"


def test_production_sets_what_was_tried_here():
    """The file is read, because importing it needs a production's secrets."""
    written = Path(__file__).resolve().parents[2].joinpath("feedback/config/settings/production.py").read_text()
    for line in (
        "SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365", "SECURE_HSTS_INCLUDE_SUBDOMAINS = True",
        "SECURE_HSTS_PRELOAD = True", "SECURE_SSL_REDIRECT = True", "SESSION_COOKIE_SECURE = True",
        "CSRF_COOKIE_SECURE = True",
    ):  # fmt: skip
        assert line in written


@pytest.mark.parametrize("cookie", ["csrftoken=\xff", "sessionid=" + "a" * 32, "sessionid=abcdefgh\0"])
def test_a_cookie_of_another_page_is_not_looked_at_where_respondents_are(here, cookie):
    for address in RESPONDENTS:
        assert "Set-Cookie" not in Client(HTTP_COOKIE=cookie).get(address).headers
