"""Drafts a survey for before or after a conference, a review or a first visit, in every language it is written in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import LogContext

from surveys.bank.beside import put_beside
from surveys.bank.models import QuestionPage
from surveys.bank.occasions import Asked, asked_on, load_questions
from surveys.design.models import CareCouncil, SurveyPage
from surveys.design.trees import surveys_of

Questions = Mapping[str, QuestionPage]
SPACE = "On their own phone, alone or with somebody they trust, with a card that names nobody."
VOICE = "A few short questions, two ways out of each, own words at the end, in the language they choose."


@transaction.atomic
def draft_for_occasion(
    council: CareCouncil, *, occasion: str, side: str, audience: str, listens: str, report_back_on: date | None, by
) -> SurveyPage:
    """Drafts one side of an occasion; it is approved and frozen like any survey, by others."""
    if not by.has_perm("design.write", council):
        raise PermissionDenied("You have no role in this area that lets you do this.")
    asked = asked_on(occasion, side, audience)
    wished = f"{council.area.code}-{occasion}-{side}-{audience.lower().replace('_', '-')}"
    # Each page that is made is in the log as made by this person, who therefore cannot be the second one.
    with LogContext(user=by):
        questions = load_questions(asked.questions, by=by)
        survey = SurveyPage(
            title=asked.title["en"],
            slug=_free_slug(council, wished),
            care_council=council,
            audience=audience,
            introduction=asked.introduction["en"],
            space=SPACE,
            voice=VOICE,
            decision_maker=listens,
            report_back_on=report_back_on,
            screens=_screens(asked, questions, "en"),
        )
        surveys_of(council.area).add_child(instance=survey)
        for language in asked.title:
            if language != "en":
                _translate(survey, asked, questions, language)
    return survey


def _free_slug(council: CareCouncil, wished: str) -> str:
    taken = set(surveys_of(council.area).get_children().values_list("slug", flat=True))
    return next(slug for slug in (wished, *(f"{wished}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


def _translate(survey: SurveyPage, asked: Asked, questions: Questions, language: str) -> None:
    put_beside(
        survey,
        language,
        title=asked.title[language],
        draft_title=asked.title[language],
        introduction=asked.introduction[language],
        screens=_screens(asked, questions, language),
        is_checked=False,
    )


def _screens(asked: Asked, questions: Questions, language: str) -> list[tuple[str, dict]]:
    return [
        *_told(asked.told_first, language),
        *(("question", {"question": questions[code], "show_if": []}) for code in asked.questions),
        *_told(asked.told_last, language),
    ]


def _told(told: Mapping[str, Mapping[str, str]], language: str) -> list[tuple[str, dict]]:
    return [("information", {"code": code, "text": words[language]}) for code, words in told.items()]
