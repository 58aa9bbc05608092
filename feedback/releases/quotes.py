"""Quotes: words that a moderator found usable and an analyst chose for a release. A module of models."""

from __future__ import annotations

import secrets
import uuid

from django.conf import settings
from django.db import models

from feedback.anonymisation.comments import RedactedText
from surveys.design.models import Edition
from surveys.instrument.wording import AUDIENCE_CHOICES

RECALL, ORDER = "releases.recall_quote", "releases.order_quotes"
PLACES = 2**30


def random_place() -> int:
    """Where a quote stands until somebody puts it elsewhere: not by time, nor by any key."""
    return secrets.randbelow(PLACES)


class QuoteQuerySet(models.QuerySet["Quote"]):
    """Ways to reach quotes."""

    def visible_to(self, user, permission: str) -> QuoteQuerySet:
        """The quotes of the areas in which a role of this person carries the permission."""
        return self.filter(release__area__in=user.areas_held(permission))

    def standing(self) -> QuoteQuerySet:
        """Those that nobody has recalled, in the order in which they are read."""
        return self.filter(status=Quote.Status.CHOSEN).order_by("place", "pk")

    def of_status(self, *statuses: str) -> QuoteQuerySet:
        """Those whose release has come so far."""
        return self.filter(release__status__in=statuses)


class Quote(models.Model):
    """Redacted words of one child in one release, with nothing beside them that is not printed.

    No key leads to the comment or to another quote: `mark` is a keyed hash, and the key is not in the database.
    """

    class Status(models.TextChoices):
        """How far a quote has come."""

        CHOSEN = "chosen", "Chosen"
        RECALLED = "recalled", "Recalled"

    TRANSITIONS = {Status.CHOSEN: {Status.RECALLED}, Status.RECALLED: set()}

    class Reason(models.TextChoices):
        """Why a quote is recalled: a code, so that nobody writes down what it said."""

        RECOGNISED = "recognised", "Somebody could tell who said it"
        SOMEONE_ELSE = "someone_else", "It is about someone else"
        ASKED = "asked", "Whoever said it, or a person close to them, asks for it"
        WRONG = "wrong", "It should not have been chosen"
        # By itself, never chosen by anybody.
        TAKEN_BACK = "taken_back", "The answers were taken back"
        WORRY = "worry", "It is with the safeguarding leads"
        DECIDED_ANEW = "decided_anew", "A moderator decided anew"

    class Privacy:
        why = "So that others can read what was said, in words that lead to nobody."
        kept = "Until it is recalled: then that there was one stays, without its words."
        scrub = "rows"
        personal = {
            "words": "Redacted words of a respondent, or strokes of a drawing. Emptied once the quote is recalled.",
            "mark": "Keyed hash of the comment it was; emptied once the comment is erased.",
            "chosen_by": "Which analyst chose it.",
            "recalled_by": "Which member of staff recalled it; nobody where the answers were taken back.",
        }
        plain = {
            "id", "release", "edition", "item", "audience", "language", "is_drawing", "is_talk", "place", "status",
            "chosen_on", "because", "recalled_on", "was_public",
        }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    release = models.ForeignKey("releases.Release", on_delete=models.PROTECT, related_name="quotes")
    # The question, where it may be printed; which edition says in which words it was asked.
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    item = models.CharField(max_length=63, blank=True)
    # The age band, where it may be printed.
    audience = models.CharField(max_length=20, choices=AUDIENCE_CHOICES, blank=True)
    language = models.CharField(max_length=10)
    is_drawing = models.BooleanField(default=False)
    is_talk = models.BooleanField(default=False)
    words = RedactedText(blank=True)
    mark = models.CharField(max_length=32, unique=True, null=True)  # noqa: DJ001 - several have none
    place = models.PositiveIntegerField(default=random_place)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.CHOSEN)
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    chosen_on = models.DateField()
    because = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    recalled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    recalled_on = models.DateField(null=True)
    was_public = models.BooleanField(default=False)

    objects = QuoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status="chosen") | models.Q(words=""), name="recalled_quote_has_no_words"
            )
        ]

    @property
    def is_standing(self) -> bool:
        """Whether nobody has recalled it."""
        return self.status == self.Status.CHOSEN


BY_PEOPLE = (Quote.Reason.RECOGNISED, Quote.Reason.SOMEONE_ELSE, Quote.Reason.ASKED, Quote.Reason.WRONG)
