"""The demo's questions and surveys in the languages of families: drafted by a computer, and marked so."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from wagtail.models import Locale, Page

from surveys.bank.models import QuestionPage
from surveys.design.models import SurveyPage
from surveys.instrument.wording import LANGUAGES

FOLDER = Path(__file__).with_name("translations")
Texts = Mapping[str, dict]


def translations() -> dict[str, Texts]:
    """What each language says, by its code."""
    found = {language: FOLDER / f"{language}.json" for language in LANGUAGES}
    return {language: json.loads(file.read_text("utf-8")) for language, file in found.items() if file.exists()}


def _copied(page: Page, language: str) -> Page:
    locale, _ = Locale.objects.get_or_create(language_code=language)
    if not page.get_parent().has_translation(locale) and page.get_parent().depth > 1:
        page.get_parent().copy_for_translation(locale)
    return page.copy_for_translation(locale)


def translate_question(question: QuestionPage, language: str, texts: Texts) -> None:
    """The question in another language: the same code and options' codes, so that answers add up."""
    said = texts["questions"][question.code]
    page = _copied(question, language).specific
    wordings, options = list(page.wordings.all()), list(page.options.all())
    for wording in wordings:
        wording.text, wording.recording = said["wordings"][wording.audience], ""
    for option in options:
        option.label, option.recording = said["options"][option.code], ""
    # Only what is assigned as a whole is stored with the page.
    page.wordings, page.options = wordings, options
    page.title = next(iter(said["wordings"].values()))
    page.save()


def translate_survey(survey: SurveyPage, wave: str, language: str, texts: Texts) -> None:
    """The survey's title and introduction in another language, not checked by anybody yet."""
    said = texts["surveys"][wave]
    page = _copied(survey, language).specific
    page.title, page.introduction, page.is_checked, page.spoken = said["title"], said["introduction"], False, []
    page.save()
