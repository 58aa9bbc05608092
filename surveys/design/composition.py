"""Makes the pure instrument out of a survey's screens and the questions of the bank."""

from __future__ import annotations

from collections.abc import Mapping

from surveys.bank.models import QuestionPage
from surveys.design.models import SurveyPage
from surveys.instrument.document import Instrument
from surveys.instrument.items import Item, Kind, Option
from surveys.instrument.routing import Rule
from surveys.instrument.wording import Audience


def compose(survey: SurveyPage) -> Instrument:
    """The instrument this survey is now, in every language it and its questions are worded in."""
    audience = Audience(survey.audience)
    items = tuple(_item(screen, audience) for screen in survey.screens)
    versions = _versions(survey)
    languages = _languages(items, versions)
    return Instrument(
        title={language: versions[language].title for language in languages},
        audience=audience,
        kind=survey.kind,
        promise=survey.promise,
        languages=languages,
        items=items,
        introduction={language: versions[language].introduction for language in languages},
        designed_by=survey.care_council.name if survey.care_council else "",
        listener=survey.decision_maker,
        report_back_on=survey.report_back_on.isoformat() if survey.report_back_on else "",
        drafted=tuple(language for language in languages if not versions[language].is_checked),
    )


def themes_of(survey: SurveyPage) -> dict[str, str]:
    """What each question of a survey is about, by its code."""
    asked = [screen.value["question"].specific for screen in survey.screens if screen.block_type == "question"]
    return {question.code: question.theme for question in asked}


def _versions(survey: SurveyPage) -> dict[str, SurveyPage]:
    """The survey in each language; the one in hand is English, whether it is stored already or not."""
    translated = survey.get_translations().specific() if survey.pk else ()
    return {"en": survey, **{page.locale.language_code: page for page in translated}}


def _languages(items: tuple[Item, ...], versions: Mapping[str, SurveyPage]) -> tuple[str, ...]:
    complete = set(versions).intersection(*[set(item.texts) for item in items])
    return ("en", *sorted(complete - {"en"}))


def _item(screen, audience: Audience) -> Item:
    if screen.block_type == "information":
        text = {"en": screen.value["text"]}
        return Item(code=screen.value["code"], kind=Kind.INFORMATION, texts=text, ways_out=())
    return _question_item(screen.value, audience)


def _question_item(value, audience: Audience) -> Item:
    question = value["question"].specific
    versions = {page.locale.language_code: page for page in question.get_translations(inclusive=True).specific()}
    wordings = {language: page.wording_for(audience) for language, page in versions.items()}
    return Item(
        code=question.code,
        kind=Kind(question.kind),
        texts={language: wording.text for language, wording in wordings.items()},
        hints={language: wording.hint for language, wording in wordings.items() if wording.hint},
        options=_options(versions, audience),
        rule=_rule(value["show_if"]),
    )


def _options(versions: dict[str, QuestionPage], audience: Audience) -> tuple[Option, ...]:
    labels: dict[str, dict[str, str]] = {}
    for language, page in versions.items():
        for option in page.options_for(audience):
            labels.setdefault(option.code, {})[language] = option.label
    return tuple(
        Option(option.code, labels[option.code], option.excludes_others, option.picture)
        for option in versions["en"].options_for(audience)
    )


def _rule(show_if) -> Rule | None:
    for condition in show_if:
        return Rule(item=condition["question"], one_of=frozenset(condition["options"]))
    return None
