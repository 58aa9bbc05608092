"""Where officers tell everybody of a wave something, and take it back; no answer is shown here."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from cms.desk.trying import attempt
from surveys.fieldwork.message_actions import LONGEST_MESSAGE, TELL, take_message_back, tell_wave
from surveys.fieldwork.messages import WaveMessage
from surveys.fieldwork.models import Wave


@never_cache
def wave_message(request: HttpRequest, code: str) -> HttpResponse:
    """What was told to everybody of a wave, and a place to tell them something."""
    mine = Wave.objects.visible_to(request.user, TELL)
    found = get_object_or_404(mine.select_related("area"), code=code)
    if not request.user.has_perm(TELL, found):
        raise PermissionDenied("Your role does not include this.")
    if request.method == "POST" and _change(request, found):
        return redirect("desk:wave_message", code=code)
    context = {
        "wave": found,
        "told": WaveMessage.objects.of(found).select_related("by"),
        "longest": LONGEST_MESSAGE,
        "text": request.POST.get("text", ""),
    }
    return render(request, "desk/wave_message.html", context)


def _change(request: HttpRequest, found: Wave) -> bool:
    by, step = request.user, request.POST.get("step")
    if step == "tell":
        text = request.POST.get("text", "")
        return attempt(request, "Everybody who comes back reads it.", lambda: tell_wave(found, text=text, by=by))
    number, correction = request.POST.get("number", ""), request.POST.get("correction", "")
    if step != "back" or not (number.isascii() and number.isdigit() and len(number) < 5):
        raise PermissionDenied("There is no such step.")
    done = "Taken back. Whoever comes back reads what is right."
    return attempt(request, done, lambda: take_message_back(found, int(number), correction=correction, by=by))
