"""Quotes at the desk: an analyst chooses them, a second person sees them with the release, some recall them."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from cms.desk.trying import attempt
from feedback.releases.models import Release
from feedback.releases.quote_actions import (
    CHOOSE,
    IN_ORDER,
    choose_quote,
    drop_quote,
    look_at_quotes,
    look_for_quotes,
    move_quote,
    recall_quote,
)
from feedback.releases.quotes import BY_PEOPLE, ORDER, RECALL, Quote
from feedback.releases.quoting import OPEN, asked_of, candidates, offered, quotes_of
from surveys.instrument.wording import LANGUAGES

ON_A_PAGE = 20
NO_QUOTE = "This quote is not there, or is of another area."


def panel(request: HttpRequest, release: Release) -> dict[str, Any] | None:
    """The quotes on the page of a release, as they will be printed; nothing for all areas together, which has none."""
    if release.area is None:
        return None
    quotes, is_open = quotes_of(release), release.status in OPEN
    may_choose = is_open and request.user.has_perm(CHOOSE, release)
    if quotes.shown and release.status != Release.Status.PUBLISHED:
        look_at_quotes(release, by=request.user)
    return {
        "quotes": quotes,
        "languages": LANGUAGES,
        "may_choose": may_choose,
        "may_recall": not is_open and request.user.has_perm(RECALL, release),
        "reasons": _reasons(),
    }


def _reasons() -> list[tuple[str, str]]:
    return [(reason.value, str(reason.label)) for reason in BY_PEOPLE]


@never_cache
def release_quotes(request: HttpRequest, code: str) -> HttpResponse:
    """The usable comments from which an analyst chooses quotes for a release, twenty at a time."""
    found = get_object_or_404(Release.objects.visible_to(request.user, CHOOSE), code=code)
    if found.area is None or not request.user.has_perm(CHOOSE, found):
        raise PermissionDenied("All areas together have no quotes.")
    if request.method == "POST":
        return _choose_or_drop(request, found)
    if found.status not in OPEN:
        messages.error(
            request, "Quotes are chosen before a release is proposed. A second person can send it back first."
        )
        return redirect("desk:release", code=code)
    look_for_quotes(found, by=request.user)
    return render(request, "desk/release_quotes_choose.html", _to_choose_from(request, found))


def _to_choose_from(request: HttpRequest, found: Release) -> dict[str, Any]:
    there = candidates(found)
    questions = sorted({(one.item, asked_of(one)) for one in there})
    asked = request.GET.get("question", "")
    some = [one for one in there if one.item == asked] if asked else there
    page = Paginator(some, ON_A_PAGE).get_page(request.GET.get("p"))
    return {
        "release": found,
        "offered": offered(found, page.object_list),
        "page": page,
        "questions": questions,
        "asked": asked,
        "chosen": quotes_of(found),
        "languages": LANGUAGES,
    }


def _choose_or_drop(request: HttpRequest, found: Release) -> HttpResponse:
    if "drop" in request.POST:
        quote = _quote(request, CHOOSE, request.POST["drop"])
        if quote is not None:
            attempt(request, "Taken out. It can be chosen again.", lambda: drop_quote(quote, by=request.user))
        return redirect("desk:release", code=found.code)
    mark = request.POST.get("choose", "")
    attempt(request, "Chosen.", lambda: choose_quote(found, mark=mark, by=request.user))
    return redirect(request.get_full_path())


def _quote(request: HttpRequest, permission: str, key: str) -> Quote | None:
    """One quote of this person's areas; where there is none, they are told."""
    try:
        wanted = uuid.UUID(key)
    except ValueError:
        wanted = None
    found = Quote.objects.visible_to(request.user, permission).select_related("release__area")
    quote = found.filter(pk=wanted).first() if wanted else None
    if quote is None:
        messages.error(request, NO_QUOTE)
    return quote


@never_cache
def quotes(request: HttpRequest) -> HttpResponse:
    """The quotes that anybody can read now, to be recalled."""
    if not request.user.has_perm(RECALL):
        raise PermissionDenied("Your role does not include this.")
    if request.method == "POST":
        return _recall(request)
    found = Release.objects.visible_to(request.user, RECALL).published().exclude(area=None).filter(quotes__isnull=False)
    return render(request, "desk/quotes.html", {**_one_of(request, found), "reasons": _reasons()})


def _one_of(request: HttpRequest, found) -> dict[str, Any]:
    """The releases that have quotes, and those of the one that was asked for, or the newest."""
    releases = list(found.select_related("area").distinct())
    asked = request.GET.get("release", "")
    release = next((one for one in releases if one.code == asked), releases[0] if releases else None)
    if release and release.status != Release.Status.PUBLISHED:
        look_at_quotes(release, by=request.user)
    shown = quotes_of(release) if release else None
    return {"releases": releases, "release": release, "quotes": shown, "languages": LANGUAGES}


def _recall(request: HttpRequest) -> HttpResponse:
    quote = _quote(request, RECALL, request.POST.get("quote", ""))
    if quote is not None:
        because = request.POST.get("because", "")
        done = "Recalled: it is gone from every page, and never comes back."
        attempt(request, done, lambda: recall_quote(quote, because=because, by=request.user))
    if quote is not None and request.user.has_perm("releases.view", quote.release) and "from_release" in request.POST:
        return redirect("desk:release", code=quote.release.code)
    return redirect("desk:quotes")


@never_cache
def quotes_order(request: HttpRequest) -> HttpResponse:
    """The quotes of a release that a second person approved, for the care council to put in order."""
    if not request.user.has_perm(ORDER):
        raise PermissionDenied("Your role does not include this.")
    if request.method == "POST":
        return _move(request)
    found = Release.objects.visible_to(request.user, ORDER).exclude(area=None)
    return render(
        request,
        "desk/quotes_order.html",
        _one_of(request, found.filter(status__in=IN_ORDER, quotes__status=Quote.Status.CHOSEN)),
    )


def _move(request: HttpRequest) -> HttpResponse:
    up = "up" in request.POST
    quote = _quote(request, ORDER, request.POST.get("up" if up else "down", ""))
    if quote is None:
        return redirect("desk:quotes_order")
    attempt(request, "Moved.", lambda: move_quote(quote, up=up, by=request.user))
    return redirect(f"{request.path}?release={quote.release.code}")
