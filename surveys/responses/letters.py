"""What a respondent writes back through the receipt, of whom nobody knows more than of the answers."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from surveys.frame.models import Area
from surveys.responses.sealed import SealedText


class LetterQuerySet(models.QuerySet["Letter"]):
    """Ways to reach letters."""

    def of(self, response_key: uuid.UUID) -> LetterQuerySet:
        """What was written back by whoever gave one response, the newest first."""
        return self.filter(response_key=response_key).order_by("-number")

    def unread(self) -> LetterQuerySet:
        """Those that no person has read yet."""
        return self.filter(read_on=None)

    def awaiting_screening(self) -> LetterQuerySet:
        """Those in whose words nobody has searched for danger yet."""
        return self.filter(is_screened=False)


class Letter(models.Model):
    """What somebody wrote back with their receipt: it belongs to the answers, and goes with them."""

    class Privacy:
        why = "So that somebody nobody knows can answer, and ask again."
        kept = (
            "The area’s days (30 unless it says otherwise) after a person has read it and no worry about it is open; "
            "taking the answers back deletes it."
        )
        scrub = "rows"
        personal = {
            "response_key": "Which stored response its writer gave. Deleted with the letter.",
            "words": "What they wrote. Deleted with the letter.",
        }
        plain = {"id", "area", "number", "sent_on", "is_screened", "read_on"}

    # A keyed hash of what was sent, so that what is sent twice is stored once.
    id = models.UUIDField(primary_key=True)
    response_key = models.UUIDField()
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    # Counts within one response only.
    number = models.PositiveSmallIntegerField()
    words = SealedText()
    sent_on = models.DateField()
    is_screened = models.BooleanField(default=False)
    read_on = models.DateField(null=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["response_key", "number"], name="letter_numbered_once")]
        indexes = [models.Index(fields=["area"], name="letter_unread", condition=Q(read_on=None))]
