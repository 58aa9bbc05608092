"""Somebody's own sign-in: new recovery codes, and a new phone."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django_otp import login as show_device

from cms.desk.signing_in import CodeForm, app_shown
from cms.desk.trying import attempt
from feedback.accounts.actions import change_phone, make_recovery_codes, remove_passkey, take_app_into_use
from feedback.accounts.second_factor import app_of, second_factors


@never_cache
def own_sign_in(request: HttpRequest) -> HttpResponse:
    """What is set up; a new app takes the place of the old one only when its first code was right."""
    step = request.POST.get("step")
    if step == "codes":
        return _show(request, make_recovery_codes(by=request.user))
    if step == "remove":
        return _remove(request)
    if step == "phone":
        attempt(request, "Kept.", lambda: change_phone(request.user, request.POST.get("phone", ""), by=request.user))
        return redirect("desk:own_sign_in")
    form = CodeForm(request.POST if step == "app" else None)
    if codes := form.reads(lambda written: take_app_into_use(written, by=request.user)):
        request.user.refresh_from_db(fields=["session_mark"])
        update_session_auth_hash(request, request.user)
        show_device(request, app_of(request.user))
        return _show(request, codes)
    has_asked = step == "new" or form.is_bound
    context = {"factors": second_factors(request.user), "form": form if has_asked else None}
    return render(request, "desk/own_sign_in.html", {**context, **(app_shown(request.user) if has_asked else {})})


def _remove(request: HttpRequest) -> HttpResponse:
    number = request.POST.get("passkey", "")
    try:
        remove_passkey(int(number) if number.isdecimal() and len(number) < 19 else 0, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, "That passkey does not open the desk any more.")
    return redirect("desk:own_sign_in")


def _show(request: HttpRequest, codes: list[str]) -> HttpResponse:
    return render(request, "desk/sign_in_codes.html", {"codes": codes, "next": reverse("desk:own_sign_in")})
