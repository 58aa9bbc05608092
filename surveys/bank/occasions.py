"""Questions of our own for before and after a conference, a review and a first visit, with what is told around them.

What is in `occasions/` are our own words in the eight languages, all but the English drafted by a computer. The bank
gets each question once, when somebody first needs it; what people made of it since is never touched.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import models, transaction
from wagtail.log_actions import log

from surveys.bank.beside import put_beside
from surveys.bank.models import Option, QuestionPage, Wording
from surveys.bank.starting_bank import the_bank
from surveys.bank.themes import Stage
from surveys.instrument.items import Kind
from surveys.instrument.wording import LANGUAGES, Audience

FOLDER = Path(__file__).with_name("occasions")
ORIGIN = "questions before and after"
PROVENANCE = (
    "Own words of the Earshot contributors, on what the progress report of the Munro review (2012) asks to be heard of "
    "conferences, reviews and first visits. Not yet tried with those they are for: a care council decides first."
)


class Occasion(models.TextChoices):
    """What is asked about before it and after it."""

    CONFERENCE = "conference", "Child protection conference"
    REVIEW = "review", "Review of a plan"
    VISIT = "visit", "First visit"


class Side(models.TextChoices):
    """On which side of it somebody is asked."""

    BEFORE = "before", "Before"
    AFTER = "after", "After"


STAGE_OF = {
    Occasion.CONFERENCE: Stage.PROTECTION,
    Occasion.REVIEW: Stage.PLAN,
    Occasion.VISIT: Stage.ASSESSMENT,
}
VOICES = {Audience.PARENT_CARER: "parent", Audience.AGE_8_11: "child", Audience.AGE_12_17: "child"}
# Who can be asked, as staff read it.
ASKED_WHOM = {
    Audience.PARENT_CARER: "parents and carers",
    Audience.AGE_8_11: "8 to 11 year olds",
    Audience.AGE_12_17: "12 to 17 year olds",
}
# What is told first, and last: what it is and what becomes of what is said; that the card works again, or what follows.
TOLD_FIRST = {Side.BEFORE: ("what", "mine"), Side.AFTER: ("mine",)}
TOLD_LAST = {Side.BEFORE: "card", Side.AFTER: "next"}
OF_THE_OCCASION = ("what", "next")


@dataclass(frozen=True)
class Asked:
    """One side of an occasion for one audience, as it is written down, by language where it is words."""

    title: Mapping[str, str]
    introduction: Mapping[str, str]
    questions: tuple[str, ...]
    told_first: Mapping[str, Mapping[str, str]]
    told_last: Mapping[str, Mapping[str, str]]


@lru_cache(maxsize=1)
def _plan() -> dict[str, Any]:
    return json.loads((FOLDER / "occasions.json").read_text("utf-8"))


@lru_cache(maxsize=1)
def _texts() -> dict[str, dict[str, dict[str, str]]]:
    """What each language says, by its code."""
    files = {language: FOLDER / f"{language}.json" for language in LANGUAGES}
    return {language: json.loads(file.read_text("utf-8")) for language, file in files.items() if file.exists()}


def _said(part: str, key: str) -> dict[str, str]:
    return {language: texts[part][key] for language, texts in _texts().items()}


def asked_on(occasion: str, side: str, audience: str) -> Asked:
    """What is asked and told; KeyError for an audience that is asked nothing here."""
    voice = VOICES[Audience(audience)]
    meeting = "visit" if occasion == Occasion.VISIT else "meeting"
    told = {code: _said("told", _told_key(code, occasion, voice)) for code in (*TOLD_FIRST[side], TOLD_LAST[side])}
    last = TOLD_LAST[side]
    return Asked(
        title=_said("titles", f"{occasion}.{side}.{voice}"),
        introduction=_said("introductions", f"{side}.{voice}"),
        questions=tuple(_plan()["asked"][f"{meeting}.{side}.{voice}"]),
        told_first={code: words for code, words in told.items() if code != last},
        told_last={last: told[last]},
    )


def _told_key(code: str, occasion: str, voice: str) -> str:
    return f"{occasion}.{code}.{voice}" if code in OF_THE_OCCASION else f"{code}.{voice}"


@transaction.atomic
def load_questions(codes: tuple[str, ...], *, by) -> dict[str, QuestionPage]:
    """The questions of the bank with these codes; those it does not have yet are put in, with their translations."""
    found = {page.code: page for page in QuestionPage.objects.original().filter(code__in=codes)}
    written = {question["code"]: question for question in _plan()["questions"]}
    for code in codes:
        if code not in found:
            found[code] = _put_in(written[code], by=by)
    return found


def _put_in(question: Mapping[str, Any], *, by) -> QuestionPage:
    code = question["code"]
    options = _plan()["sets"][question["answers"]]
    page = QuestionPage(
        title=_said("questions", code)["en"],
        slug=code.replace("_", "-"),
        code=code,
        theme=question["theme"],
        purpose=question["purpose"],
        is_outcome=question["about"] == "outcome",
        kind=Kind.CHOICE if options else Kind.TEXT,
        licence=_plan()["licence"],
        provenance=PROVENANCE,
    )
    page.wordings, page.options = list(_wordings(question, "en")), list(_options(options, "en"))
    page = the_bank().add_child(instance=page)
    for language in _texts():
        if language != "en":
            _translate(page, question, options, language)
    log(page, "bank.load", user=by, data={"origin": ORIGIN})
    return page


def _translate(page: QuestionPage, question: Mapping[str, Any], options: list[str], language: str) -> None:
    put_beside(
        page,
        language,
        title=_said("questions", question["code"])[language],
        is_checked=False,
        wordings=list(_wordings(question, language)),
        options=list(_options(options, language)),
    )


def _wordings(question: Mapping[str, Any], language: str) -> Iterator[Wording]:
    text = _said("questions", question["code"])[language]
    yield from (Wording(audience=audience, text=text) for audience in question["audiences"])


def _options(codes: list[str], language: str) -> Iterator[Option]:
    for place, code in enumerate(codes):
        yield Option(code=code, label=_said("answers", code)[language], sort_order=place)
