"""Booklets to print: every copy is the same, so there is nothing to keep."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from surveys.answering.booklet import booklet as booklet_of
from surveys.answering.help_numbers import help_numbers
from surveys.answering.words import words_for
from surveys.design.frozen import instrument_of
from surveys.fieldwork.hearers import is_subject
from surveys.fieldwork.models import Wave
from surveys.instrument.promises import terms_of
from surveys.instrument.wording import LANGUAGES

HOLD = "fieldwork.hold_conversation"


@never_cache
@require_safe
def conversations(request: HttpRequest) -> HttpResponse:
    """The conversations that are in the field in this person's areas: their address, and what to print."""
    if not request.user.has_perm(HOLD):
        raise PermissionDenied("Your role does not include this.")
    found = Wave.objects.visible_to(request.user, HOLD).in_the_field().of_conversations().select_related("area")
    waves = [(wave, _printed(wave), is_subject(request.user, wave)) for wave in found]
    return render(request, "desk/conversations.html", {"waves": waves})


def _printed(wave: Wave) -> list[tuple[str, str]]:
    """The languages of the wave's booklet; none where its promise has no paper."""
    instrument = instrument_of(wave.edition_id)
    if not terms_of(instrument.kept_promise).has_paper:
        return []
    return [(code, LANGUAGES[code]) for code in instrument.languages]


@require_safe
def booklet(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """The wave's questions in one language, for a pen."""
    held = Wave.objects.visible_to(request.user, HOLD).in_the_field().of_conversations()
    mine = Wave.objects.visible_to(request.user, "fieldwork.invite") | held
    wave = get_object_or_404(mine.select_related("area", "edition"), code=code)
    is_officer = request.user.has_perm("fieldwork.invite", wave)
    back = reverse("desk:wave", args=[code]) if is_officer else reverse("desk:conversations")
    instrument = instrument_of(wave.edition_id)
    if is_subject(request.user, wave):
        raise PermissionDenied("These questions are about you, so somebody else holds this conversation.")
    if not terms_of(instrument.kept_promise).has_paper:
        raise Http404("There is no paper for this promise: whoever answers needs a card, or chooses on a screen.")
    if language not in instrument.languages:
        raise Http404("These questions are not there in this language.")
    with override(language):
        book = booklet_of(wave.edition, instrument, wave=wave.code, language=language)
        numbers = help_numbers(wave.area, words_for(instrument.audience, instrument.kind))
        context = {"book": book, "wave": wave, "area": wave.area, "back": back, "help_numbers": numbers}
        return render(request, "desk/booklet.html", context)
