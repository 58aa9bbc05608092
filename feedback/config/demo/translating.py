"""The demo's questions and surveys in the languages of families: drafted by a computer, and marked so."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from surveys.bank.beside import put_beside
from surveys.bank.models import Option, QuestionPage, Wording
from surveys.design.models import SurveyPage
from surveys.instrument.wording import LANGUAGES

FOLDER = Path(__file__).with_name("translations")
Texts = Mapping[str, dict]


def translations() -> dict[str, Texts]:
    """What each language says, by its code."""
    found = {language: FOLDER / f"{language}.json" for language in LANGUAGES}
    return {language: json.loads(file.read_text("utf-8")) for language, file in found.items() if file.exists()}


def translate_question(question: QuestionPage, language: str, texts: Texts) -> None:
    """The question in another language: the same code and options' codes, so that answers add up."""
    said = texts["questions"][question.code]
    put_beside(
        question,
        language,
        title=next(iter(said["wordings"].values())),
        is_checked=False,
        wordings=[Wording(audience=w.audience, text=said["wordings"][w.audience]) for w in question.wordings.all()],
        options=[_option(option, said["options"]) for option in question.options.all()],
    )


def _option(option: Option, said: Mapping[str, str]) -> Option:
    return Option(
        code=option.code,
        label=said[option.code],
        excludes_others=option.excludes_others,
        picture=option.picture,
        sort_order=option.sort_order,
    )


def translate_survey(survey: SurveyPage, wave: str, language: str, texts: Texts) -> None:
    """The survey's title and introduction in another language, not checked by anybody yet."""
    said = texts["surveys"][wave]
    put_beside(survey, language, title=said["title"], introduction=said["introduction"], is_checked=False)
