"""What whoever checks a release looks at first: what is new since the last, the rules, what was written otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest

from feedback.disclosure.blocks import Group
from feedback.disclosure.rules import Table
from feedback.releases.comparing import News, comparisons_of, news_of
from feedback.releases.models import Release
from feedback.releases.readings import changed_since_proposed
from feedback.releases.service_information import Wordings, in_words, wordings_of

TABLES = {
    Table.OVERALL: "Everybody",
    Table.STAGE: "By step of the journey",
    Table.AUDIENCE: "By who answered",
    Table.SERVICE: "By service",
    Table.STAGE_AUDIENCE: "By step of the journey and who answered",
}
RULES = {
    "smallest_block": "People a block needs to close",
    "smallest_group": "People a group needs to be shown, and what is left over as well",
    "percent_base": "People who answered, from whom on a share is a number",
    "mask": "People from nobody or from everybody that are only “under” or “over”",
    "sd": "How far figures are moved, as a standard deviation, in people",
    "bound": "How far a figure is moved at most, in people",
    "looks": "Published cells that may hold one answer",
    "share_to_close": "Share of the people that a breakdown must show to close",
    "version": "Version of the rules",
}


def changes(request: HttpRequest, release: Release) -> dict[str, Any] | None:
    """What is new since the last release; not for those who only read what is published."""
    if not request.user.has_perm("releases.view", release):
        return None
    wordings, news = wordings_of(release), news_of(release)
    compared = comparisons_of(release).values()
    changed = [(wordings.questions.get(c.question, c.question), _worded(c, wordings), c) for c in compared if c.changes]
    return {
        "news": news,
        "last": in_words(news.last.quarter) if news else "",
        "lines": list(_lines(news, wordings)) if news else [],
        "changed": changed,
        "compared": sum(comparison.compared for comparison in compared),
        "rewritten": [
            (wordings.questions.get(question, question), before, now)
            for question, (before, now) in changed_since_proposed(release).items()
        ],
    }


def rules(request: HttpRequest, release: Release) -> dict[str, Any] | None:
    """The rules by which the release was closed, and which of them are others than last time."""
    if not request.user.has_perm("releases.view", release):
        return None
    news = news_of(release)
    differing = news.rules if news else {}
    rows = [
        (label, release.rules[name], differing[name][0] if name in differing else None)
        for name, label in RULES.items()
        if name in release.rules
    ]
    return {"rows": rows, "news": news, "differing": len(differing)}


def _worded(comparison, wordings: Wordings) -> list[str]:
    return [
        f"{wordings.option(comparison.question, one.option)}: {one.before} % to {one.now} %"
        for one in comparison.changes
    ]


def _lines(news: News, wordings: Wordings) -> Iterable[tuple[str, list[str]]]:
    """A heading and its lines, of everything that is new or gone; headings without a line are left out."""
    named = wordings.questions
    found = {
        "New windows": [
            f"{TABLES[Table(table)]}, {in_words(period)}: {_many(questions)}"
            for (table, period), questions in sorted(news.windows.items(), key=_table_and_period)
        ],
        "Groups shown now that were not shown last time": _groups(news.newly_shown, wordings),
        "Groups withheld now that were shown last time": _groups(news.newly_withheld, wordings),
        "Questions that were not in the last release": [named.get(code, code) for code in sorted(news.questions_new)],
        "Questions of which nothing closes this time": [named.get(code, code) for code in sorted(news.questions_gone)],
        "Answers that are new": _options(news.options_new, wordings),
        "Answers that are no longer there": _options(news.options_gone, wordings),
    }
    return ((heading, lines) for heading, lines in found.items() if lines)


def _table_and_period(item: tuple[tuple[str, str], object]) -> tuple[int, str]:
    (table, period), _ = item
    return list(Table).index(Table(table)), period


def _many(questions: Iterable[str]) -> str:
    many = len(list(questions))
    return "1 question" if many == 1 else f"{many} questions"


def _groups(groups: Mapping[tuple[str, Group], frozenset[str]], wordings: Wordings) -> list[str]:
    return sorted(
        f"{TABLES[Table(table)]}: {wordings.name(group.stage, group.audience, group.service)} ({_many(questions)})"
        for (table, group), questions in groups.items()
    )


def _options(options: Mapping[str, frozenset[str]], wordings: Wordings) -> list[str]:
    return [
        f"{wordings.questions.get(question, question)}: {', '.join(wordings.option(question, o) for o in sorted(new))}"
        for question, new in options.items()
    ]
