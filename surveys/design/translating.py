"""Every text of a survey and its questions beside its English, in one other language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from wagtail.models import Locale, Page

from surveys.bank.drafting import LONGEST_HINT, LONGEST_LABEL, LONGEST_TITLE, LONGEST_WORDING
from surveys.bank.models import Option, QuestionPage, Wording
from surveys.bank.translated import Translated
from surveys.design.composition import asked_in, questions_of, texts_told
from surveys.design.models import SurveyPage
from surveys.instrument.promises import LONGEST_ADDED
from surveys.instrument.translating import Made, Part, State, changes, state_of
from surveys.instrument.wording import LANGUAGES, RIGHT_TO_LEFT, Audience

LONGEST_INTRODUCTION = 4000
LONGEST_TOLD = 4000


@dataclass(frozen=True)
class Text:
    """One text: its key, which never changes; what it is; how it is in English and in the other language."""

    key: str
    what: str
    english: str
    words: str
    longest: int
    state: State
    made: Made | None

    @property
    def changed(self) -> tuple[Part, ...]:
        """What changed in the English since it was translated; nothing if nothing did."""
        return changes(self.made.english, self.english) if self.made and self.state is State.CHANGED else ()


class Translation:
    """A survey in one other language, as it is now."""

    def __init__(self, survey: SurveyPage, language: str) -> None:
        self.survey, self.language, self.audience = survey, language, Audience(survey.audience)
        self.locale = Locale.objects.filter(language_code=language).first()

    @property
    def name(self) -> str:
        """The language, in itself."""
        return LANGUAGES[self.language]

    @property
    def direction(self) -> str:
        """Which way it is written."""
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    @cached_property
    def page(self) -> SurveyPage | None:
        """The survey's page in this language; none before anything of it is translated."""
        return self.beside(self.survey)

    def beside(self, page: Page) -> Page | None:
        """A page in this language, as its last draft has it."""
        found = page.get_translation_or_none(self.locale) if self.locale else None
        return found.specific.get_latest_revision_as_object() if found else None

    @cached_property
    def questions(self) -> dict[str, QuestionPage]:
        """The questions of the survey, in English, by code."""
        whole = questions_of(self.survey)
        return {question.code: whole[question.pk] for question in asked_in(self.survey)}

    @cached_property
    def questions_beside(self) -> dict[str, QuestionPage]:
        """The questions that have a page in this language, by code."""
        found = {code: self.beside(page) for code, page in self.questions.items()}
        return {code: page for code, page in found.items() if page is not None}

    @cached_property
    def noted(self) -> Mapping[tuple[int, str], Translated]:
        """What is remembered of each text, by the page it is on and its key."""
        pages = [page.pk for page in (self.page, *self.questions_beside.values()) if page]
        return {(one.page_id, one.place): one for one in Translated.objects.filter(page__in=pages)}

    @cached_property
    def texts(self) -> dict[str, Text]:
        """Every text that is said to respondents, by its key, in the order in which they meet it."""
        return {text.key: text for text in (*self._around(), *self._told(), *self._asked()) if text.english}

    def how_many(self) -> dict[State, int]:
        """How many texts are how far."""
        return {state: sum(text.state is state for text in self.texts.values()) for state in State}

    @property
    def is_checked(self) -> bool:
        """Whether somebody who speaks it has checked all of it."""
        return bool(self.page and self.page.is_checked)

    def _text(self, page: Page | None, key: str, what: str, english: str, words: str, longest: int) -> Text:
        noted = self.noted.get((page.pk, key)) if page else None
        made = Made(noted.english, noted.words, noted.checked_on is not None) if noted else None
        state = state_of(english, words, made, all_checked=bool(self.is_checked and page and page.is_checked))
        return Text(key, what, english, words, longest, state, made)

    def _around(self) -> Iterator[Text]:
        here, there = self.survey, self.page
        title = there.title if there and (there.title != here.title or self._is_noted("survey:title")) else ""
        yield self._text(there, "survey:title", "The title of the survey", here.title, title, LONGEST_TITLE)
        said = there.introduction if there else ""
        said = "" if said == here.introduction and not self._is_noted("survey:introduction") else said
        what = "What is this? (the introduction)"
        yield self._text(there, "survey:introduction", what, here.introduction, said, LONGEST_INTRODUCTION)

        if here.promise_words:
            more = there.promise_words if there else ""
            more = "" if more == here.promise_words and not self._is_noted("survey:promise") else more
            what = "More about the promise"
            yield self._text(there, "survey:promise", what, here.promise_words, more, LONGEST_ADDED)

    def _is_noted(self, key: str) -> bool:
        return bool(self.page and (self.page.pk, key) in self.noted)

    def _told(self) -> Iterator[Text]:
        versions = {"en": self.survey, **({self.language: self.page} if self.page else {})}
        for screen in self.survey.screens:
            if screen.block_type == "information":
                code = screen.value["code"]
                told = texts_told(code, versions)
                what = f"A screen that asks nothing ({code})"
                key = f"survey:told:{code}"
                yield self._text(self.page, key, what, told["en"], told.get(self.language, ""), LONGEST_TOLD)

    def _asked(self) -> Iterator[Text]:
        for code, question in self.questions.items():
            beside = self.questions_beside.get(code)
            yield from self._wording(code, question, beside)
            yield from self._options(code, question, beside)

    def _wording(self, code: str, question: QuestionPage, beside: QuestionPage | None) -> Iterator[Text]:
        here, there = (_wording_of(page, self.audience) for page in (question, beside))
        for part, what, longest in (("text", "The question", LONGEST_WORDING), ("hint", "Its hint", LONGEST_HINT)):
            english, words = (getattr(one, part, "") for one in (here, there))
            key = f"question:{code}:{part}:{self.audience}"
            yield self._text(beside, key, f"{what} {code}", english, words, longest)

    def _options(self, code: str, question: QuestionPage, beside: QuestionPage | None) -> Iterator[Text]:
        said = {(one.audience, one.code): one.label for one in (beside.options.all() if beside else ())}
        for option in question.options_for(self.audience):
            key = f"question:{code}:option:{option.audience or '*'}:{option.code}"
            words = said.get((option.audience, option.code), "")
            yield self._text(beside, key, f"An answer to {code}", option.label, words, LONGEST_LABEL)


def _wording_of(page: QuestionPage | None, audience: Audience) -> Wording | None:
    return next((one for one in (page.wordings.all() if page else ()) if one.audience == audience), None)


def translations_of(survey: SurveyPage) -> list[Translation]:
    """The survey in each language that its area offers beside English, and in each that it has already."""
    offered = survey.care_council.area.languages if survey.care_council else list(LANGUAGES)
    there = set(survey.get_translations().values_list("locale__language_code", flat=True))
    return [Translation(survey, code) for code in LANGUAGES if code != "en" and (code in offered or code in there)]


def put(page: QuestionPage, source: QuestionPage, key: str, words: str) -> None:
    """Writes one text into a question's page in another language, in memory; `source` is the question in English."""
    _, _, part, *rest = key.split(":")
    if part == "option":
        _put_option(page, source, "" if rest[0] == "*" else rest[0], rest[1], words)
        return
    wording = _wording_of(page, Audience(rest[0])) or Wording(audience=rest[0])
    setattr(wording, part, words)
    # Also where it was there: what was read from the database is not yet part of the page in memory.
    page.wordings.add(wording)


def _put_option(page: QuestionPage, source: QuestionPage, audience: str, code: str, words: str) -> None:
    for option in page.options.all():
        if (option.audience, option.code) == (audience, code):
            option.label = words
            page.options.add(option)
            return
    english = next(one for one in source.options.all() if (one.audience, one.code) == (audience, code))
    same = {name: getattr(english, name) for name in ("audience", "code", "excludes_others", "picture", "sort_order")}
    page.options.add(Option(label=words, **same))
