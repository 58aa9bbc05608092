"""What people do with designs from outside: look at what would be kept of them, and store them as drafts."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Locale

from surveys.bank.drafting import draft_question, free_slug, put_beside, with_recording
from surveys.bank.models import QuestionPage
from surveys.design.incoming import Settled, settle
from surveys.design.models import SpokenWords, SurveyKind, SurveyPage
from surveys.design.trees import surveys_of
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed
from surveys.instrument.document import INTRODUCTION, Instrument
from surveys.instrument.items import Item, Kind

KINDS = {SurveyKind.SURVEY, SurveyKind.CONVERSATION}


def check_may_import(area: Area, *, by) -> None:
    """Refuses whoever may not draft surveys there and questions for all; the console, as nobody, may."""
    if by is not None and not (by.has_perm("design.write", area) and by.has_perm("bank.write")):
        raise PermissionDenied("You have no role in this area that lets you do this.")


@transaction.atomic
def store_design(settled: Settled, *, area: Area, by, slug: str = "") -> SurveyPage:
    """Stores a design as a draft survey of the area's care council, with drafts of the questions that are new.

    `by` is empty when the console is used. A `slug` that is there already means that it was stored before.
    """
    check_may_import(area, by=by)
    council = area.care_councils.order_by("pk").first()
    if council is None:
        raise NotAllowed(f"{area.name} has no care council yet, and a survey belongs to one.")
    tree = surveys_of(area)
    if slug and tree.get_children().filter(slug=slug).exists():
        raise NotAllowed("This was imported already. It is among the surveys.")
    _check_bank_unchanged(settled)
    questions = {item.code: _question(item, settled, by) for item in _asked(settled.instrument)}
    survey = _survey(settled.instrument, questions)
    survey.care_council = council
    survey.slug = slug or free_slug(tree, "imported")
    survey.full_clean(exclude=["path", "depth", "slug", "url_path", "content_type"])
    tree.add_child(instance=survey)
    survey.save_revision(user=by, log_action="wagtail.create")
    for language in settled.instrument.languages[1:]:
        _beside(survey, settled.instrument, questions, language)
    log(survey, "design.import_xlsform", user=by, data={"lost": len(settled.losses), "reused": len(settled.reused)})
    return survey


def _asked(instrument: Instrument) -> list[Item]:
    return [item for item in instrument.items if item.kind is not Kind.INFORMATION]


def _check_bank_unchanged(settled: Settled) -> None:
    """Refuses to store other than what was looked at."""
    now = settle(settled.instrument)
    if now.reused != settled.reused or now.instrument.items != settled.instrument.items:
        raise NotAllowed("The bank has changed since you looked at this form. Look at it again.")


def _question(item: Item, settled: Settled, by) -> QuestionPage:
    if item.code in settled.reused:
        return QuestionPage.objects.get(code=item.code, locale=Locale.get_default())
    return draft_question(item, audience=settled.instrument.audience, by=by)


def _survey(instrument: Instrument, questions: Mapping[str, QuestionPage]) -> SurveyPage:
    survey = SurveyPage(
        title=instrument.title["en"][:255],
        audience=instrument.audience,
        kind=instrument.kind if instrument.kind in KINDS else SurveyKind.SURVEY,
        promise=instrument.promise,
        about=instrument.about,
        introduction=instrument.introduction.get("en", ""),
        promise_words=instrument.promise_added.get("en", ""),
        decision_maker=instrument.listener[:200],
        report_back_on=instrument.report_back_on or None,
        screens=_screens(instrument, questions, "en"),
        live=False,
    )
    survey.spoken = _spoken(instrument, "en")
    return survey


def _screens(instrument: Instrument, questions: Mapping[str, QuestionPage], language: str) -> list:
    return [
        ("information", {"code": item.code, "text": item.texts.get(language, item.texts["en"])})
        if item.kind is Kind.INFORMATION
        else ("question", {"question": questions[item.code], "show_if": _show_if(item)})
        for item in instrument.items
    ]


def _show_if(item: Item) -> list[dict]:
    return [{"question": item.rule.item, "options": sorted(item.rule.one_of)}] if item.rule else []


def _spoken(instrument: Instrument, language: str) -> list[SpokenWords]:
    said = []
    for place, audio in instrument.audio.items():
        words = instrument.introduction.get(language, "") if place == INTRODUCTION else place
        spoken = with_recording(SpokenWords(place=place), audio, language, words)
        said += [spoken] if spoken.recording else []
    return said


def _beside(survey: SurveyPage, instrument: Instrument, questions: Mapping[str, QuestionPage], language: str) -> None:
    put_beside(
        survey,
        language,
        title=(instrument.title.get(language) or instrument.title["en"])[:255],
        introduction=instrument.introduction.get(language, ""),
        promise_words=instrument.promise_added.get(language, ""),
        screens=_screens(instrument, questions, language),
        spoken=_spoken(instrument, language),
        is_checked=language not in instrument.drafted,
    )
