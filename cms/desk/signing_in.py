"""The steps of signing in after the password: the second factor, setting one up, and joining by an invitation."""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Callable

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import PasswordResetConfirmView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django_otp import login as show_device
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice
from wagtail.admin.forms.auth import LoginForm
from wagtail.log_actions import log

from feedback.accounts.actions import take_app_into_use
from feedback.accounts.backends import is_closed
from feedback.accounts.guard import begin, half_signed_in
from feedback.accounts.invitations import tokens
from feedback.accounts.models import User
from feedback.accounts.second_factor import (
    WaitFirst,
    app_of,
    app_to_set_up,
    check_code,
    has_second_factor,
    second_factors,
)
from surveys.answering.qr import qr_svg


class CodeForm(forms.Form):
    """What somebody shows besides their password."""

    code = forms.CharField(
        label="Code",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}),
        error_messages={"required": "Write the code.", "max_length": "A code is shorter than that."},
    )
    is_shared = forms.BooleanField(label="Other people use this computer too", required=False)

    def reads(self, read: Callable[[str], object]) -> object:
        """What a right code gives; a wrong one, or one that comes too soon, leaves a sentence beside the field."""
        if not self.is_valid():
            return None
        try:
            found = read(self.cleaned_data["code"])
        except WaitFirst as problem:
            self.add_error("code", f"Too many wrong codes. Wait {problem.seconds} seconds, then try the next code.")
            return None
        if found is None:
            self.add_error("code", "This code is not right, or was used before. Wait for the next one and try again.")
        return found


def where_to(request: HttpRequest) -> str:
    """Where they wanted to go, if it is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else reverse("wagtailadmin_home")


def enter(request: HttpRequest, user: User, device: Device, *, is_shared: bool) -> None:
    """From here on this session has shown both factors; it gets a new key, so that an old one opens nothing."""
    user.refresh_from_db(fields=["session_mark"])
    request.user = user
    update_session_auth_hash(request, user)
    show_device(request, device)
    begin(request, is_shared=is_shared)
    if is_shared:
        request.session.set_expiry(0)
    log(user, "accounts.sign_in", user=user)


@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """Asks for the code of the app, or a recovery code."""
    user = half_signed_in(request)
    if user is None:
        return redirect(where_to(request))
    if not has_second_factor(user):
        return redirect("sign_in:set_up")
    form = CodeForm(request.POST or None)
    if device := form.reads(lambda written: check_code(user, written)):
        enter(request, user, device, is_shared=form.cleaned_data["is_shared"])
        _say_how_many_are_left(request, device)
        return redirect(where_to(request))
    context = {"form": form, "next": where_to(request), "has_passkey": second_factors(user).passkeys}
    return render(request, "desk/sign_in_code.html", context)


def _say_how_many_are_left(request: HttpRequest, device: Device) -> None:
    if isinstance(device, StaticDevice):
        left = second_factors(request.user).recovery_codes
        messages.warning(request, f"That recovery code is used up; you have {left} left. Make new ones under Sign-in.")


@never_cache
def set_up(request: HttpRequest) -> HttpResponse:
    """Shows the QR code for the app, and after its first code the recovery codes, once."""
    user = half_signed_in(request)
    if user is None:
        return redirect("wagtailadmin_home")
    if has_second_factor(user):
        return redirect("sign_in:code")
    form = CodeForm(request.POST or None)
    if codes := form.reads(lambda written: take_app_into_use(written, by=user)):
        enter(request, user, app_of(user), is_shared=form.cleaned_data["is_shared"])
        return render(request, "desk/sign_in_codes.html", {"codes": codes, "next": where_to(request)})
    return render(request, "desk/sign_in_set_up.html", {"form": form, "next": where_to(request), **app_shown(user)})


def app_shown(user: User) -> dict[str, str]:
    """The picture to scan for the app that waits, and its key in groups of four letters for whoever cannot scan."""
    app = app_to_set_up(user)
    key = b32encode(app.bin_key).decode()
    groups = " ".join(key[place : place + 4] for place in range(0, len(key), 4))
    return {"qr": mark_safe(qr_svg(app.config_url)), "key": groups}  # noqa: S308 - drawn by us


class SignInForm(LoginForm):
    """The password; whoever shows the right one of a closed account is told that it is closed."""

    def get_invalid_login_error(self) -> ValidationError:
        """Says what to do next."""
        if is_closed(self.cleaned_data["username"], self.cleaned_data["password"]):
            return ValidationError("This account is closed. Ask an administrator of your area to open it again.")
        return ValidationError("This name and password do not fit together. Both care about capital letters.")


class Join(PasswordResetConfirmView):
    """Somebody who was invited chooses a password, and goes on to the second factor."""

    template_name = "desk/join.html"
    token_generator = tokens
    post_reset_login = True
    post_reset_login_backend = settings.AUTHENTICATION_BACKENDS[-1]
    success_url = reverse_lazy("sign_in:set_up")


def locked_out(request: HttpRequest, *args, **kwargs) -> HttpResponse:
    """After too many wrong passwords: how long to wait, and that the account itself is well."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "desk/sign_in_wait.html", {"minutes": minutes}, status=429)
