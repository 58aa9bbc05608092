"""Where a question of the bank is asked: in which surveys under design, and in which editions frozen from them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import TextField
from django.db.models.functions import Cast

from surveys.bank.models import QuestionPage
from surveys.design.models import Edition, SurveyPage


@dataclass(frozen=True)
class Uses:
    """The surveys of this person's areas that ask a question, the editions that do, and how many surveys elsewhere."""

    surveys: list[SurveyPage]
    editions: list[Edition]
    elsewhere: int


def uses_of(question: QuestionPage, user) -> Uses:
    """Where a question is asked; of areas in which somebody has no role only how many surveys."""
    frozen = _editions_asking(question.code)
    asking = _surveys_asking(question) | {edition.survey_id for edition in frozen}
    mine = SurveyPage.objects.visible_to(user, "design.view").designed().filter(pk__in=asking)
    surveys = list(mine.select_related("care_council__area").order_by("title", "pk"))
    here = {survey.pk for survey in surveys}
    return Uses(surveys, [edition for edition in frozen if edition.survey_id in here], len(asking - here))


def _surveys_asking(question: QuestionPage) -> set[int]:
    """By the name their screens have for it, because one query finds that in all of them."""
    named = f'"question": {question.pk}'
    whole = re.compile(rf"{re.escape(named)}\b")
    as_text = SurveyPage.objects.designed().annotate(as_text=Cast("screens", TextField()))
    found = as_text.filter(as_text__contains=named).values_list("pk", "as_text")
    return {pk for pk, text in found if whole.search(text)}


def _editions_asking(code: str) -> list[Edition]:
    as_text = Edition.objects.annotate(as_text=Cast("document", TextField()))
    found = as_text.filter(as_text__contains=f'"{code}"').select_related("survey").prefetch_related("waves__area")
    asked = (edition for edition in found if any(item["code"] == code for item in edition.document["items"]))
    return sorted(asked, key=lambda edition: (edition.survey.title, edition.survey_id, edition.number))
