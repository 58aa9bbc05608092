"""Who showed a password only is nobody here: the desk opens to those who also showed a second factor."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cached_property, partial

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode

from feedback.accounts.models import User
from feedback.accounts.roles import ENTER_THE_DESK
from feedback.accounts.second_factor import has_second_factor

DESK = "/desk/"
BEGAN, SEEN, SHARED = "began", "seen", "shared_computer"
# A look at the clock is stored at most this often, in seconds, so that a click costs no write.
SEEN_EVERY = 60


class SecondFactorMiddleware:
    """Stands before every address of the desk, also later ones, and makes half a sign-in nobody elsewhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers, or sends to the step of signing in that is missing."""
        request.known_by_password = request.user
        request.user = SimpleLazyObject(partial(_whoever_showed_both, request.user))
        if not request.path_info.startswith(DESK) or self._is_open(request.path_info):
            return self.get_response(request)
        return _missing_step(request) or self.get_response(request)

    def _is_open(self, path: str) -> bool:
        return path.startswith(self._open)

    @cached_property
    def _open(self) -> tuple[str, ...]:
        """What is there before one has signed in: signing in itself, and what its pages are made of."""
        names = ("wagtailadmin_login", "wagtailadmin_logout", "wagtailadmin_password_reset", "wagtailadmin_sprite")
        return tuple(map(reverse, (*names, "wagtailadmin_javascript_catalog", "sign_in:steps")))


def _whoever_showed_both(known) -> User | AnonymousUser:
    if not known.is_authenticated or not known.is_verified():
        return AnonymousUser()
    # A page of the desk asks some hundred times. Whose role ends meanwhile has had this one answer.
    known.remember_roles()
    return known


def half_signed_in(request: HttpRequest) -> User | None:
    """Whoever showed a password in this session and no second factor yet."""
    known = request.known_by_password
    return User.objects.get(pk=known.pk) if known.is_authenticated and not known.is_verified() else None


def _missing_step(request: HttpRequest) -> HttpResponse | None:
    """Where to go on signing in; None for whoever is all there."""
    if request.headers.get("X-Requested-With") == "XMLHttpRequest" and not request.user.is_authenticated:
        return HttpResponse("Sign in again: your time at the desk is over.", status=403, content_type="text/plain")
    if user := half_signed_in(request):
        step = "sign_in:code" if has_second_factor(user) else "sign_in:set_up"
        return redirect(f"{reverse(step)}?{urlencode({'next': request.get_full_path()})}")
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path(), reverse("wagtailadmin_login"))
    if _is_over(request):
        logout(request)
        return redirect_to_login(request.get_full_path(), reverse("wagtailadmin_login"))
    if not request.user.has_perm(ENTER_THE_DESK):
        return render(request, "accounts/no_role.html", status=403)
    return None


def begin(request: HttpRequest, *, is_shared: bool) -> None:
    """Starts the clocks of a sign-in; on a computer that others use too they run faster."""
    request.session.update({BEGAN: time.time(), SEEN: time.time(), SHARED: is_shared})


def _is_over(request: HttpRequest) -> bool:
    """Whether nobody was here for a while, or since a working day; a sign-in without clocks is over."""
    now, session = time.time(), request.session
    idle = settings.EARSHOT_IDLE_SECONDS_SHARED if session.get(SHARED, True) else settings.EARSHOT_IDLE_SECONDS
    seen = session.get(SEEN, 0)
    if now - seen > idle or now - session.get(BEGAN, 0) > settings.SESSION_COOKIE_AGE:
        return True
    if now - seen > SEEN_EVERY:
        session[SEEN] = now
    return False
