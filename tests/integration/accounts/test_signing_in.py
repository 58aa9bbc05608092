"""A password alone opens nothing; the second factor works once, is slowed when guessed, and follows a lost phone."""

import re
import time

import pytest
from django.contrib.auth import SESSION_KEY
from django.urls import reverse
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from feedback.accounts.actions import set_active
from feedback.accounts.guard import BEGAN, SEEN
from feedback.accounts.models import RoleHeld
from feedback.accounts.roles import Role
from feedback.accounts.second_factor import new_recovery_codes
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
PASSWORD = "a few words of mine"
CODE, SET_UP, HOME = "/desk/sign-in/code/", "/desk/sign-in/set-up/", "/desk/"


@pytest.fixture
def lead():
    person = staff("lead", Role.SAFEGUARDING_LEAD)
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture
def app(lead):
    return TOTPDevice.objects.create(user=lead, name="App")


def shown_by(app, *, steps=0):
    """What the app shows now, or some steps of its clock from now."""
    return f"{totp(app.bin_key, t0=-steps * 30):06}"


def password(client, *, name="lead", word=PASSWORD, **data):
    return client.post("/desk/login/", {"username": name, "password": word, **data})


def code(client, written, **data):
    return client.post(CODE, {"code": written, **data})


def is_in(client):
    return client.get(HOME).status_code == 200


def test_a_password_alone_leads_to_the_second_factor_and_nowhere_else(client, app):
    assert password(client).status_code == 302
    reply = client.get("/desk/work/worries/?a=b")
    assert reply["Location"] == CODE + "?next=%2Fdesk%2Fwork%2Fworries%2F%3Fa%3Db"
    assert code(client, shown_by(app), next="/desk/work/worries/?a=b")["Location"] == "/desk/work/worries/?a=b"
    assert is_in(client)


def test_half_a_sign_in_is_nobody_on_public_pages(client, app):
    password(client)
    assert SESSION_KEY in client.session
    assert not client.get("/").wsgi_request.user.is_authenticated


def test_a_session_is_given_a_new_key_at_each_step(client, app):
    client.get("/desk/login/")
    keys = [client.session.session_key]
    password(client)
    keys.append(client.session.session_key)
    code(client, shown_by(app))
    keys.append(client.session.session_key)
    assert len(set(keys)) == 3


def test_a_code_works_once(client, app):
    again = type(client)()
    for browser in (client, again):
        password(browser)
    written = shown_by(app)
    code(client, written)
    assert is_in(client)
    assert "used before" in code(again, written).content.decode()
    assert not is_in(again)


@pytest.mark.parametrize(("steps", "enters"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_half_a_minute_off(client, app, steps, enters):
    password(client)
    code(client, shown_by(app, steps=steps))
    assert is_in(client) is enters


def test_after_a_wrong_code_no_code_is_looked_at_for_a_moment(client, app):
    password(client)
    code(client, "000000")
    reply = code(client, shown_by(app)).content.decode()
    assert "Too many wrong codes. Wait 1 seconds" in reply
    assert not is_in(client)


def test_guessed_app_codes_do_not_slow_down_recovery_codes(client, lead, app):
    (*_, kept) = new_recovery_codes(lead)
    password(client)
    code(client, "000000")
    code(client, kept)
    assert is_in(client)


def test_a_recovery_code_works_once_and_the_page_says_how_many_are_left(client, lead, app):
    kept = new_recovery_codes(lead)[0]
    password(client)
    reply = client.post(CODE, {"code": kept.upper().replace(" ", "-")}, follow=True)
    assert "you have 9 left" in reply.content.decode()
    other = type(client)()
    password(other)
    code(other, kept)
    assert not is_in(other)


@pytest.mark.parametrize("written", ["", "x" * 21, "12345\x00", "é" * 8, "١٢٣٤٥٦", "-1", "<script>"])
def test_what_is_no_code_is_refused_with_a_sentence(client, app, written):
    password(client)
    reply = code(client, written)
    assert reply.status_code == 200
    assert "error-message" in reply.content.decode()
    assert not is_in(client)


def test_whoever_has_none_sets_one_up_and_sees_the_recovery_codes_once(client, lead):
    password(client)
    assert client.get(HOME)["Location"].startswith(SET_UP)
    page = client.get(SET_UP).content.decode()
    waiting = TOTPDevice.objects.get(user=lead)
    assert "<svg" in page
    assert client.get(SET_UP).content.decode().count("<svg") == 1
    assert TOTPDevice.objects.count() == 1
    reply = client.post(SET_UP, {"code": shown_by(waiting)}).content.decode()
    assert reply.count("<li><code>") == 10
    assert is_in(client)
    assert client.get(SET_UP).status_code == 302


def test_with_one_in_use_no_other_is_set_up_by_half_a_sign_in(client, app):
    password(client)
    for method in (client.get, client.post):
        assert method(SET_UP)["Location"] == CODE
    assert TOTPDevice.objects.count() == 1


def test_setting_up_ends_every_other_sign_in(client, lead):
    elsewhere = type(client)()
    for browser in (client, elsewhere):
        password(browser)
    client.get(SET_UP)
    client.post(SET_UP, {"code": shown_by(TOTPDevice.objects.get())})
    assert SESSION_KEY in client.session
    assert elsewhere.get(HOME)["Location"].startswith("/desk/login/")


def test_an_app_that_waits_for_its_first_code_opens_nothing(client, lead):
    waiting = TOTPDevice.objects.create(user=lead, name="App", confirmed=False)
    password(client)
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = waiting.persistent_id
    session.save()
    assert not is_in(client)


def test_the_app_of_somebody_else_opens_nothing(client, lead, app):
    other = TOTPDevice.objects.create(user=staff("other"), name="App")
    password(client)
    code(client, shown_by(other))
    assert not is_in(client)
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = other.persistent_id
    session.save()
    assert not is_in(client)


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example", "\x00"]
)
def test_nobody_is_sent_to_another_site(client, app, wanted):
    assert "evil" not in password(client, next=wanted)["Location"]
    assert code(client, shown_by(app), next=wanted)["Location"] == HOME


def test_five_wrong_passwords_are_slowed_down_for_this_place_only(client, app):
    for _ in range(5):
        reply = password(client, word="wrong")
    assert reply.status_code == 429
    assert "Wait 15 minutes" in reply.content.decode()
    assert "Your account is not closed" in reply.content.decode()
    assert password(client).status_code == 429
    assert SESSION_KEY not in client.session
    from_elsewhere = type(client)(REMOTE_ADDR="10.1.2.3")
    assert password(from_elsewhere).status_code == 302


def test_behind_a_proxy_a_made_up_address_does_not_help_to_guess(client, app, settings):
    settings.EARSHOT_BEHIND_PROXY = True
    for number in range(5):
        made_up = type(client)(HTTP_X_FORWARDED_FOR=f"9.9.9.{number}, 10.0.0.1")
        reply = password(made_up, word="wrong")
    assert reply.status_code == 429


def test_a_wrong_name_and_a_wrong_password_are_told_the_same(client, app):
    said = [password(client, name=name, word="wrong").content.decode() for name in ("lead", "nobody")]
    assert all("do not fit together" in page for page in said)


def test_a_closed_account_is_told_so_with_the_right_password_only(client, lead):
    set_active(lead, is_active=False, by=staff("admin"))
    assert "This account is closed" in password(client).content.decode()
    assert "This account is closed" not in password(client, word="wrong").content.decode()


@pytest.mark.parametrize("end", ["role", "account"])
def test_what_ends_while_somebody_is_at_the_desk_ends_at_once(client, lead, end):
    at_desk(client, lead)
    assert is_in(client)
    if end == "role":
        RoleHeld.objects.filter(user=lead).delete()
        reply = client.get(HOME)
        assert reply.status_code == 403
        assert "You hold no role today" in reply.content.decode()
    else:
        set_active(lead, is_active=False, by=staff("admin"))
        assert client.get(HOME)["Location"].startswith("/desk/login/")


def test_a_role_that_is_over_or_not_begun_opens_nothing(client, lead):
    held = RoleHeld.objects.get(user=lead)
    for since, until in (("2020-01-01", "2020-12-31"), ("2999-01-01", None)):
        RoleHeld.objects.filter(pk=held.pk).update(since=since, until=until)
        assert at_desk(client, lead).get(HOME).status_code == 403


@pytest.mark.parametrize(
    ("shared", "seen", "began", "stays"),
    [
        (False, 59 * 60, 3600, True),
        (False, 61 * 60, 3700, False),
        (True, 9 * 60, 3600, True),
        (True, 11 * 60, 3600, False),
        (False, 10, 10 * 3600 + 1, False),
    ],
)
def test_a_sign_in_is_over_after_a_while_and_sooner_on_a_shared_computer(client, lead, shared, seen, began, stays):
    at_desk(client, lead)
    session = client.session
    session.update({"shared_computer": shared, SEEN: time.time() - seen, BEGAN: time.time() - began})
    session.save()
    assert is_in(client) is stays
    assert (SESSION_KEY in client.session) is stays


def test_a_session_without_clocks_is_over(client, lead):
    at_desk(client, lead)
    session = client.session
    del session[SEEN], session[BEGAN]
    session.save()
    assert not is_in(client)


def test_scripts_of_a_page_that_is_over_are_told_so(client, app):
    password(client)
    reply = client.get("/desk/pages/", headers={"X-Requested-With": "XMLHttpRequest"})
    assert reply.status_code == 403
    assert "Sign in again" in reply.content.decode()


def test_signing_in_is_written_into_the_log(client, lead, app):
    from wagtail.models import ModelLogEntry

    password(client)
    code(client, shown_by(app))
    assert ModelLogEntry.objects.filter(action="accounts.sign_in", user=lead).count() == 1


def test_no_page_of_signing_in_is_kept_or_framed(client, app):
    password(client)
    reply = client.get(CODE)
    assert "no-store" in reply["Cache-Control"]
    assert "frame-ancestors 'none'" in reply["Content-Security-Policy"]
    assert "unsafe-inline" not in reply["Content-Security-Policy"]


def test_a_form_from_another_site_is_refused(app):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    for address in ("/desk/login/", CODE, SET_UP, reverse("wagtailadmin_logout")):
        assert strict.post(address, {}).status_code == 403


def test_recovery_codes_alone_are_no_second_factor_to_begin_with(client, lead):
    StaticDevice.objects.create(user=lead, name="Recovery codes")
    password(client)
    assert client.get(HOME)["Location"].startswith(SET_UP)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "localhost.evil.example"])
def test_a_made_up_host_is_refused_and_stands_in_no_letter(client, lead, settings, mailoutbox, host):
    lead.email = "lead@example.org"
    lead.save()
    asked = {"email": lead.email}
    assert client.post("/desk/password_reset/", asked, HTTP_HOST=host).status_code == 400
    settings.ALLOWED_HOSTS = ["*"]
    client.post("/desk/password_reset/", asked, HTTP_HOST=host)
    (letter,) = mailoutbox
    assert "evil" not in letter.body
    assert f"{settings.WAGTAILADMIN_BASE_URL}/desk/password_reset/confirm/" in letter.body


def test_a_new_password_does_not_take_the_place_of_the_second_factor(client, lead, app, mailoutbox):
    lead.email = "lead@example.org"
    lead.save()
    client.post("/desk/password_reset/", {"email": lead.email})
    link = re.search(r"http://127.0.0.1:8000(\S+)", mailoutbox[0].body)[1]
    address = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(address, {"new_password1": "some other words now", "new_password2": "some other words now"})
    assert not is_in(client)
    password(client, word="some other words now")
    assert client.get(HOME)["Location"].startswith(CODE)
