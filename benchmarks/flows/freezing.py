"""Freezing a survey of many questions in eight languages into an edition."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from benchmarks.flow import Figures, Flow, Size, check
from surveys.bank.models import Option, QuestionBankPage, QuestionPage, Wording
from surveys.design.actions import approve, freeze, submit
from surveys.design.models import SurveyPage
from surveys.instrument.wording import LANGUAGES, Audience
from tests.factories import asking
from tests.factories.designing import LISTENED_TO, designers

OPTIONS = ("always", "often", "sometimes", "seldom", "never")
AUDIENCE = Audience.CARE_LEAVER


class Freeze(Flow):
    """A second person freezes what the care council approved: how long, and how many queries for each question."""

    sizes = {Size.TINY: 3, Size.SMALL: 10, Size.LARGE: 49}

    def setup(self, n: int, folder: Path) -> None:
        """Writes the questions in every language, and brings a survey of them to the second person."""
        self.survey, (author, young, self.second) = drafted(n)
        submit(self.survey, by=author)
        approve(self.survey, by=young)
        self.survey = SurveyPage.objects.get(pk=self.survey.pk)

    def run(self) -> Figures:
        """Freezes it."""
        with CaptureQueriesContext(connection) as queries:
            self.edition = freeze(self.survey, by=self.second)
        return {"queries": len(queries)}

    def verify(self) -> None:
        """The edition asks every question, with every option, in every language."""
        document = self.edition.document
        check(set(document["languages"]) == set(LANGUAGES), "A language is missing in the edition.")
        check(len(document["items"]) == len(self.survey.screens), "A question is missing in the edition.")
        for item in document["items"]:
            check(set(item["texts"]) == set(LANGUAGES), f"{item['code']} lacks a language.")
            check(len(item["options"]) == len(OPTIONS), f"{item['code']} lacks an option.")

    def work(self, n: int) -> str:
        """How many questions."""
        return f"{n} questions in {len(LANGUAGES)} languages"

    def result(self, figures: Mapping[str, float]) -> str:
        """Queries."""
        return f"{figures['queries']:.0f} queries"


def drafted(n: int) -> tuple[SurveyPage, tuple]:
    """A draft of so many questions in every language, and who submits, approves and freezes it."""
    questions = _questions(n)
    area = asking.area("frozen")
    screens = [("question", {"question": question, "show_if": []}) for question in questions]
    survey = asking.survey(of=area, audience=AUDIENCE, screens=screens, **LISTENED_TO)
    for language in sorted(set(LANGUAGES) - {"en"}):
        _translate_survey(survey, language)
    return survey, designers(area)


def _questions(n: int) -> list[QuestionPage]:
    bank = asking.root().add_child(instance=QuestionBankPage(title="Question bank"))
    made = [bank.add_child(instance=_question(number, "en")) for number in range(n)]
    for language in sorted(set(LANGUAGES) - {"en"}):
        locale = Locale.objects.get_or_create(language_code=language)[0]
        beside = bank.copy_for_translation(locale, copy_parents=True)
        for number, english in enumerate(made):
            page = _question(number, language)
            page.locale, page.translation_key = locale, english.translation_key
            beside.add_child(instance=page)
    return made


def _question(number: int, language: str) -> QuestionPage:
    page = QuestionPage(title=f"Question {number}", code=f"q{number}", slug=f"q{number}-{language}")
    page.wordings = [Wording(audience=AUDIENCE, text=f"Did your worker listen to you on day {number}?")]
    page.options = [Option(code=code, label=code.title(), sort_order=place) for place, code in enumerate(OPTIONS)]
    return page


def _translate_survey(survey: SurveyPage, language: str) -> None:
    locale = Locale.objects.get(language_code=language)
    beside = survey.copy_for_translation(locale, copy_parents=True)
    beside.is_checked = True
    beside.save()
