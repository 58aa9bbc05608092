"""Words that moderators propose for the lists of redaction, until another person decides. A module of models."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import models

from feedback.anonymisation.moderation import pieces_of
from feedback.anonymisation.own_lists import SHORTEST, plain
from feedback.anonymisation.redaction import Span
from feedback.anonymisation.redaction_lists import SLIP, UNKNOWN, lists
from surveys.frame.models import Area
from surveys.responses.sealed import SealedText

REVIEW = "moderation.review_words"
LONGEST = 60
DAYS = 28


class WordProposalQuerySet(models.QuerySet["WordProposal"]):
    """Ways to reach proposals."""

    def visible_to(self, user, permission: str) -> WordProposalQuerySet:
        """Those of the areas in which a role of this person carries the permission, made by others."""
        return self.filter(area__in=user.areas_held(permission)).exclude(proposed_by=user)


class WordProposal(models.Model):
    """One word that redaction should know, with nothing that leads to the comment it stood in."""

    class Kind(models.TextChoices):
        """The list a word is meant for."""

        NAMES = "names", "A name, or a nickname"
        PLACES = "places", "A place or a service"
        SCHOOLS = "schools", "A school"
        ORDINARY = "ordinary", "An everyday word, nobody’s name"

    class Privacy:
        why = "So that redaction learns what moderators correct, once another person agrees."
        kept = "Until somebody decides, and 28 days at most."
        scrub = "rows"
        personal = {
            "word": "A word that somebody wrote; it may be a rare name. Deleted once it is decided on.",
            "word_mark": "Keyed hash of the word, so that it waits once only. Deleted with it.",
            "proposed_by": "Which moderator proposed it, because another must decide.",
        }
        plain = {"id", "area", "kind", "proposed_on"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    word = SealedText()
    word_mark = models.CharField(max_length=32, unique=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_on = models.DateField()

    objects = WordProposalQuerySet.as_manager()


def word_mark(area: Area, kind: str, word: str) -> str:
    """A keyed hash: whoever reads the database alone cannot try out names on it."""
    content = f"word for a list\0{area.pk}\0{kind}\0{word}".encode("utf-8", "surrogatepass")
    return hmac.digest(settings.SECRET_KEY.encode(), content, hashlib.sha256)[:16].hex()


@dataclass(frozen=True)
class Correction:
    """A word that a moderator marked or put back, and the list it could go to."""

    kind: str
    word: str

    @property
    def label(self) -> str:
        """What the list is called."""
        return str(WordProposal.Kind(self.kind).label)


LIST_OF = {"PERSON": "names", "PLACE": "places", "ORG": "places", "SCHOOL": "schools"}


def corrections_for_lists(text: str, proposed: Iterable[Span], chosen: Iterable[Span]) -> list[Correction]:
    """What somebody corrected and a list could hold, each once, in the order of the text.

    What was put back goes to the everyday words only if no list knows it as a name or place: redaction would never
    look for somebody of that name again.
    """
    proposed, chosen = list(proposed), list(chosen)
    before, after = ({p.number: p for p in pieces_of(text, spans)[0] if p.label} for spans in (proposed, chosen))
    found = [
        Correction(LIST_OF[span.label], word)
        for span in chosen
        if span.label in LIST_OF and _is_new(text, span, set(before))
        for word in _words(span.label, text[span.start : span.end])
    ]
    back = [before[number].word for number in sorted(set(before) - set(after))]
    found += [Correction("ordinary", word) for word in map(plain, back) if _is_nobodys(word)]
    return [one for one in dict.fromkeys(found) if SHORTEST <= len(one.word) <= LONGEST]


def _is_new(text: str, span: Span, before: set[int]) -> bool:
    inside = {piece.number for piece in pieces_of(text, [span])[0] if piece.label}
    return not inside <= before


def _words(label: str, said: str) -> list[str]:
    """Names one by one; places, services and schools whole."""
    whole = plain(said)
    return whole.split() if label == "PERSON" else [whole]


def _is_nobodys(word: str) -> bool:
    known = lists()
    return " " not in word and known.kind(word) in {UNKNOWN, SLIP} and word not in known.places
