"""Administrators invite, give and end roles, and reset a lost factor in twos; each in their own areas only."""

import re
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from feedback.accounts.actions import decide_reset, end_role, make_recovery_codes, set_active
from feedback.accounts.invitations import tokens
from feedback.accounts.models import FactorReset, RoleHeld, User
from feedback.accounts.roles import Role
from feedback.accounts.second_factor import has_second_factor
from tests.factories import asking
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
ACCOUNTS, INVITE = "/desk/work/accounts/", "/desk/work/accounts/invite/"
NEW = {
    "username": "new-lead", "email": "new@example.org", "first_name": "Sam", "last_name": "Ray",
    "role": "safeguarding_lead", "area": "here", "until": "",
}  # fmt: skip


@pytest.fixture
def here():
    return asking.area("here")


@pytest.fixture
def there():
    return asking.area("there")


@pytest.fixture
def admin(here):
    return staff("admin", area=here)


@pytest.fixture
def second(here):
    return staff("second", area=here)


@pytest.fixture
def lead(here):
    person = staff("lead", Role.SAFEGUARDING_LEAD, area=here)
    person.email = "lead@example.org"
    person.set_password("a few words of mine")
    person.save()
    TOTPDevice.objects.create(user=person, name="App")
    return person


def page_of(person):
    return f"{ACCOUNTS}{person.pk}/"


def said(reply):
    return re.sub(r"\s+", " ", reply.content.decode())


def test_an_invited_person_joins_by_the_link_and_sets_up_a_second_factor(client, admin):
    reply = at_desk(client, admin).post(INVITE, NEW, follow=True)
    assert "on its way to new@example.org" in said(reply)
    account = User.objects.get(username="new-lead")
    assert not account.has_usable_password()
    (letter,) = mail.outbox
    assert letter.to == ["new@example.org"]
    link = re.search(r"http://127.0.0.1:8000(\S+)", letter.body)[1]
    browser = type(client)()
    form = browser.get(link, follow=True)
    words = {"new_password1": "a few words of mine", "new_password2": "a few words of mine"}
    assert browser.post(form.redirect_chain[-1][0], words)["Location"] == "/desk/sign-in/set-up/"
    assert browser.get("/desk/")["Location"].startswith("/desk/sign-in/set-up/")
    assert "does not work any more" in said(type(client)().get(link, follow=True))


@pytest.mark.parametrize("words", ["short", "password1234", "new-lead-new", "123456789012"])
def test_a_weak_password_is_refused(client, admin, words):
    at_desk(client, admin).post(INVITE, NEW)
    link = re.search(r"http://127.0.0.1:8000(\S+)", mail.outbox[0].body)[1]
    browser = type(client)()
    address = browser.get(link, follow=True).redirect_chain[-1][0]
    reply = browser.post(address, {"new_password1": words, "new_password2": words})
    assert "error-message" in said(reply)
    assert not User.objects.get(username="new-lead").has_usable_password()


def test_a_link_is_over_after_three_days(client, admin, settings):
    at_desk(client, admin).post(INVITE, NEW)
    account = User.objects.get(username="new-lead")
    token = tokens.make_token(account)
    assert tokens.check_token(account, token)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert not tokens.check_token(account, token)


def test_a_mail_server_that_is_down_loses_no_account_and_is_told(client, admin, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    reply = at_desk(client, admin).post(INVITE, NEW, follow=True)
    assert "no mail server took the invitation" in said(reply)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    client.post(page_of(User.objects.get(username="new-lead")), {"step": "send"})
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"area": "there"}, {"area": "everywhere"}, {"area": ""}, {"role": "king"}, {"email": ""}, {"email": "no"},
        {"username": "a b"}, {"username": "x" * 151}, {"username": "nul\x00"}, {"until": "yesterday"},
        {"until": str(timezone.localdate() - timedelta(days=1))}, {"username": "admin"},
    ],
    ids=str,
)  # fmt: skip
def test_a_wrong_invitation_stores_and_sends_nothing(client, admin, there, wrong):
    reply = at_desk(client, admin).post(INVITE, {**NEW, **wrong})
    assert reply.status_code == 200
    assert "error-message" in said(reply)
    assert set(User.objects.values_list("username", flat=True)) == {"admin"}
    assert mail.outbox == []


def test_what_a_form_does_not_have_cannot_be_sent_along(client, admin):
    extra = {"is_superuser": "on", "is_active": "", "session_mark": "known", "groups": "1", "password": "known"}
    at_desk(client, admin).post(INVITE, {**NEW, **extra})
    account = User.objects.get(username="new-lead")
    assert not account.is_superuser
    assert account.is_active
    assert account.session_mark != "known"
    assert not account.has_usable_password()


@pytest.mark.parametrize("step", ["give", "end", "close", "open", "ask", "reset", "refuse", "send", "", "delete"])
def test_another_areas_people_are_not_there(client, admin, there, step):
    far = staff("far", Role.SAFEGUARDING_LEAD, area=there)
    assert "far" not in said(at_desk(client, admin).get(ACCOUNTS))
    assert client.get(page_of(far)).status_code == 404
    assert client.post(page_of(far), {"step": step, "role": far.roles_held.get().pk}).status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_administrators_see_accounts(client, here, lead, role):
    at_desk(client, staff("somebody", role, area=here))
    for address in (ACCOUNTS, INVITE, page_of(lead)):
        for reply in (client.get(address, headers={"X-Requested-With": "XMLHttpRequest"}), client.post(address, {})):
            assert reply.status_code in (302, 403)
            assert reply.get("Location", "/desk/") == "/desk/"
    assert User.objects.filter(username="new-lead").count() == 0


def test_a_role_is_given_until_a_day_and_ended_at_once(client, admin, lead):
    at_desk(client, admin)
    until = timezone.localdate() + timedelta(days=30)
    client.post(page_of(lead), {"step": "give", "role": "moderator", "area": "here", "until": str(until)})
    held = lead.roles_held.get(role="moderator")
    assert held.until == until
    browser = at_desk(type(client)(), lead)
    client.post(page_of(lead), {"step": "end", "role": held.pk})
    assert not lead.roles_on(timezone.localdate()).filter(role="moderator").exists()
    assert browser.get("/desk/")["Location"].startswith("/desk/login/")


def test_giving_the_same_role_twice_gives_it_once(client, admin, lead):
    at_desk(client, admin)
    for _ in range(2):
        client.post(page_of(lead), {"step": "give", "role": "moderator", "area": "here", "until": ""})
    assert lead.roles_held.filter(role="moderator").count() == 1


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 30, "\x00"])
def test_a_role_that_is_none_is_not_ended(client, admin, lead, number):
    assert at_desk(client, admin).post(page_of(lead), {"step": "end", "role": number}).status_code == 404


def test_a_role_elsewhere_is_not_ended_from_here(client, admin, lead, there):
    far = RoleHeld.objects.create(user=lead, role=Role.SAFEGUARDING_LEAD, area=there)
    assert at_desk(client, admin).post(page_of(lead), {"step": "end", "role": far.pk}).status_code == 404
    with pytest.raises(PermissionDenied):
        end_role(far, by=admin)


def test_an_account_that_also_works_elsewhere_is_not_closed_or_reset_from_here(client, admin, second, lead, there):
    RoleHeld.objects.create(user=lead, role=Role.SAFEGUARDING_LEAD, area=there)
    at_desk(client, admin)
    assert "Only an administrator of every one of them" in said(client.get(page_of(lead)))
    assert client.post(page_of(lead), {"step": "ask", "reason": "by phone"}).status_code in (302, 403)
    assert not FactorReset.objects.exists()
    with pytest.raises(PermissionDenied):
        set_active(lead, is_active=False, by=admin)


def test_nobody_locks_themselves_out(client, admin):
    at_desk(client, admin)
    reply = client.post(page_of(admin), {"step": "end", "role": admin.roles_held.get().pk}, follow=True)
    assert "You cannot end your own role" in said(reply)
    reply = client.post(page_of(admin), {"step": "close"}, follow=True)
    assert "You cannot close your own account" in said(reply)


def test_a_lost_factor_is_reset_by_two_people_and_the_person_joins_anew(client, admin, second, lead):
    browser = at_desk(type(client)(), lead)
    at_desk(client, admin).post(page_of(lead), {"step": "ask", "reason": "Came to my office"})
    reply = client.post(page_of(lead), {"step": "reset"}, follow=True)
    assert "It takes two people" in said(reply)
    assert has_second_factor(lead)
    at_desk(client, second).post(page_of(lead), {"step": "reset"})
    lead.refresh_from_db()
    assert not has_second_factor(lead)
    assert not lead.has_usable_password()
    assert mail.outbox[0].to == ["lead@example.org"]
    assert browser.get("/desk/")["Location"].startswith("/desk/login/")
    assert client.post(page_of(lead), {"step": "reset"}).status_code == 404


def test_a_refused_reset_changes_nothing_and_can_be_asked_for_again(client, admin, second, lead):
    at_desk(client, admin).post(page_of(lead), {"step": "ask", "reason": "By telephone"})
    at_desk(client, second).post(page_of(lead), {"step": "refuse"})
    assert has_second_factor(lead)
    client.post(page_of(lead), {"step": "ask", "reason": "In person now"})
    assert FactorReset.objects.waiting().count() == 1


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_reset_needs_a_reason(client, admin, lead, reason):
    reply = at_desk(client, admin).post(page_of(lead), {"step": "ask", "reason": reason}, follow=True)
    assert "Say how you know" in said(reply)
    assert not FactorReset.objects.exists()


def test_asking_twice_asks_once(client, admin, second, lead):
    for person in (admin, second):
        reply = at_desk(client, person).post(page_of(lead), {"step": "ask", "reason": "x" * 5000}, follow=True)
    assert "Somebody has asked for this already" in said(reply)
    assert FactorReset.objects.count() == 1


def test_nobody_resets_their_own_factor(admin, second):
    TOTPDevice.objects.create(user=admin, name="App")
    reset = FactorReset.objects.create(user=admin, asked_by=second, reason="lost")
    with pytest.raises(Exception, match="It takes two people"):
        decide_reset(reset, is_refused=False, by=admin)


def test_new_recovery_codes_take_the_place_of_the_old(client, lead):
    (old, *_) = make_recovery_codes(by=lead)
    reply = at_desk(client, lead).post("/desk/work/sign-in/", {"step": "codes"})
    assert said(reply).count("<li><code>") == 10
    assert old not in said(reply)


def test_a_new_phone_takes_the_place_of_the_old_at_its_first_right_code(client, lead):
    from tests.integration.accounts.test_signing_in import shown_by

    at_desk(client, lead)
    client.post("/desk/work/sign-in/", {"step": "new"})
    old, new = TOTPDevice.objects.filter(user=lead).order_by("pk")
    assert "error-message" in said(client.post("/desk/work/sign-in/", {"step": "app", "code": "12"}))
    assert TOTPDevice.objects.filter(pk=old.pk, confirmed=True).exists()
    new.refresh_from_db()
    new.throttle_reset()
    assert "recovery codes" in said(client.post("/desk/work/sign-in/", {"step": "app", "code": shown_by(new)}))
    assert list(TOTPDevice.objects.filter(user=lead)) == [new]
    assert client.get("/desk/").status_code == 200


def test_no_name_or_link_of_an_invitation_is_logged(client, admin, caplog, monkeypatch):
    def refuse(subject, body, sender, to):
        raise SMTPRecipientsRefused({to[0]: (550, b"no such mailbox")})

    monkeypatch.setattr("feedback.accounts.invitations.send_mail", refuse)
    at_desk(client, admin).post(INVITE, NEW)
    assert "could not be sent" in caplog.text
    assert "new@example.org" not in caplog.text
    assert "/join/" not in caplog.text


def test_nobody_gives_themselves_a_role(client, admin):
    at_desk(client, admin)
    give = {"step": "give", "role": "safeguarding_lead", "area": "here", "until": ""}
    assert "You cannot give yourself a role" in said(client.post(page_of(admin), give, follow=True))
    assert [held.role for held in admin.roles_held.all()] == [Role.ADMINISTRATOR]


@pytest.mark.parametrize(
    ("email", "answer"),
    [
        ("new@example.org", "The address is changed"),
        ("", "stays"),
        ("no address", "Enter a valid email"),
        ("a\x00@b.c", ""),
    ],
)  # fmt: skip
def test_an_address_is_changed_by_an_administrator_if_it_is_one(client, admin, lead, email, answer):
    reply = at_desk(client, admin).post(page_of(lead), {"step": "email", "email": email}, follow=True)
    lead.refresh_from_db()
    assert lead.email == (email if "changed" in answer else "lead@example.org")
    assert answer in said(reply)


def test_nobody_changes_their_own_address(client, admin):
    reply = at_desk(client, admin).post(page_of(admin), {"step": "email", "email": "x@example.org"}, follow=True)
    assert "You cannot change your own address" in said(reply)
    admin.refresh_from_db()
    assert admin.email == ""
