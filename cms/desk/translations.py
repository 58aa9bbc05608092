"""A survey in other languages: side by side with the English, how far each text is, and files for translators."""

from __future__ import annotations

import json

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.desk.exchange import content_of, download, sealed, unsealed
from cms.desk.surveys import VIEW, mine
from cms.desk.trying import attempt
from cms.workflow.history import latest
from surveys.design.catalogues import LARGEST, BadCatalogue, Taken, catalogue_of, read_catalogue, refused_lines
from surveys.design.models import SurveyPage
from surveys.design.translating import Translation, translations_of
from surveys.design.translation_actions import check_translation, translate
from surveys.design.translation_rules import Said, mark, problems_of
from surveys.instrument.wording import LANGUAGES

REFUSED = 422


def _found(request: HttpRequest, number: int) -> SurveyPage:
    if not request.user.has_perm(VIEW):
        raise PermissionDenied("Your role does not include this.")
    return get_object_or_404(mine(request), id=number)


def _translation(found: SurveyPage, language: str) -> Translation:
    if language not in LANGUAGES or language == "en":
        raise Http404("The platform does not have this language.")
    return Translation(latest(found), language)


def may_translate(request: HttpRequest, found: SurveyPage) -> bool:
    """Whether this person may put words beside the English of this survey now."""
    is_draft = found.status == SurveyPage.Status.DRAFT
    return is_draft and request.user.has_perm("design.freeze", found) and request.user.has_perm("bank.publish")


@never_cache
@require_safe
def translations(request: HttpRequest, number: int) -> HttpResponse:
    """How far the survey is in each language."""
    found = _found(request, number)
    rows = [(one, one.how_many(), len(one.texts)) for one in translations_of(latest(found))]
    return render(request, "desk/translations.html", {"survey": found, "rows": rows})


@never_cache
def translation(request: HttpRequest, number: int, language: str) -> HttpResponse:
    """One language beside the English: typed here, from a translator's file, and checked."""
    found = _found(request, number)
    beside = _translation(found, language)
    if request.method != "POST":
        return _show(request, found, beside)
    step = request.POST.get("step", "")
    if step not in STEPS:
        raise PermissionDenied("There is no such step.")
    return STEPS[step](request, found, beside)


def _show(
    request: HttpRequest,
    found: SurveyPage,
    beside: Translation,
    *,
    typed: dict[str, Said] | None = None,
    problems: dict[str, str] | None = None,
) -> HttpResponse:
    typed, problems = typed or {}, problems or {}
    rows = [
        {
            "text": text,
            "number": number,
            "words": typed[text.key].words if text.key in typed else text.words,
            "problem": problems.get(text.key, ""),
            "is_long": len(text.english) > 60,
        }
        for number, text in enumerate(beside.texts.values())
    ]
    context = {
        "survey": found,
        "beside": beside,
        "rows": rows,
        # What was seen when this was typed. After a refusal it is what the page says now, so a second press is meant.
        "shown": json.dumps([[text.key, mark(text.english), mark(text.words)] for text in beside.texts.values()]),
        "counts": {state.value: many for state, many in beside.how_many().items()},
        "may_translate": may_translate(request, found),
    }
    return render(request, "desk/translation.html", context, status=REFUSED if problems else 200)


def _typed(request: HttpRequest) -> dict[str, Said]:
    """What stands in the form, by the key of each text; a text that was left empty is left as it is."""
    said = {}
    for number, (key, english, instead_of) in enumerate(_shown(request)):
        words = request.POST.get(f"words-{number}", "").replace("\r\n", "\n").strip()
        if words:
            said[key] = Said(words, english, instead_of, still=f"still-{number}" in request.POST)
    return said


def _shown(request: HttpRequest) -> list[list[str]]:
    """The texts as the page showed them: key, and what stands for the English and for the words."""
    try:
        shown = json.loads(request.POST.get("shown", ""))
        return [[str(key), str(english), str(words)] for key, english, words in shown]
    except (ValueError, TypeError, RecursionError) as problem:
        raise PermissionDenied("This form was changed on its way.") from problem


def _save(request: HttpRequest, found: SurveyPage, beside: Translation) -> HttpResponse:
    # Only what differs from what is there: a text that nobody touched cannot be in anybody's way.
    said = {
        key: one
        for key, one in _typed(request).items()
        if one.still or key not in beside.texts or one.words != beside.texts[key].words
    }
    # Nor what was only shown, while somebody else has changed it.
    said = {key: one for key, one in said.items() if one.still or mark(one.words) != one.instead_of}
    if problems := problems_of(beside, said):
        messages.error(request, f"Nothing was kept: {len(problems)} of the texts cannot be said like this. See below.")
        return _show(request, found, beside, typed=said, problems=problems)
    attempt(request, f"Kept: {len(said)} texts.", lambda: translate(found, beside.language, said, by=request.user))
    return redirect("desk:translation", number=found.pk, language=beside.language)


def _check(request: HttpRequest, found: SurveyPage, beside: Translation) -> HttpResponse:
    def check() -> None:
        if not request.POST.get("speaks"):
            raise ValidationError(f"Tick that somebody who speaks {beside.name} has read it.")
        if not check_translation(found, beside.language, by=request.user):
            messages.warning(
                request, "Some texts are still missing, so the survey as a whole does not count as checked."
            )

    attempt(request, "Noted as checked.", check)
    return redirect("desk:translation", number=found.pk, language=beside.language)


def _read(request: HttpRequest, found: SurveyPage, beside: Translation) -> HttpResponse:
    """Lists what a translator's file brings; nothing is stored."""
    sent = request.FILES.get("file")
    try:
        if sent is None:
            raise ValidationError("Choose the file first.")
        taken = read_catalogue(content_of(sent, LARGEST), beside)
    except (BadCatalogue, ValidationError) as problem:
        messages.error(request, " ".join(getattr(problem, "messages", [str(problem)])))
        return redirect("desk:translation", number=found.pk, language=beside.language)
    return render(request, "desk/translation_file.html", _brought(request, found, beside, taken))


def _brought(request: HttpRequest, found: SurveyPage, beside: Translation, taken: Taken) -> dict[str, object]:
    about = {key: [one.words, one.english, one.instead_of, one.still] for key, one in taken.said.items()}
    return {
        "survey": found,
        "beside": beside,
        "taken": taken,
        "new": [(beside.texts[key], one.words) for key, one in taken.said.items()],
        "refused": list(refused_lines(taken)),
        "waiting": sealed(request, f"po-{found.pk}-{beside.language}", about),
        "may_translate": may_translate(request, found),
    }


def _keep(request: HttpRequest, found: SurveyPage, beside: Translation) -> HttpResponse:
    def keep() -> None:
        about = unsealed(request, f"po-{found.pk}-{beside.language}")
        translate(found, beside.language, {key: Said(*one) for key, one in about.items()}, by=request.user)

    attempt(request, "The words of the file are in.", keep)
    return redirect("desk:translation", number=found.pk, language=beside.language)


STEPS = {"save": _save, "check": _check, "read": _read, "keep": _keep}


@never_cache
@require_safe
def catalogue(request: HttpRequest, number: int, language: str) -> HttpResponse:
    """The file for a translator."""
    found = _found(request, number)
    content = catalogue_of(_translation(found, language)).encode()
    return download(content, "text/x-gettext-translation; charset=utf-8", f"{found.slug}.{language}.po")
