"""A starting bank of our own: questions that a care council can begin with, as drafts until one approves them.

What is in `starting/` are our own words, and nothing of anybody's questionnaire. An installation gets each question
once; what people made of it since is never touched.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page

from surveys.bank.models import Option, QuestionBankPage, QuestionPage, Theme, Wording
from surveys.instrument.wording import Audience

FOLDER = Path(__file__).with_name("starting")
ORIGIN = "the starting bank"
PROVENANCE = (
    "Own words of the Earshot contributors, on what the progress report of the Munro review (2012) asks to be heard in "
    "its paragraphs 5.9, 5.21 and 5.22; here: {theme}. They follow the limits of each audience. Not yet tried with "
    "those they are for: a care council decides on them first."
)


def starting_questions() -> Iterator[dict[str, Any]]:
    """Every question of the starting bank as it is written down, its answers spelled out for each audience.

    `answers` has rows of code, label and picture by audience; a blank audience is everybody else.
    """
    for file in sorted(FOLDER.glob("*.json")):
        written = json.loads(file.read_text("utf-8"))
        for question in written["questions"]:
            answers = question.get("answers", {})
            spelled = {audience: _spelled(named, written) for audience, named in answers.items()}
            yield {**question, "answers": spelled, "licence": written["licence"]}


def _spelled(named: str | list[list[str]], written: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows = written["sets"][named] if isinstance(named, str) else named
    excluding = written["excludes"].get(named) if isinstance(named, str) else None
    return [
        {"code": code, "label": label, "picture": picture, "excludes_others": code == excluding}
        for code, label, picture in ((*row, "")[:3] for row in rows)
    ]


@transaction.atomic
def load_starting_bank() -> int:
    """Puts in the questions whose codes the bank does not have yet, and says how many those were."""
    bank = the_bank()
    taken = set(QuestionPage.objects.values_list("code", flat=True))
    missing = [question for question in starting_questions() if question["code"] not in taken]
    for question in missing:
        page = bank.add_child(instance=_page(question))
        log(page, "bank.load", data={"origin": ORIGIN})
    return len(missing)


def the_bank() -> QuestionBankPage:
    """The bank of the installation; made when it is first needed."""
    return QuestionBankPage.objects.order_by("path").first() or _new_bank()


def _new_bank() -> QuestionBankPage:
    bank = QuestionBankPage(title="Question bank", slug="question-bank")
    return Page.get_first_root_node().add_child(instance=bank)


def _page(question: Mapping[str, Any]) -> QuestionPage:
    said = question["wordings"]
    page = QuestionPage(
        title=said.get(Audience.AGE_8_11) or next(iter(said.values())),
        slug=question["code"].replace("_", "-"),
        code=question["code"],
        theme=question["theme"],
        stage=question.get("stage", ""),
        purpose=question["purpose"],
        is_outcome=question["about"] == "outcome",
        kind=question["kind"],
        licence=question["licence"],
        provenance=PROVENANCE.format(theme=Theme(question["theme"]).label.lower()),
    )
    page.wordings = [Wording(audience=audience, text=text) for audience, text in said.items()]
    page.options = list(_options(question["answers"]))
    return page


def _options(answers: Mapping[str, list[dict[str, Any]]]) -> Iterator[Option]:
    for audience, rows in answers.items():
        for place, row in enumerate(rows):
            yield Option(audience=audience, sort_order=place, **row)
