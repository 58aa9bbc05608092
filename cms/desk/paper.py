"""Where two officers key each booklet of paper; nothing keyed is shown again but where their readings differ."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from surveys.answering import keying
from surveys.answering.keying_screens import differing_page, key_page
from surveys.fieldwork.models import Wave
from surveys.frame.policies import NotAllowed
from surveys.instrument.document import InvalidAnswers

KEY_BOOKLET = "fieldwork.key_booklet"
SAID = {
    "once": "Keyed once. Another person keys the same booklet now; put it with those that wait.",
    "recorded": "Stored. Cross out the number on the booklet, and put it where paper is destroyed.",
}


def _wave(request: HttpRequest, code: str) -> Wave:
    mine = Wave.objects.visible_to(request.user, KEY_BOOKLET)
    wave = get_object_or_404(mine.select_related("area", "edition"), code=code)
    if not request.user.has_perm(KEY_BOOKLET, wave):
        raise PermissionDenied("Your role does not include this.")
    return wave


def _back(wave: Wave, form: QueryDict | None = None) -> HttpResponse:
    """To the list; the next booklet of a pile is mostly of the same edition and language."""
    kept = {name: form[name][:10] for name in ("edition", "language") if name in form} if form else {}
    return redirect(f"{reverse('desk:paper', args=[wave.code])}{'?' + urlencode(kept) if kept else ''}")


@never_cache
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """Which booklets wait for a second person, by number; and the way to key the next."""
    wave = _wave(request, code)
    try:
        if request.method == "POST":
            return _begin_or_forget(request, wave)
        waiting = keying.waiting(wave, by=request.user)
    except NotAllowed as problem:
        messages.error(request, " ".join(problem.messages))
        return _back(wave, request.POST) if request.method == "POST" else redirect("desk:wave", code=code)
    context = {
        "wave": wave,
        "waiting": waiting,
        "editions": [str(edition.number) for edition in keying.editions_of(wave)],
        "languages": keying.languages_of(wave),
        "edition": request.GET.get("edition", str(wave.edition.number)),
        "language": request.GET.get("language", "en"),
    }
    return render(request, "desk/paper.html", context)


def _begin_or_forget(request: HttpRequest, wave: Wave) -> HttpResponse:
    if request.POST.get("step") == "delete":
        keying.forget(wave, request.POST, by=request.user)
        messages.success(request, "Deleted. The booklet can be keyed anew, or put aside.")
        return _back(wave)
    page = key_page(keying.begin(wave, request.POST, by=request.user), QueryDict())
    return render(request, "desk/paper_key.html", {"wave": wave, "page": page})


@never_cache
def key(request: HttpRequest, code: str) -> HttpResponse:
    """One booklet as it was keyed: kept, stored, or shown again where two readings differ."""
    wave = _wave(request, code)
    if request.method != "POST":
        return _back(wave)
    try:
        outcome = keying.key(wave, request.POST, by=request.user)
    except InvalidAnswers as problem:
        page = key_page(keying.sheet_of(wave, request.POST), request.POST, problem.errors)
        return render(request, "desk/paper_key.html", {"wave": wave, "page": page}, status=422)
    except NotAllowed as problem:
        messages.error(request, " ".join(problem.messages))
        return _back(wave, request.POST)
    return _after(request, wave, outcome)


@never_cache
def settle(request: HttpRequest, code: str) -> HttpResponse:
    """What the second person decided wherever the readings differ."""
    wave = _wave(request, code)
    if request.method != "POST":
        return _back(wave)
    try:
        outcome = keying.settle(wave, request.POST, by=request.user)
    except (InvalidAnswers, NotAllowed) as problem:
        said = getattr(problem, "messages", ["This is not what was keyed. Key the booklet again."])
        messages.error(request, " ".join(said))
        return _back(wave, request.POST)
    return _after(request, wave, outcome, is_decided=True)


def _after(request: HttpRequest, wave: Wave, outcome: keying.Outcome, *, is_decided: bool = False) -> HttpResponse:
    if outcome.keyed in SAID:
        messages.success(request, SAID[outcome.keyed])
        return _back(wave, request.POST)
    page = differing_page(keying.sheet_of(wave, request.POST), request.POST, outcome, is_decided=is_decided)
    status = 422 if page.errors else 200
    return render(request, "desk/paper_differs.html", {"wave": wave, "page": page}, status=status)
