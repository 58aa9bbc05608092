"""Which usable comments may be quoted, and how a quote knows the comment it was without naming it."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q

from feedback.anonymisation.comments import Comment, CommentQuerySet
from feedback.anonymisation.models import CodedResponse, Linkage
from feedback.anonymisation.redaction import ENGLISH
from feedback.anonymisation.rules_of_an_area import rules_in_force
from feedback.safeguarding.reading import past_safeguarding, with_a_worry
from surveys.frame.models import Area
from surveys.instrument.wording import Audience, Voice, voice_of
from surveys.responses.models import Response, Withdrawal

STILL_FOUND = (Response.Status.CODED, Response.Status.ERASED)


@dataclass(frozen=True)
class Quotable:
    """A comment that may be quoted: what it answers, who wrote it, and the quarter in which it was counted."""

    key: uuid.UUID
    mark: str
    edition_id: int
    item: str
    audience: str
    language: str
    quarter: str
    is_drawing: bool
    # Said in a conversation: never beside a figure, and with no more than an age band.
    is_talk: bool = False


def mark_of(key: uuid.UUID) -> str:
    """What a quote keeps of its comment: a keyed hash of the comment's id.

    Whoever reads the database alone can tell neither which comment it was nor that two quotes are of one child.
    """
    return hmac.digest(settings.SECRET_KEY.encode(), b"quote of a comment\0" + key.bytes, hashlib.sha256)[:16].hex()


def quotable(area: Area, quarters: Collection[str], *, smallest: int, fewest_talks: int) -> list[Quotable]:
    """The usable comments of an area that were counted in these quarters: one of each child, in random order.

    Of one child never two, so that nobody can join them, whoever chooses included. In another language than English
    only where at least `smallest` people of these quarters answered in it, because the words tell the language. What
    was said in a conversation only where at least `fewest_talks` were talked with, because it says that somebody was.
    """
    there = past_safeguarding(Response.objects.filter(status__in=STILL_FOUND))
    found = _usable(area).filter(link__response_key__in=there.values("pk")).order_by("pk")
    counted = Linkage.objects.filter(coded__area=area, coded__quarter__in=quarters, coded__is_in_block=True)
    quarter_of = dict(counted.values_list("response_key", "coded__quarter"))
    languages, talks = _languages(area, quarters, smallest), talked_with(area, quarters).total() >= fewest_talks
    fields = ("pk", "edition_id", "item", "audience", "language", "is_drawing", "link__response_key")
    first: dict[uuid.UUID, Quotable] = {}
    spoken = found if talks else found.from_surveys()
    asked = set(found.from_surveys().values_list("pk", flat=True))
    for key, edition, item, audience, language, is_drawing, response in spoken.values_list(*fields):
        if response in quarter_of and response not in first and language in languages:
            first[response] = Quotable(
                key, mark_of(key), edition, item, audience, language, quarter_of[response], is_drawing,
                is_talk=key not in asked,
            )  # fmt: skip
    return sorted(first.values(), key=lambda one: one.key)


def talked_with(area: Area, quarters: Collection[str]) -> Counter[str]:
    """How many of each age band were talked with in these quarters, whatever they said of others; shown to nobody."""
    coded = CodedResponse.objects.filter(area=area, quarter__in=quarters, is_in_block=True)
    talks = coded.exclude(pk__in=CodedResponse.objects.from_surveys().values("pk"))
    return Counter(talks.values_list("audience", flat=True))


def _usable(area: Area) -> CommentQuerySet:
    """Those with words that a moderator approved; in a language nobody named, nobody can say who may read it."""
    usable = Comment.objects.filter(area=area, status=Comment.Status.MODERATED).exclude(text="")
    return usable.exclude(language=ENGLISH, needs_a_reader=True)


def _languages(area: Area, quarters: Collection[str], smallest: int) -> set[str]:
    spoken = CodedResponse.objects.counted().filter(area=area, quarter__in=quarters, is_in_block=True)
    many = Counter(spoken.values_list("language", flat=True))
    return {ENGLISH, *(language for language, people in many.items() if people >= smallest)}


def may_be_asked(area: Area) -> list[Quotable]:
    """The usable comments in words of children that are in a closed quarter: whoever wrote one is among many."""
    rules = rules_in_force()
    quarters = CodedResponse.objects.filter(area=area, is_in_block=True).order_by().values_list("quarter", flat=True)
    found = quotable(area, set(quarters), smallest=rules.percent_base, fewest_talks=rules.smallest_group)
    return [one for one in found if not one.is_drawing and voice_of(Audience(one.audience)) is Voice.CHILD]


def marks_that_stand(area: Area) -> set[str]:
    """The marks of usable comments whose words are there, which nobody took back and about which nobody is worried."""
    there = past_safeguarding(Response.objects.filter(status__in=STILL_FOUND))
    gone = Withdrawal.objects.awaiting_erasure().values("response_key")
    usable = _usable(area).filter(link__response_key__in=there.values("pk")).exclude(link__response_key__in=gone)
    return {mark_of(key) for key in usable.values_list("pk", flat=True)}


def words_by_mark(some: Collection[Quotable]) -> dict[str, str]:
    """The words of these comments, for whoever chooses among them; the caller logs the look."""
    rows = {row.pk: row for row in Comment.objects.filter(pk__in=[one.key for one in some])}
    return {one.mark: rows[one.key].text for one in some if one.key in rows}


def marks_that_fell(area: Area) -> set[str]:
    """The marks of usable comments that may not be shown now: taken back, or a worry is open or was handed on."""
    gone = Withdrawal.objects.awaiting_erasure().values("response_key")
    usable = Comment.objects.filter(area=area, status=Comment.Status.MODERATED)
    fell = usable.filter(Q(link__response_key__in=gone) | Q(link__response_key__in=with_a_worry()))
    return {mark_of(key) for key in fell.values_list("pk", flat=True)}
