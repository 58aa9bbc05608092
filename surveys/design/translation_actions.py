"""What people do with translations: put words beside the English, and say that somebody who speaks it checked them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from surveys.bank.drafting import put_beside
from surveys.bank.models import QuestionPage
from surveys.bank.translated import Translated, is_all_checked
from surveys.design.models import SurveyPage
from surveys.design.translating import Text, Translation, put
from surveys.design.translation_rules import Said, check_is_worked_on, check_language, problems_of
from surveys.frame.policies import NotAllowed
from surveys.instrument.translating import State


def check_may_translate(survey: SurveyPage, *, by) -> None:
    """Refuses whoever may not publish translations: what is said here is asked as it stands when it is frozen next."""
    may_publish = by.has_perm("design.freeze", survey.care_council) and by.has_perm("bank.publish")
    if not may_publish:
        raise PermissionDenied("You have no role in this area that lets you do this.")


@transaction.atomic
def translate(survey: SurveyPage, language: str, said: Mapping[str, Said], *, by) -> int:
    """Puts words beside the English, all or none; gives how many are new. What was said before stays in history."""
    check_may_translate(survey, by=by)
    check_language(language)
    survey = SurveyPage.objects.select_for_update().get(pk=survey.pk)
    check_is_worked_on(survey)
    translation = Translation(survey.get_latest_revision_as_object(), language)
    if problems := problems_of(translation, said):
        raise NotAllowed([f"{_called(translation, key)}: {problem}" for key, problem in problems.items()])
    words = {key: one.words for key, one in said.items() if _says_something(one, translation.texts[key])}
    if words:
        _write(translation, words, by=by)
        log(survey, "design.translate", user=by, data={"language": language, "texts": len(words)})
    return len(words)


def _says_something(said: Said, text: Text) -> bool:
    """Whether the words are new, or somebody says that they still fit an English that has changed."""
    return bool(said.words) and (said.words != text.words or (said.still and text.state is State.CHANGED))


def _called(translation: Translation, key: str) -> str:
    text = translation.texts.get(key)
    return text.what if text else key[:120]


def _write(translation: Translation, words: Mapping[str, str], *, by) -> None:
    page = translation.page or _survey_beside(translation)
    for key, text in words.items():
        if key.startswith("survey:"):
            _put_around(page, key, text)
    page.is_checked = False
    _save(page, by=by)
    for code, question in translation.questions.items():
        own = {key: text for key, text in words.items() if key.split(":")[:2] == ["question", code]}
        if own:
            _write_question(translation, question, own, by=by)
    _note(translation, page, [key for key in words if key.startswith("survey:")], words)


def _survey_beside(translation: Translation) -> SurveyPage:
    """The survey in this language, which says nothing yet that it does not say in English."""
    return put_beside(translation.survey, translation.language, is_checked=False, introduction="", promise_words="")


def _put_around(page: SurveyPage, key: str, words: str) -> None:
    if key == "survey:title":
        page.title = page.draft_title = words
    elif key == "survey:introduction":
        page.introduction = words
    elif key == "survey:promise":
        page.promise_words = words
    else:
        code = key.removeprefix("survey:told:")
        page.screens = [(one.block_type, _told(one, code, words)) for one in page.screens]


def _told(screen, code: str, words: str):
    is_it = screen.block_type == "information" and screen.value["code"] == code
    return {"code": code, "text": words} if is_it else screen.value


def _write_question(translation: Translation, question: QuestionPage, words: Mapping[str, str], *, by) -> None:
    beside = translation.questions_beside.get(question.code)
    page = beside or put_beside(question, translation.language)
    page.is_checked = False
    for key, text in words.items():
        put(page, question, key, text)
    if title := next((text for key, text in words.items() if ":text:" in key), ""):
        page.title = page.draft_title = title[:255]
    page.is_checked = False
    _save(page, by=by)
    _note(translation, page, words, words)


def _save(page: Page, *, by) -> None:
    """Stores the page and what belongs to it, with its history; whether it is published stays as it was."""
    if page.live and page.has_unpublished_changes:
        raise NotAllowed(
            f"“{page.title}” has a draft that nobody published yet. Publish it or take it back, then translate here."
        )
    page.save()
    page.save_revision(user=by, log_action="wagtail.edit", changed=not page.live, clean=False)


def _note(translation: Translation, page: Page, keys: Iterable[str], words: Mapping[str, str]) -> None:
    for key in keys:
        about = {"english": translation.texts[key].english, "words": words[key], "checked_by": None, "checked_on": None}
        Translated.objects.update_or_create(page_id=page.pk, place=key, defaults=about)


@transaction.atomic
def check_translation(survey: SurveyPage, language: str, *, by) -> bool:
    """Notes that somebody who speaks a language read all that is said in it; True if nothing is missing in it."""
    check_may_translate(survey, by=by)
    check_language(language)
    survey = SurveyPage.objects.select_for_update().get(pk=survey.pk)
    check_is_worked_on(survey)
    translation = Translation(survey.get_latest_revision_as_object(), language)
    page = translation.page
    if page is None:
        raise NotAllowed(f"Nothing is said in {translation.name} yet.")
    for key, text in translation.texts.items():
        if text.words:
            _note_checked(translation, key, text, by=by)
    is_whole = all(text.words for text in translation.texts.values())
    if is_whole:
        page.is_checked = True
        _save(page, by=by)
        _note_checked_questions(translation, by=by)
    log(survey, "design.check_translation", user=by, data={"language": language, "whole": is_whole})
    return is_whole


def _note_checked_questions(translation: Translation, *, by) -> None:
    """Says so in the bank of questions that are checked for every audience; drafts nobody published are left alone."""
    for code, page in translation.questions_beside.items():
        waits = page.live and page.has_unpublished_changes
        if not waits and is_all_checked(translation.questions[code], page):
            page.is_checked = True
            _save(page, by=by)


def _note_checked(translation: Translation, key: str, text: Text, *, by) -> None:
    page = translation.page if key.startswith("survey:") else translation.questions_beside[key.split(":")[1]]
    about = {"english": text.english, "words": text.words, "checked_by": by, "checked_on": timezone.localdate()}
    Translated.objects.update_or_create(page_id=page.pk, place=key, defaults=about)
