"""Where safeguarding leads read every text, one after another."""

from __future__ import annotations

import time
import uuid

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from cms.desk.moderation import SHOWN, came_too_quickly
from cms.desk.trying import attempt
from feedback.safeguarding.actions import finish_reading, read_text
from feedback.safeguarding.goal_actions import overdue_goals, unread_goals
from feedback.safeguarding.hearing import choice_of, left_unheard
from feedback.safeguarding.hearing_actions import hear_in_place
from feedback.safeguarding.letters import say_they_were_read
from feedback.safeguarding.reading import READ_TEXTS, how_many_unread, next_unread
from feedback.safeguarding.replies import replies_to, reply
from feedback.safeguarding.talks import unread_talks

# So many goals, and so many talks, are listed at once; the next follow once these are read.
MOST_GOALS = 20
TOO_QUICK = "That was quicker than anybody reads, so this text is not read yet."


def _check(request: HttpRequest) -> None:
    if not request.user.has_perm(READ_TEXTS):
        raise PermissionDenied("Your role does not include this.")


@never_cache
def texts(request: HttpRequest) -> HttpResponse:
    """How many texts nobody has read, and the way to the next."""
    _check(request)
    if request.method == "POST":
        _hear_in_place(request)
        return redirect("desk:texts")
    context = {"unread": how_many_unread(request.user), "next": next_unread(request.user)}
    context["goals"] = list(unread_goals(by=request.user).values_list("pk", flat=True)[:MOST_GOALS])
    context["talks"] = list(unread_talks(request.user).values_list("pk", flat=True)[:MOST_GOALS])
    context["late_goals"] = overdue_goals(by=request.user) if context["goals"] else 0
    return render(request, "desk/texts.html", {**context, "left": left_unheard(request.user)})


def _hear_in_place(request: HttpRequest) -> None:
    """Says that this lead has heard a child whose own person cannot any more."""
    try:
        key = uuid.UUID(request.POST.get("response", ""))
    except ValueError as wrong:
        raise PermissionDenied("There is no such step.") from wrong
    code = request.POST.get("hearer", "")
    done = "Kept. The receipt tells the child that somebody else has read it."
    attempt(request, done, lambda: hear_in_place(key, code, by=request.user))


@never_cache
def text(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One text, which is logged as read; then the next."""
    _check(request)
    if request.POST.get("step") == "reply":
        send_reply(request, key)
        return redirect("desk:text", key=key)
    is_worrying = request.POST.get("step") == "worry"
    if request.method == "POST" and not is_worrying and came_too_quickly(request):
        messages.error(request, TOO_QUICK)
    elif request.method == "POST":
        return _go_on(request, key, is_worrying=is_worrying)
    words = read_text(key, by=request.user)
    context = {"words": words, "replies": replies_to(key, request.user), "choice": choice_of(key, request.user)}
    return render(request, "desk/text.html", {**context, "since": signing.dumps(time.time(), salt=SHOWN)})


def _go_on(request: HttpRequest, key: uuid.UUID, *, is_worrying: bool) -> HttpResponse:
    """The next text once this one is read; after a worry the list, because whoever has one may act on it first."""
    if not _finish(request, key, is_worrying=is_worrying):
        return redirect("desk:texts")
    say_they_were_read(key, through=_seen(request), by=request.user)
    following = None if is_worrying else next_unread(request.user)
    return redirect("desk:text", key=following) if following else redirect("desk:texts")


def _finish(request: HttpRequest, key: uuid.UUID, *, is_worrying: bool) -> bool:
    if not finish_reading(key, is_worrying=is_worrying, by=request.user):
        messages.error(request, "Whoever wrote this has taken it back in the meantime. Nothing of it is left.")
        return False
    messages.success(request, "It is among the worries now." if is_worrying else "Read.")
    return True


def _seen(request: HttpRequest) -> int:
    """Up to which letter the screen showed what was written back: a newer one is still to be read."""
    shown = request.POST.get("letters", "")
    return int(shown) if shown.isascii() and shown.isdigit() and len(shown) < 5 else 0


def send_reply(request: HttpRequest, response_key: uuid.UUID) -> bool:
    """Leaves what was written under the receipt, and says so, or why not; False where it was not left."""
    try:
        reply(response_key, text=request.POST.get("reply", ""), by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return False
    messages.success(request, "The reply waits for whoever comes back with the five words.")
    return True
