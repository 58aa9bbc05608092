"""Makes the pure instrument out of a survey's screens and the questions of the bank."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import QuerySet
from wagtail.models import Revision

from surveys.bank.models import Option as OfferedOption
from surveys.bank.models import QuestionPage, Wording
from surveys.bank.recordings import Recorded
from surveys.design.models import SurveyPage
from surveys.instrument.document import Instrument
from surveys.instrument.items import Item, Kind, Option
from surveys.instrument.recordings import Audio
from surveys.instrument.routing import Rule
from surveys.instrument.wording import Audience

# The question of each language, by the key that all of them share.
Spoken = dict[str, dict[str, QuestionPage]]


def compose(survey: SurveyPage, *, with_drafts: bool = False) -> Instrument:
    """The instrument this survey is now, in every language it and its questions are worded in.

    `with_drafts` takes a question that was never published as it was last drafted: to try it, not to freeze it.
    """
    audience = Audience(survey.audience)
    spoken = _questions_of(survey, with_drafts=with_drafts)
    items = tuple(_item(screen, audience, spoken) for screen in survey.screens)
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
        audio=_audio_around({language: versions[language] for language in languages}),
    )


def themes_of(survey: SurveyPage) -> dict[str, str]:
    """What each question of a survey is about, by its code."""
    asked = [screen.value["question"].specific for screen in survey.screens if screen.block_type == "question"]
    return {question.code: question.theme for question in asked}


def asked_in(survey: SurveyPage) -> list[QuestionPage]:
    """The questions of a survey in the order in which they are asked, as the bank has them."""
    return [screen.value["question"] for screen in survey.screens if screen.block_type == "question"]


def questions_of(survey: SurveyPage) -> dict[int, QuestionPage]:
    """The questions a survey asks, by id, in English, each as it was last drafted where it was never published."""
    asked = QuestionPage.objects.filter(pk__in=[question.pk for question in asked_in(survey)])
    return {page.pk: page for page in _whole(asked, with_drafts=True)}


def _questions_of(survey: SurveyPage, *, with_drafts: bool) -> Spoken:
    """All at once: so many questions in so many languages would else be asked for one by one."""
    keys = {question.translation_key for question in asked_in(survey)}
    spoken: Spoken = {}
    for page in _whole(QuestionPage.objects.filter(translation_key__in=keys), with_drafts=with_drafts):
        spoken.setdefault(str(page.translation_key), {})[page.locale.language_code] = page
    return spoken


def _whole(pages: QuerySet[QuestionPage], *, with_drafts: bool) -> list[QuestionPage]:
    """These questions with their wordings and options."""
    found = list(pages.select_related("locale"))
    for name, parts in (("wordings", Wording), ("options", OfferedOption)):
        of_page: dict[int, list] = {}
        for part in parts.objects.filter(question__in=[page.pk for page in found]):
            of_page.setdefault(part.question_id, []).append(part)
        for page in found:
            # Where a page keeps its parts in memory. Django's own way (prefetch_related) takes three times as long.
            kept = page.__dict__.setdefault("_cluster_related_objects", {})
            kept[name] = of_page.get(page.pk, [])
            for part in kept[name]:
                part.question = page
    return _as_drafted(found) if with_drafts else found


def _as_drafted(pages: list[QuestionPage]) -> list[QuestionPage]:
    """The last drafts of those that were never published; of the others nobody is asked what is only drafted."""
    revisions = Revision.objects.in_bulk([page.latest_revision_id for page in pages if not page.live])
    drafted = []
    for page in pages:
        revision = revisions.get(page.latest_revision_id)
        draft = page.with_content_json(revision.content) if revision and not page.live else page
        draft.locale = page.locale
        drafted.append(draft)
    return drafted


def _versions(survey: SurveyPage) -> dict[str, SurveyPage]:
    """The survey in each language; the one in hand is English, whether it is stored already or not."""
    translated = survey.get_translations().specific() if survey.pk else ()
    return {"en": survey, **{page.locale.language_code: page for page in translated}}


def _languages(items: tuple[Item, ...], versions: Mapping[str, SurveyPage]) -> tuple[str, ...]:
    complete = set(versions).intersection(*[set(item.texts) for item in items])
    return ("en", *sorted(complete - {"en"}))


def _audio(said: Mapping[str, Recorded]) -> Audio:
    """The recordings of one text, in the languages in which it was read aloud."""
    found = {language: one.read_aloud() for language, one in said.items()}
    return {language: recording for language, recording in found.items() if recording}


def _audio_around(versions: Mapping[str, SurveyPage]) -> dict[str, Audio]:
    said: dict[str, dict[str, Recorded]] = {}
    for language, page in versions.items():
        for words in page.spoken.all():
            said.setdefault(words.place, {})[language] = words
    audio = {place: _audio(of_place) for place, of_place in said.items()}
    return {place: found for place, found in audio.items() if found}


def _item(screen, audience: Audience, spoken: Spoken) -> Item:
    if screen.block_type == "information":
        text = {"en": screen.value["text"]}
        return Item(code=screen.value["code"], kind=Kind.INFORMATION, texts=text, ways_out=())
    return _question_item(screen.value, audience, spoken)


def _question_item(value, audience: Audience, spoken: Spoken) -> Item:
    versions = spoken[str(value["question"].translation_key)]
    question = versions.get("en", value["question"])
    wordings = {language: page.wording_for(audience) for language, page in versions.items()}
    return Item(
        code=question.code,
        kind=Kind(question.kind),
        texts={language: wording.text for language, wording in wordings.items()},
        hints={language: wording.hint for language, wording in wordings.items() if wording.hint},
        options=_options(versions, audience),
        rule=_rule(value["show_if"]),
        audio=_audio(wordings),
    )


def _options(versions: dict[str, QuestionPage], audience: Audience) -> tuple[Option, ...]:
    said: dict[str, dict[str, OfferedOption]] = {}
    for language, page in versions.items():
        for option in page.options_for(audience):
            said.setdefault(option.code, {})[language] = option
    return tuple(_option(said[option.code], option) for option in versions["en"].options_for(audience))


def _option(said: Mapping[str, OfferedOption], english: OfferedOption) -> Option:
    labels = {language: option.label for language, option in said.items()}
    return Option(english.code, labels, english.excludes_others, english.picture, _audio(said))


def _rule(show_if) -> Rule | None:
    for condition in show_if:
        return Rule(item=condition["question"], one_of=frozenset(condition["options"]))
    return None
