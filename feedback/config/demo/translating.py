"""The demo's questions and surveys in the languages of families: drafted by a computer, and marked so."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from wagtail.models import Locale, Page

from surveys.bank.models import Option, QuestionPage, Wording
from surveys.design.models import SurveyPage
from surveys.instrument.wording import LANGUAGES

FOLDER = Path(__file__).with_name("translations")
Texts = Mapping[str, dict]


def translations() -> dict[str, Texts]:
    """What each language says, by its code."""
    found = {language: FOLDER / f"{language}.json" for language in LANGUAGES}
    return {language: json.loads(file.read_text("utf-8")) for language, file in found.items() if file.exists()}


def _put_beside(page: Page, locale: Locale, **said) -> Page:
    """The page in another language, with what is said in it; written once, for a demo has hundreds of them."""
    same = {field.attname: getattr(page, field.attname) for field in page._meta.local_fields if not field.primary_key}
    slug = f"{page.slug}-{locale.language_code}"
    made = type(page)(**{**same, **said}, slug=slug, locale=locale, translation_key=page.translation_key)
    parent = page.get_parent()
    # Surveys and questions hang below trees of their own in each language.
    beside = parent.get_translation_or_none(locale) or parent.copy_for_translation(locale, copy_parents=True)
    return beside.add_child(instance=made)


def _locale(language: str) -> Locale:
    return Locale.objects.get_or_create(language_code=language)[0]


def translate_question(question: QuestionPage, language: str, texts: Texts) -> None:
    """The question in another language: the same code and options' codes, so that answers add up."""
    said = texts["questions"][question.code]
    _put_beside(
        question,
        _locale(language),
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
    _put_beside(survey, _locale(language), title=said["title"], introduction=said["introduction"], is_checked=False)
