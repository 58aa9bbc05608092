"""The second factor of the demo's accounts: one key for all, printed by make demo, as nobody has their phones."""

from __future__ import annotations

import time
from base64 import b32encode

from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from feedback.accounts.models import User
from feedback.accounts.second_factor import has_second_factor

# Published like the demo's password; the demo is loaded with the development settings only.
DEMO_KEY = b"look around earshot!"
STEP_SECONDS = 30


def set_up_demo_app(account: User) -> None:
    """Gives an account of the demo the app that holds the demo's key."""
    TOTPDevice.objects.create(user=account, name="App", key=DEMO_KEY.hex())


def set_up_missing_apps(usernames: list[str]) -> None:
    """Gives the app to accounts of a demo that was loaded before there was a second factor."""
    for account in User.objects.filter(username__in=usernames):
        if not has_second_factor(account):
            set_up_demo_app(account)


def demo_key() -> str:
    """The key as it is typed into an authenticator app."""
    return b32encode(DEMO_KEY).decode()


def demo_code() -> str:
    """What the app shows now; it changes every 30 seconds."""
    return f"{totp(DEMO_KEY, t0=0, step=STEP_SECONDS):06}"


def seconds_left() -> int:
    """For how long the code stays the same."""
    return STEP_SECONDS - int(time.time()) % STEP_SECONDS
