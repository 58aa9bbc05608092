"""What whoever works on themes reads: usable comments, what they may be about, and the themes of an area.

Comments are named by their marks, as quotes are, so that no page holds the key of a record. Callers log the look.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from feedback.anonymisation.chunks import Chunk, chunks_of
from feedback.anonymisation.comments import Comment, CommentLink
from feedback.anonymisation.quotable import mark_of
from feedback.anonymisation.redaction import ENGLISH
from feedback.anonymisation.themes import FEWEST, CommentTheme, may_be_themed, people_behind, support_of
from surveys.design.frozen import instrument_of
from surveys.frame.models import Area

# So many are read for a proposal, whichever come first by their random keys.
READ_AT_ONCE = 400


@dataclass(frozen=True)
class ReadComment:
    """A usable comment as an analyst reads it: what was asked and the words, and nothing about who wrote them."""

    mark: str
    words: str
    asked: str
    language: str


@dataclass(frozen=True)
class ThemeOfArea:
    """A theme, and on how many comments it rests: for staff, and never published."""

    theme: CommentTheme
    comments: int
    is_several: bool


def _read(comments: Iterable[Comment]) -> list[ReadComment]:
    return [ReadComment(mark_of(one.pk), one.text, _asked(one), one.language) for one in comments]


def _asked(comment: Comment) -> str:
    return instrument_of(comment.edition_id).item(comment.item).texts[ENGLISH]


def proposed_chunks(area: Area) -> list[Chunk]:
    """Words that stand together in the English comments of several people; a person says what is a theme."""
    some = list(may_be_themed(area).filter(language=ENGLISH, needs_a_reader=False)[:READ_AT_ONCE])
    keys = [one.pk for one in some]
    people = dict(CommentLink.objects.filter(comment__in=keys).values_list("comment_id", "response_key"))
    return chunks_of(((one.pk, people.get(one.pk), one.text) for one in some), fewest=FEWEST)


def themes_of(area: Area) -> list[ThemeOfArea]:
    """Every theme of an area, those that were ended last."""
    found = list(CommentTheme.objects.filter(area=area))
    support = support_of(found, area)
    several = {one.pk for one in found if len(support[one.pk]) >= FEWEST and people_behind(support[one.pk]) >= FEWEST}
    listed = [ThemeOfArea(one, len(support[one.pk]), one.pk in several) for one in found]
    return sorted(listed, key=lambda one: (one.theme.status == CommentTheme.Status.ENDED, one.theme.name.casefold()))


def comments_of(theme: CommentTheme) -> list[ReadComment]:
    """The comments a theme rests on now."""
    return _read(may_be_themed(theme.area).filter(themed__theme=theme))


def comments_to_sort(theme: CommentTheme, *, words: str = "") -> list[ReadComment]:
    """The usable comments of the area that are not in this theme; only those with these words, if any are given."""
    found = may_be_themed(theme.area).exclude(themed__theme=theme).exclude(language=ENGLISH, needs_a_reader=True)
    wanted = words.casefold().split()
    return [one for one in _read(found) if all(word in one.words.casefold() for word in wanted)]


def key_of_mark(area: Area, mark: str) -> uuid.UUID | None:
    """Which comment a mark on a page stands for; nothing if it is not there any more."""
    return next((key for key in may_be_themed(area).values_list("pk", flat=True) if mark_of(key) == mark), None)


@dataclass(frozen=True)
class ConfirmedTheme:
    """A theme that everybody may read, and the marks of the comments it rests on."""

    key: uuid.UUID
    name: str
    description: str
    about: str
    marks: frozenset[str]


def confirmed_themes(area: Area) -> list[ConfirmedTheme]:
    """The themes that a second person confirmed and that several people still stand behind, by name."""
    found = list(CommentTheme.objects.filter(area=area).confirmed())
    support = support_of(found, area)
    return [
        ConfirmedTheme(one.pk, one.name, one.description, one.about, frozenset(map(mark_of, support[one.pk])))
        for one in found
        if len(support[one.pk]) >= FEWEST and people_behind(support[one.pk]) >= FEWEST
    ]
