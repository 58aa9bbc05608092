"""A draft as it would be seen: on a phone, on a tablet, on paper, and without JavaScript."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from cms.desk.workbench import survey_at
from cms.workflow.history import latest
from feedback.config.content_security import STRICT
from surveys.answering.trying import FRAMED_BY_THE_DESK, draft_as_booklet, draft_as_phone, languages_to_try
from surveys.design.composition import compose
from surveys.design.models import SurveyPage
from surveys.instrument.document import BadInstrument, Instrument

SIZES = {"phone": "Phone", "tablet": "Tablet", "plain": "Phone without JavaScript", "print": "Paper"}


def composed(survey: SurveyPage) -> tuple[Instrument | None, list[str]]:
    """The draft as it would be asked; or why it cannot be shown yet, in sentences."""
    try:
        return compose(latest(survey), with_drafts=True), []
    except BadInstrument as problem:
        return None, [str(problem)]
    except ValidationError as problem:
        return None, list(problem.messages)


@never_cache
@require_safe
def preview(request: HttpRequest, number: int) -> HttpResponse:
    """The draft in a frame, as large as it is chosen."""
    survey = survey_at(request, number)
    instrument, problems = composed(survey)
    languages = languages_to_try(instrument) if instrument else []
    size, language = request.GET.get("size", ""), request.GET.get("language", "")
    context = {
        "survey": survey,
        "problems": problems,
        "sizes": SIZES.items(),
        "size": size if size in SIZES else "phone",
        "languages": languages,
        "language": language if language in dict(languages) else "en",
    }
    response = render(request, "desk/preview.html", context)
    response["Content-Security-Policy"] = f"{STRICT}; frame-src 'self'"
    return response


@never_cache
@require_safe
@xframe_options_sameorigin
def preview_frame(request: HttpRequest, number: int, size: str, language: str) -> HttpResponse:
    """What is in the frame: the phone's own page, or the booklet, of the draft."""
    survey = survey_at(request, number)
    instrument, problems = composed(survey)
    if instrument is None:
        response = render(request, "desk/preview_problems.html", {"problems": problems})
    elif size not in SIZES or language not in instrument.languages:
        raise Http404("This draft is not there in this size or language.")
    else:
        response = _shown(request, survey, instrument, size, language)
    response["Content-Security-Policy"] = FRAMED_BY_THE_DESK
    return response


def _shown(request: HttpRequest, survey: SurveyPage, asked: Instrument, size: str, language: str) -> HttpResponse:
    area = survey.care_council.area if survey.care_council else None
    if size != "print":
        return draft_as_phone(request, asked, area=area, language=language, with_script=size != "plain")
    with override(language):
        number = survey.editions.count() + 1
        context = draft_as_booklet(asked, number=number, area=area, language=language)
        return render(request, "desk/preview_booklet.html", context)
