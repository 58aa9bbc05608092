"""What a report must have before a second person is asked, and what it may never hold, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from cms.pages.report_blocks import UNDER_11
from cms.pages.report_choices import SEPARATOR
from cms.pages.report_reading import Reader, ShownChapter, ShownFigure, chapters_of, is_key
from feedback.releases.models import Quote, Release
from feedback.releases.once import one_reading
from feedback.releases.service_information import AUDIENCES
from surveys.frame.models import Area
from surveys.instrument.wording import Audience

YOUNGEST = {AUDIENCES[Audience.AGE_6_7], AUDIENCES[Audience.AGE_8_11]}
ADDRESSED = ("Chief Executive", "Leader")
SPEAKS = {"text", "figure", "quote", "talk", "missing", "promises", "population", "silence"}


def what_never_belongs(body: Iterable[Any], area: Area | None) -> Iterator[str]:
    """What may not even be in a draft: figures and quotes of other areas, or that are not published."""
    chapters = [block.value for block in body]
    figures = [(one["title"], part.value["figure"]) for one in chapters for part in _parts(one, "figure")]
    quotes = [(one["title"], part.value["quote"]) for one in chapters for part in _parts(one, "quote")]
    codes = {(key or "").partition(SEPARATOR)[0] for _, key in figures}
    releases = {one.code: one for one in Release.objects.filter(code__in=codes).select_related("area")}
    for title, key in figures:
        yield from _strange("figure", title, releases.get((key or "").partition(SEPARATOR)[0]), area)
    chosen = Quote.objects.filter(pk__in=[key for _, key in quotes if is_key(key or "")])
    known = {str(one.pk): one for one in chosen.select_related("release__area")}
    for title, key in quotes:
        quote = known.get(key or "")
        yield from _strange("quote", title, quote.release if quote else None, area)


def _parts(chapter: Any, kind: str) -> list[Any]:
    return [part for part in chapter["content"] if part.block_type == kind]


def _strange(what: str, title: str, release: Release | None, area: Area | None) -> Iterator[str]:
    if release is None:
        yield f"A {what} in “{title}” does not exist. Choose one from the list, or take it out."
    elif release.area_id not in {None, area.pk if area else None}:
        here = area.name if area else "all areas together"
        yield f"A {what} in “{title}” is of {release.area}. A report of {here} shows only its own. Take it out."
    elif release.status not in {Release.Status.PUBLISHED, Release.Status.WITHDRAWN}:
        yield f"A {what} in “{title}” is from a release that is not published yet. Choose another, or wait for it."


@one_reading()
def what_is_missing(page: Any) -> list[str]:
    """Everything that keeps a report from being approved, in the order in which it is read."""
    chapters = chapters_of(page.body, Reader(page.area))
    found = list(what_never_belongs(page.body, page.area))
    if absent := [name for name in ADDRESSED if name.lower() not in page.addressed_to.lower()]:
        found.append(
            f"A report is addressed to the Chief Executive and the Leader: name the {' and the '.join(absent)}."
        )
    if not chapters:
        found.append("There is no chapter yet. Put in at least one, and one about children under 11.")
    for chapter in chapters:
        found += _of_chapter(chapter)
    return [*found, *_of_the_youngest(chapters)] if chapters else found


def _of_chapter(chapter: ShownChapter) -> Iterator[str]:
    if not chapter.items:
        yield f"“{chapter.title}” is empty. Put something in, or take the chapter out."
    for kind, item in chapter.items:
        if kind == "figure":
            yield from _of_figure(chapter.title, item)
        if kind == "quote" and item is None:
            yield f"A quote in “{chapter.title}” was recalled, or is not published. Take it out."


def _of_figure(title: str, figure: ShownFigure) -> Iterator[str]:
    if figure.gone:
        yield f"A figure in “{title}” cannot be shown. {figure.gone} Take it out, or choose another."
    elif figure.group and figure.group.withheld:
        yield f"“{figure.text}” in “{title}”, {figure.who}: {figure.group.withheld} Take it out, or say so in words."
    elif not figure.is_interpreted:
        yield (
            f"Nobody says what “{figure.text}” in “{title}” may mean. No figure stands alone: write what the board "
            "makes of it, and what to ask next."
        )


def _of_the_youngest(chapters: list[ShownChapter]) -> Iterator[str]:
    own = [one for one in chapters if one.about == UNDER_11]
    if not own:
        yield (
            "There is no chapter about children under 11. Put one in: what they said, or why nothing was heard from "
            "them and what will be done."
        )
    elif not any(_speaks_of_the_youngest(kind, item) for one in own for kind, item in one.items):
        yield (
            f"“{own[0].title}” says nothing of children under 11: no figure of theirs, no quote of theirs, nothing "
            "from a conversation. Put one in, or say why nothing was heard and what will be done."
        )


def _speaks_of_the_youngest(kind: str, item: Any) -> bool:
    match kind:
        case "figure":
            return (not item.gone and item.who in YOUNGEST) or _is_only_theirs(item)
        case "quote":
            return item is not None and item.audience in YOUNGEST
        case _:
            return kind in {"talk", "silence"}


def _is_only_theirs(figure: ShownFigure) -> bool:
    shares = [share for share in figure.shares if share.line]
    return bool(shares) and all(share.who in YOUNGEST for share in shares)
