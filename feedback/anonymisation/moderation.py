"""Which comments wait for whom, and what a moderator sees of one."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Min, Sum
from django.utils import timezone

from feedback.accounts.models import RoleHeld
from feedback.accounts.roles import roles_with
from feedback.anonymisation.comments import DECIDE, Comment, CommentQuerySet, Moderation
from feedback.anonymisation.redaction import STANDS_FOR, Span, without_overlaps
from feedback.safeguarding.reading import past_safeguarding
from surveys.responses.models import Response

# One word that can be marked; what stands between two words is shown and not marked alone.
WORD = re.compile(r"[^\W_]+(?:[_.'’@#+-]+[^\W_]+)*")
# A browser sends at most so many marks at once; words of a longer text are marked several together.
MOST_PIECES = 800
# People who decide at the same time begin at different ones of so many.
APART = 20
# What somebody may say a piece is that the rules did not find.
KINDS = tuple((label, stands[1:-1]) for label, stands in STANDS_FOR.items())


@dataclass(frozen=True)
class Waiting:
    """How many comments wait for somebody, and since when."""

    comments: int
    oldest: date | None


def waiting_for(by) -> CommentQuerySet:
    """The comments this person may decide on now: of their areas, still there, and none they asked others about."""
    mine = Comment.objects.visible_to(by, DECIDE).unmoderated()
    there = past_safeguarding(Response.objects.filter(status=Response.Status.CODED, has_words=True))
    return mine.filter(link__response_key__in=there.values("pk")).exclude(asked_by=by)


def how_many_wait(by) -> Waiting:
    """How many comments wait for this person."""
    found = waiting_for(by).aggregate(many=Count("pk"), oldest=Min("made_on"))
    return Waiting(found["many"], found["oldest"])


def next_comment(by) -> uuid.UUID | None:
    """The comment to be decided on next: one of the oldest, and seldom the one that a colleague has before them."""
    keys = list(waiting_for(by).order_by("passed", "made_on", "pk").values_list("pk", flat=True)[:APART])
    return keys[by.pk % len(keys)] if keys else None


def has_a_colleague(comment: Comment, by) -> bool:
    """Whether anybody else moderates in the comment's area today."""
    today = timezone.localdate()
    held = RoleHeld.objects.filter(role__in=roles_with(DECIDE), since__lte=today, user__is_active=True)
    held = held.exclude(until__lt=today).exclude(user=by)
    return (held.filter(area=None) | held.filter(area=comment.area_id)).exists()


@dataclass(frozen=True)
class Corrected:
    """How redaction did on real comments: how many were found usable, and what moderators changed in them."""

    comments: int
    added: int
    put_back: int


def corrected_for(by) -> Corrected:
    """What was changed in the comments of this person's areas that are usable now."""
    usable = Moderation.objects.filter(decision=Moderation.Decision.USABLE, comment__area__in=by.areas_held(DECIDE))
    usable = usable.filter(comment__status=Comment.Status.MODERATED, comment__is_drawing=False)
    usable = usable.exclude(comment__text="")
    found = usable.aggregate(added=Sum("added"), put_back=Sum("put_back"))
    return Corrected(usable.values("comment").distinct().count(), found["added"] or 0, found["put_back"] or 0)


def corrections(text: str, proposed: Iterable[Span], chosen: Iterable[Span]) -> tuple[int, int]:
    """How many pieces somebody marked that were not proposed, and how many that were they put back."""
    before, after = (
        {piece.number for piece in pieces_of(text, spans)[0] if piece.label} for spans in (proposed, chosen)
    )
    return len(after - before), len(before - after)


@dataclass(frozen=True)
class Piece:
    """One word as it is shown: what stands before it, the word, and whether it is marked as what."""

    number: int
    before: str
    word: str
    label: str = ""

    @property
    def stands_for(self) -> str:
        """What would be read in its place."""
        return STANDS_FOR[self.label] if self.label else ""


@dataclass(frozen=True)
class Shown:
    """What a moderator sees: the question, the words as they were written, and how they would be read."""

    comment: Comment
    question: str
    pieces: tuple[Piece, ...]
    ending: str
    redacted: str
    drawings: tuple[str, ...] = field(default=())
    # The drawing that is decided on; nothing where words are.
    drawn: str = ""


def spans_of(marks: Iterable[Iterable]) -> tuple[Span, ...]:
    """The marks of a comment as the rules know them."""
    return tuple(Span(start, end, label) for start, end, label in marks)


def places_of(text: str) -> list[tuple[int, int]]:
    """Where each piece that can be marked stands: a word, or several together where there are very many."""
    words = [found.span() for found in WORD.finditer(text)]
    together = -(-len(words) // MOST_PIECES) or 1
    return [(words[at][0], words[min(at + together, len(words)) - 1][1]) for at in range(0, len(words), together)]


def pieces_of(text: str, spans: Iterable[Span]) -> tuple[tuple[Piece, ...], str]:
    """The text cut into what can be marked, and what stands after the last of it."""
    spans, pieces, at = list(spans), [], 0
    for number, (start, end) in enumerate(places_of(text)):
        label = next((span.label for span in spans if span.start < end and start < span.end), "")
        pieces.append(Piece(number, text[at:start], text[start:end], label))
        at = end
    return tuple(pieces), text[at:]


def chosen_spans(
    text: str, proposed: Iterable[Span], marked: set[int], label: str, called: Mapping[int, str] | None = None
) -> tuple[Span, ...]:
    """What is left out once somebody has marked these pieces: a proposal as it is where all of it is still marked.

    A mark is what `called` says it is; else one that was proposed keeps its name, and a new one is called `label`.
    """
    places, kept, called = places_of(text), [], called or {}
    settled = {at for at in called if at in marked}
    kept = [Span(*places[at], called[at]) for at in settled if at < len(places)]
    for span in proposed:
        inside = {at for at, (start, end) in enumerate(places) if span.start < end and start < span.end}
        if inside <= marked - settled:
            kept.append(span)
        else:
            kept += [Span(*places[at], span.label) for at in inside & (marked - settled)]
        settled |= inside & marked
    kept += [Span(*places[at], label) for at in marked - settled if at < len(places)]
    return _joined(text, without_overlaps(kept))


def _joined(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Marks beside each other that say the same become one: [name], not [name] [name]."""
    joined: list[Span] = []
    for span in spans:
        if joined and span.label == joined[-1].label and text[joined[-1].end : span.start] == " ":
            span = Span(joined.pop().start, span.end, span.label)
        joined.append(span)
    return tuple(joined)
