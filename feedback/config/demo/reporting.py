"""The annual report of the demo: written by a board officer, approved by an output checker. All of it is invented."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.apps import apps
from wagtail.models import Page

from feedback.accounts.models import User
from feedback.anonymisation.rehearsing import read_what_came_last
from feedback.config.demo.quoting import a_moderator_decides, an_analyst_chooses, the_care_council_orders
from feedback.config.demo.report_words import CHILDREN, HOW_WE_ASKED, LETTER, MISSING, SHORT, TALK
from feedback.disclosure.blocks import Quarter
from feedback.releases.actions import approve, close_area_through, propose, publish
from feedback.releases.interpretation_actions import interpret
from feedback.releases.interpretations import Reading
from feedback.releases.models import Release
from feedback.releases.quoting import ShownQuote, quotes_of
from feedback.releases.readings import questions_to_interpret
from feedback.releases.released import shown_groups
from feedback.releases.service_information import AUDIENCES, in_words
from surveys.frame.models import Area
from surveys.instrument.wording import Audience

# The title of each chapter, its big sentence, whose it is, where else it belongs, its questions, and what we think.
CHAPTERS: tuple[tuple[str, str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("Being heard", "Most feel listened to. What happens next is less sure.", "everybody",
     ("section-11", "self-evaluation"), ("listened", "keeps_word")),
    ("Children under 11", "The youngest told us with pictures, and aloud.", "under_11",
     ("section-11",), ("listened",)),
    ("Whether it helped", "Help is felt when somebody stays.", "everybody",
     ("self-evaluation",), ("better", "had_a_say")),
    ("Parents and carers", "Parents ask to be told sooner, and in words they use.", "parents",
     ("self-evaluation",), ("p_respect", "p_worry")),
    ("Those who refer families", "Right first time, and how long a family waits.", "referrers",
     ("self-evaluation",), ("rf_sent", "rf_time")),
)  # fmt: skip
READ = 16
UNDER_11 = ("AGE_8_11", "AGE_6_7")


def what_came_before_is_read(areas: Iterable[Area], before: Quarter, *, lead: User, moderator: User) -> None:
    """A lead and a moderator read a few texts of the quarters before, so that something can be quoted from them."""
    for area in areas:
        read_what_came_last(area, many=READ, by=lead, before=date(before.year, 3 * before.number - 2, 1))
        a_moderator_decides(moderator)


def a_year_is_published(
    areas: Iterable[Area], *, until: Quarter, analyst: User, checker: User, young: User, readings: Mapping[str, Reading]
) -> None:
    """Releases the quarters of areas with quotes, as people do it: one chooses, another approves, the young order."""
    for area in areas:
        for draft in close_area_through(area, until=until, by=analyst):
            an_analyst_chooses(draft, analyst)
            interpret(draft, {name: readings[name] for name in questions_to_interpret(draft)}, by=analyst)
            propose(draft, by=analyst)
            approve(draft, by=checker)
            publish(draft, by=checker)
        the_care_council_orders(area, young)


def a_report_is_published(area: Area, *, writer: User, reader: User) -> None:
    """Writes the report of the year that was released, sends it, and lets a second person publish it."""
    release = Release.objects.published().filter(area=area).first()
    home = apps.get_model("pages", "HomePage").objects.filter(area=area).first()
    if release is None or home is None:
        return
    report = apps.get_model("pages", "AnnualReportPage")(
        title=f"What children told {area.name}",
        slug="annual-report",
        period=_year_of(area),
        subtitle="They feel listened to. They want us to keep our word, and to say when we cannot.",
        letter=LETTER,
        signed_by="The independent chair of the safeguarding partnership (invented)",
        how_we_asked=HOW_WE_ASKED,
        body=[("chapter", chapter) for chapter in _chapters(release)],
        for_children=[("page", page) for page in CHILDREN],
        show_in_menus=True,
        live=False,
    )
    home.add_child(instance=report)
    _approve(report, writer=writer, reader=reader)


def _year_of(area: Area) -> str:
    quarters = sorted(Release.objects.published().filter(area=area).values_list("quarter", flat=True))
    return in_words(f"{quarters[0]}..{quarters[-1]}")


def _approve(report: Page, *, writer: User, reader: User) -> None:
    report.save_revision(user=writer, log_action=True)
    state = report.get_workflow().start(report, writer)
    task = state.current_task_state
    task.task.specific.on_action(task, reader, "approve")


def _chapters(release: Release) -> list[dict[str, Any]]:
    quotes = list(quotes_of(release).shown)
    return [_chapter(place, release, quotes) for place in range(len(CHAPTERS))]


def _chapter(place: int, release: Release, quotes: list[ShownQuote]) -> dict[str, Any]:
    title, sentence, about, extracts, questions = CHAPTERS[place]
    shown = {group.question for group in shown_groups(release) if group.is_overall and group.base is not None}
    whose = _whose(release, questions[0]) if about == "under_11" else ""
    content: list[dict[str, Any]] = [{"type": "text", "value": SHORT[title]}]
    if about == "under_11":
        content.append({"type": "talk", "value": TALK})
    content += [_figure(release, one, whose) for one in questions if one in shown and (whose or about != "under_11")]
    content += [{"type": "quote", "value": {"quote": str(one.key)}} for one in _quotes(quotes, place, about)]
    content += [{"type": kind, "value": value} for kind, value in _last(title)]
    return {"title": title, "sentence": sentence, "about": about, "extracts": list(extracts), "content": content}


def _quotes(quotes: list[ShownQuote], place: int, about: str) -> list[ShownQuote]:
    """One for each chapter; in that of the youngest only what they said."""
    youngest = {AUDIENCES[Audience(audience)] for audience in UNDER_11}
    own = [one for one in quotes if (one.audience in youngest) == (about == "under_11")]
    return own[:1] if about == "under_11" else own[place : place + 1]


def _last(title: str) -> list[tuple[str, Any]]:
    if title == "Whether it helped":
        return [("missing", MISSING), ("promises", {"theme": "", "audience": ""})]
    return []


def _whose(release: Release, question: str) -> str:
    """Which of the youngest a figure of this question is shown for."""
    shown = {
        group.audience
        for group in shown_groups(release)
        if group.question == question and group.audience and not group.stage and not group.service and group.base
    }
    return next((audience for audience in UNDER_11 if audience in shown), "")


def _figure(release: Release, question: str, whose: str) -> dict[str, Any]:
    value = {"figure": f"{release.code}/{question}", "whose": whose, "sentence": "", "we_think": ""}
    return {"type": "figure", "value": value}
