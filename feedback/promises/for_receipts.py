"""What whoever holds the five words of a receipt is told: what was promised about what children like them said."""

from __future__ import annotations

from django.urls import reverse

from feedback.promises.models import EVERYBODY, SLUGS, Promise
from feedback.promises.reading import ENGLISH, PromiseInformation, promises_of
from feedback.promises.unanswered import told_as
from surveys.answering.promised import Promised, Words
from surveys.frame.models import Area

# A receipt is read on a phone with poor signal; the page has all of them.
MOST = 4


def told_to(area: Area, audience: str, language: str) -> list[Promised]:
    """The promises of their area about what people like them said, in words for them."""
    found = promises_of(area, audience=told_as(audience), language=language)
    standing = [one for one in found if one.status != Promise.Status.TAKEN_BACK and one.you_said]
    return [_told(one) for one in standing[:MOST]]


def _told(one: PromiseInformation) -> Promised:
    what = one.ended.told if one.ended else one.we_will
    return Promised(
        you_said=Words(one.you_said.text, one.you_said.language),
        what=Words(what.text, what.language),
        is_kept=one.status == Promise.Status.KEPT,
        is_impossible=one.status == Promise.Status.CANNOT,
        days_late=one.days_late,
    )


def told_at(area: Area, audience: str, language: str) -> str:
    """The address of the page that is in their words, and in their language where the area offers it."""
    who = told_as(audience)
    parts = {"code": area.code} | ({} if who == EVERYBODY else {"readers": SLUGS[who]})
    if language != ENGLISH and area.offers(language):
        parts["language"] = language
    return reverse("promises:promises", kwargs=parts)
