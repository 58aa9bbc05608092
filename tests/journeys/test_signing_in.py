"""Somebody new is invited, joins with two factors, loses the phone, and two administrators help."""

import re
from base64 import b32decode

import pytest
from django_otp.oath import totp

PHRASE = "a few words of mine"
ACCOUNTS = "/desk/work/accounts/"


def newest_link(site):
    """The link in the letter that was written last."""
    letter = max(site.mail.iterdir(), key=lambda file: file.stat().st_mtime).read_text()
    return re.search(r"https?://[^/]+(/desk/sign-in/join/\S+)", letter.replace("=\n", ""))[1]


def code_of(key):
    return f"{totp(b32decode(key.replace(' ', '')), t0=0):06}"


def invites(administrator, name):
    administrator.opens(ACCOUNTS).looks("people", full=True)
    administrator.page.get_by_role("link", name="Invite somebody").click()
    page = administrator.looks("invite", full=True).page
    for field, words in (("username", name), ("first_name", "Sam"), ("last_name", "Ray")):
        page.fill(f"#id_{field}", words)
    page.fill("#id_email", f"{name}@example.org")
    page.select_option("#id_role", "safeguarding_lead")
    page.select_option("#id_area", "thistledown")
    page.get_by_role("button", name="Invite").click()
    administrator.sees("The invitation is on its way").looks("invited", full=True)


def joins(somebody, link):
    """From the link to the desk; gives the recovery codes."""
    somebody.opens(link).looks("join")
    page = somebody.page
    page.fill("#id_new_password1", PHRASE)
    page.fill("#id_new_password2", PHRASE)
    page.get_by_role("button", name="Go on").click()
    somebody.sees("Set up your second factor").looks("set-up", full=True)
    key = page.locator("code").inner_text()
    page.fill("#id_code", code_of(key))
    page.get_by_role("button", name="Go on").click()
    somebody.sees("They are shown this once.").looks("recovery-codes", full=True)
    codes = page.locator(".codes code").all_inner_texts()
    page.get_by_role("link", name="I have kept them").click()
    page.wait_for_url(re.compile(r"/desk/$"))
    return codes


def shows_password(somebody, name):
    somebody.opens("/desk/login/")
    somebody.page.fill("#id_username", name)
    somebody.page.fill("#id_password", PHRASE)
    somebody.page.click("button[type=submit]")
    return somebody


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desk"])
def test_somebody_is_invited_joins_and_comes_back_with_a_recovery_code(visitor, site, phone):
    size = "phone" if phone else "desk"
    invites(visitor(f"invites-{size}", phone=phone).signs_in("administrator"), f"sam-{size}")
    sam = visitor(f"joins-{size}", phone=phone)
    codes = joins(sam, newest_link(site))
    sam.was_alone()
    later = shows_password(visitor(f"comes-back-{size}", phone=phone), f"sam-{size}")
    later.sees("Now the code").looks("code")
    later.page.fill("#id_code", "000 000")
    later.page.get_by_role("button", name="Go on").click()
    later.sees("This code is not right").looks("wrong-code", full=True)
    later.page.fill("#id_code", codes[0])
    later.page.get_by_role("button", name="Go on").click()
    later.sees("you have 9 left")
    later.opens("/desk/work/sign-in/").looks("own-sign-in", full=True)
    later.page.get_by_role("button", name="Set up a new phone").click()
    later.sees("the old phone does not work").looks("new-phone", full=True)


def test_a_lost_phone_is_helped_by_two_administrators(visitor, site):
    first = visitor("asks-for-reset", phone=False).signs_in("administrator")
    invites(first, "robin")
    joins(visitor("robin", phone=False), newest_link(site))
    first.page.reload()
    first.page.fill("#reason", "Came to my office, I know the face")
    first.page.get_by_role("button", name="Ask for a reset").click()
    first.sees("Another administrator decides now").looks("asked", full=True)
    second = visitor("resets", phone=False).signs_in("second-administrator")
    second.opens(ACCOUNTS).sees("lost their second factor").looks("waiting", full=True)
    second.page.get_by_role("link", name="robin", exact=True).first.click()
    second.page.get_by_role("button", name="Reset it").click()
    second.sees("The invitation is on its way")
    joins(visitor("robin-again", phone=False), newest_link(site))


def test_the_demos_code_opens_the_desk(visitor, site):
    printed = site.manage("demo_code")
    member = visitor("demo-code", phone=False)
    member.opens("/desk/login/")
    member.page.fill("#id_username", "board-officer")
    member.page.fill("#id_password", "look-around-earshot")
    member.page.click("button[type=submit]")
    member.page.fill("#id_code", printed.split()[0])
    member.page.get_by_role("button", name="Go on").click()
    member.page.wait_for_url(re.compile(r"/desk/$"))


def test_wrong_passwords_are_slowed_down_and_it_is_said_that_the_account_is_well(visitor):
    guesser = visitor("guesses")
    for _ in range(5):
        guesser.opens("/desk/login/")
        guesser.page.fill("#id_username", "nobody-of-this-name")
        guesser.page.fill("#id_password", "wrong")
        guesser.page.click("button[type=submit]")
    guesser.sees("Your account is not closed").looks("wait")


def test_a_passkey_takes_the_place_of_the_code_and_can_be_removed(visitor, site):
    invites(visitor("invites-alex", phone=False).signs_in("administrator"), "alex")
    link = newest_link(site)
    alex = visitor("alex", phone=False)
    # A passkey belongs to a name, and numbers have none.
    by_name = site.address.replace("127.0.0.1", "localhost")
    tools = alex.page.context.new_cdp_session(alex.page)
    tools.send("WebAuthn.enable")
    device = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    device |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": device})
    alex.site = type("Named", (), {"address": by_name})
    joins(alex, link)
    alex.opens("/desk/work/sign-in/")
    alex.page.get_by_role("button", name="Add a passkey").click()
    alex.sees("added on").looks("passkeys", full=True)
    alex.page.context.clear_cookies()
    shows_password(alex, "alex").sees("Use my passkey instead").looks("passkey")
    alex.page.get_by_role("button", name="Use my passkey instead").click()
    alex.page.wait_for_url(re.compile(r"/desk/$"))
    alex.opens("/desk/work/sign-in/")
    alex.page.get_by_role("button", name="Remove").click()
    alex.page.wait_for_url(re.compile("sign-in/code|login"))
    alex.was_alone()
