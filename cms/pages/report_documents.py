"""The documents that one report gives: the whole, its extracts, and one page for children of each age."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.http import Http404
from django.utils.translation import override

from cms.pages.report_blocks import EXTRACTS
from cms.pages.report_reading import Reader, ShownChapter, chapters_of, sources_of
from feedback.disclosure.rules import ProtectionRules
from feedback.disclosure.statement import four_sentences
from feedback.releases.once import one_reading
from surveys.instrument.wording import LANGUAGES, RIGHT_TO_LEFT


@one_reading()
def whole(page: Any) -> dict[str, Any]:
    """What the whole report shows."""
    chapters = chapters_of(page.body, Reader(page.area))
    return {
        **_around(page, chapters),
        "extracts": [(code, name) for code, name in EXTRACTS.items() if _of(chapters, code)],
        "child_pages": [_named(block.value) for block in page.for_children],
    }


@one_reading()
def extract_of(page: Any, which: str) -> dict[str, Any] | None:
    """The chapters of one extract; nothing where there are none."""
    chapters = _of(chapters_of(page.body, Reader(page.area)), which)
    return {**_around(page, chapters), "which": which, "extract": EXTRACTS[which]} if chapters else None


def _around(page: Any, chapters: list[ShownChapter]) -> dict[str, Any]:
    sources = sources_of(chapters)
    rules = sources[-1].release.rules if sources else None
    return {
        "page": page,
        "report": page,
        "chapters": chapters,
        "sources": sources,
        "why_nobody_is_found": four_sentences(ProtectionRules(**rules)) if rules else [],
        "addressed_to": [line.strip() for line in page.addressed_to.splitlines() if line.strip()],
    }


def _of(chapters: list[ShownChapter], which: str) -> list[ShownChapter]:
    return [one for one in chapters if which in one.extracts and which in EXTRACTS]


def child_page_of(page: Any, audience: str, language: str) -> dict[str, Any] | None:
    """The page for children of one age in one language; nothing where nobody wrote one."""
    for block in page.for_children:
        if (block.value["audience"], block.value["language"]) == (audience, language):
            return {"page": page, "report": page, "child": block.value, **_named(block.value)}
    return None


def _named(child: Any) -> dict[str, str]:
    language = child["language"]
    return {
        "audience": child["audience"],
        "language": language,
        "language_name": LANGUAGES.get(language, language),
        "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        "title": child["title"],
        "amount": _amount(child),
    }


def _amount(child: Any) -> str:
    """How much is said: the print gets smaller where it would not fit on one sheet."""
    said = sum(len(one["said"]) + len(one["done"]) for one in child["told"]) + len(child["hello"]) + len(child["ask"])
    return next((name for most, name in AMOUNTS if said <= most), "r-much")


# Up to how many letters on one sheet, and how large they are then: each was tried on paper.
AMOUNTS = ((380, ""), (560, "r-some"), (800, "r-more"))


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Says the words around a page for children in their language."""
    if language not in LANGUAGES:
        raise Http404("This report has no such page.")
    with override(language):
        yield
