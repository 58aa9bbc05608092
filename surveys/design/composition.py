"""Makes the pure instrument out of a survey's screens and the questions of the bank."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from wagtail.models import Revision

from surveys.bank.models import Option as OfferedOption
from surveys.bank.models import QuestionPage, Wording
from surveys.bank.recordings import Recorded
from surveys.design.models import SurveyPage
from surveys.instrument.document import Instrument
from surveys.instrument.items import Item, Kind, Option
from surveys.instrument.promises import NOBODY_KNOWS, TERMS
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
    if any(screen.block_type == "question" and not screen.value["question"] for screen in survey.screens):
        raise ValidationError("A question of this survey is not in the bank any more. Take it out, or choose another.")
    spoken = _questions_of(survey, with_drafts=with_drafts)
    versions = _versions(survey)
    items = tuple(_item(screen, audience, versions, spoken) for screen in survey.screens)
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
        terms=0 if survey.promise == NOBODY_KNOWS else TERMS,
        promise_added=_added_to_promise({language: versions[language] for language in languages}),
        about=survey.about,
    )


def _added_to_promise(versions: Mapping[str, SurveyPage]) -> dict[str, str]:
    """What staff add to the words of the promise; a copy of the English is no translation."""
    said = {language: page.promise_words.strip() for language, page in versions.items()}
    return {language: words for language, words in said.items() if words and (language == "en" or words != said["en"])}


def themes_of(survey: SurveyPage) -> dict[str, str]:
    """What each question of a survey is about, by its code."""
    return {question.code: question.theme for question in asked_in(survey)}


def asked_in(survey: SurveyPage) -> list[QuestionPage]:
    """The questions of the bank that a survey asks, in its order; one that was deleted is not among them."""
    asked = [screen.value["question"] for screen in survey.screens if screen.block_type == "question"]
    return [question for question in asked if question]


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
    complete = set(versions).intersection(*[set(_worded_in(item)) for item in items])
    return ("en", *sorted(complete - {"en"}))


def _worded_in(item: Item) -> list[str]:
    """The languages in which the question and each of its options say something; a translation can be half done."""
    said = [language for language, text in item.texts.items() if text]
    return [language for language in said if all(option.labels.get(language) for option in item.options)]


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


def _item(screen, audience: Audience, versions: Mapping[str, SurveyPage], spoken: Spoken) -> Item:
    if screen.block_type == "information":
        code = screen.value["code"]
        return _telling(code, texts_told(code, versions))
    question = screen.value["question"]
    said = spoken[str(question.translation_key)]
    return _question_item(said.get("en", question), said, audience, _rule(screen.value["show_if"]))


def _telling(code: str, told: Mapping[str, str]) -> Item:
    """A screen that tells: its first line is the heading, what stands below it is read after it."""
    lines = {language: text.strip().partition("\n") for language, text in told.items()}
    more = {language: rest.strip() for language, (_, _, rest) in lines.items() if rest.strip()}
    heads = {language: first.strip() for language, (first, _, _) in lines.items()}
    return Item(code=code, kind=Kind.INFORMATION, texts=heads, hints=more, ways_out=())


def texts_told(code: str, versions: Mapping[str, SurveyPage]) -> dict[str, str]:
    """What a screen that asks nothing says in each language; a copy of the English is no translation."""
    told = {language: _told(code, page) for language, page in versions.items()}
    return {language: text for language, text in told.items() if text and (language == "en" or text != told["en"])}


def _told(code: str, survey: SurveyPage) -> str:
    screens = (screen.value for screen in survey.screens if screen.block_type == "information")
    return next((value["text"] for value in screens if value["code"] == code), "")


def item_of(question: QuestionPage, audience: Audience) -> Item:
    """What a question of the bank is in a survey for this audience, in every language in which it is worded."""
    versions = {page.locale.language_code: page for page in question.get_translations(inclusive=True).specific()}
    return _question_item(question, versions, audience)


def _question_item(
    question: QuestionPage, versions: dict[str, QuestionPage], audience: Audience, rule: Rule | None = None
) -> Item:
    wordings = {"en": question.wording_for(audience), **_wordings(versions, audience)}
    return Item(
        code=question.code,
        kind=Kind(question.kind),
        texts={language: wording.text for language, wording in wordings.items()},
        hints={language: wording.hint for language, wording in wordings.items() if wording.hint},
        options=_options(versions, audience),
        rule=rule,
        audio=_audio(wordings),
        picture=wordings["en"].picture,
    )


def _wordings(versions: Mapping[str, QuestionPage], audience: Audience) -> dict[str, Wording]:
    """The wordings for an audience in the languages that have one; others may be translated for another audience."""
    said = {language: page.wordings.all() for language, page in versions.items()}
    return {language: one for language, all_of in said.items() for one in all_of if one.audience == audience}


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
