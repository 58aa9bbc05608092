"""What children asked, answered where every child can read it, in the languages of the area."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from cms.pages.promises import A_MINUTE, area_of
from feedback.promises.question_policies import somebody_answers
from feedback.promises.question_reading import questions_of
from surveys.answering.help_numbers import help_numbers
from surveys.answering.languages import ENGLISH, Spoken, direction_of
from surveys.answering.refusals import exit_address
from surveys.answering.words import words_for
from surveys.frame.models import Area
from surveys.instrument.wording import LANGUAGES, LIMITS, Audience

# One page for all of them, so in words that the younger ones read.
READERS = Audience.AGE_8_11


def questions_at(code: str, language: str = ENGLISH) -> str:
    """The address of the page; English has no name in it."""
    parts = {"code": code} if language == ENGLISH else {"code": code, "language": language}
    return reverse("questions:questions", kwargs=parts)


@require_safe
def child_questions(request: HttpRequest, code: str, language: str = ENGLISH) -> HttpResponse:
    """The questions of children of an area, with the answers, or how long they have waited."""
    area = area_of(code, language)
    if area.merged_into:
        return redirect(questions_at(area.merged_into.code, language))
    with override(language):
        response = render(request, "pages/child_questions.html", _shown(area, language))
    response["Cache-Control"], response["Content-Language"] = A_MINUTE, language
    return response


def _shown(area: Area, language: str) -> dict[str, object]:
    words = words_for(READERS)
    return {
        "area": area,
        "language": language,
        "words": words,
        "target": LIMITS[READERS].target,
        "questions": questions_of(area, language=language),
        "is_answered": somebody_answers(area),
        "languages": [
            Spoken(one, own, direction_of(one), questions_at(area.code, one))
            for one, own in LANGUAGES.items()
            if area.offers(one)
        ],
        "help_numbers": help_numbers(area, words),
        **exit_address(),
    }


def days_waited_said(days: int) -> str:
    """How long a question has waited, as plainly as a child counts days."""
    if days == 0:
        return _("Nobody has answered yet. It is here since today.")
    if days == 1:
        return _("Nobody has answered yet. It has waited since yesterday.")
    return _("Nobody has answered yet. It has waited %(days)s days.") % {"days": days}
