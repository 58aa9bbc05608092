"""The second factor of a member of staff: an app on their phone, and recovery codes for the day it is lost."""

from __future__ import annotations

import math
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django_otp import devices_for_user, verify_token
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp_webauthn.models import WebAuthnCredential

from feedback.accounts.models import User

RECOVERY_CODES = 10
# A device of this kind holds the recovery codes; the other kind is the app.
RECOVERY = "Recovery codes"
APP = "App"


class WaitFirst(Exception):
    """Raised where too many wrong codes came: says for how many seconds no code is looked at."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(frozen=True)
class SecondFactors:
    """What somebody can show besides their password."""

    app: bool
    recovery_codes: int
    passkeys: tuple[WebAuthnCredential, ...]


def has_second_factor(user: User) -> bool:
    """Whether anything is set up; then it must be shown, and nothing new is set up without it."""
    return any(not isinstance(device, StaticDevice) for device in devices_for_user(user))


def second_factors(user: User) -> SecondFactors:
    """What is set up, and how many recovery codes are left."""
    left = StaticToken.objects.filter(device__user=user).count()
    has_app = TOTPDevice.objects.filter(user=user, confirmed=True).exists()
    passkeys = WebAuthnCredential.objects.filter(user=user, confirmed=True).order_by("pk")
    return SecondFactors(app=has_app, recovery_codes=left, passkeys=tuple(passkeys))


def app_of(user: User) -> TOTPDevice:
    """The app in use."""
    return TOTPDevice.objects.get(user=user, confirmed=True)


def app_to_set_up(user: User) -> TOTPDevice:
    """The app that waits for its first code; the same until then, so that a page that is loaded twice still fits."""
    found = TOTPDevice.objects.filter(user=user, confirmed=False).order_by("pk").first()
    return found or TOTPDevice.objects.create(user=user, name=APP, confirmed=False)


def check_code(user: User, code: str) -> Device | None:
    """The device whose code this is, which is used up; None if it is nobody's. Raises WaitFirst after wrong ones."""
    written = "".join(code.split()).replace("-", "").lower()
    for device in _devices_for(user, written):
        _check_may_try(device)
        if found := verify_token(user, device.persistent_id, written):
            return found
    return None


def confirm_app(user: User, code: str) -> TOTPDevice | None:
    """Takes the waiting app into use if this is its code; whatever was there before is gone. Raises WaitFirst."""
    waiting = app_to_set_up(user)
    _check_may_try(waiting)
    with transaction.atomic():
        if not waiting.verify_token("".join(code.split())):
            return None
        TOTPDevice.objects.filter(user=user).exclude(pk=waiting.pk).delete()
        waiting.confirmed = True
        waiting.save()
    return waiting


def new_recovery_codes(user: User) -> list[str]:
    """Ten codes that each work once; those from before do not work any more."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name=RECOVERY)
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return [f"{code[:4]} {code[4:]}" for code in codes]


def forget_second_factors(user: User) -> None:
    """Takes away everything that was set up."""
    for device in devices_for_user(user, confirmed=None):
        device.delete()


def forget_passkey(user: User, number: int) -> bool:
    """Takes away one passkey; False if they have none of this number."""
    return bool(WebAuthnCredential.objects.filter(user=user, pk=number).delete()[0])


def _devices_for(user: User, written: str) -> list[Device]:
    """Digits are an app's, and letters a recovery code, so that a wrong one of a kind slows only that kind."""
    kind = TOTPDevice if written.isdigit() else StaticDevice
    return [device for device in devices_for_user(user) if isinstance(device, kind)]


def _check_may_try(device: Device) -> None:
    allowed, why = device.verify_is_allowed()
    if not allowed:
        until = (why or {}).get("locked_until", timezone.now())
        raise WaitFirst(max(1, math.ceil((until - timezone.now()).total_seconds())))
