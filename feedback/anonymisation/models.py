"""Coded responses: what may be counted, in a quarter and a stratum, without anything that identifies."""

from __future__ import annotations

import uuid

from django.db import models

from feedback.anonymisation.comments import Comment, CommentLink, Moderation
from feedback.anonymisation.floods import Flood, FloodStep
from feedback.anonymisation.proposals import WordProposal
from feedback.anonymisation.themes import CommentTheme, ThemedComment
from feedback.anonymisation.told_talk import ToldTalk
from surveys.design.models import Edition
from surveys.frame.models import Area
from surveys.instrument.wording import NEVER_COUNTED

# Django looks for models here.
__all__ = [
    "ClosedQuarter", "CodedResponse", "Comment", "CommentLink", "CommentTheme", "Flood", "FloodStep", "Linkage",
    "Moderation", "ThemedComment", "ToldTalk", "WordProposal",
]  # fmt: skip


class CodedResponseQuerySet(models.QuerySet["CodedResponse"]):
    """Ways to reach coded responses."""

    def from_surveys(self) -> CodedResponseQuerySet:
        """Those that were asked to be counted: no conversation, and nothing of the youngest, whatever a row says."""
        return self.exclude(audience__in=NEVER_COUNTED).exclude(edition__in=Edition.objects.never_counted())

    def counted(self) -> CodedResponseQuerySet:
        """Those that tables are made of: from surveys, and answered by the respondent."""
        return self.from_surveys().exclude(helper="chose")

    def chosen_by_others(self) -> CodedResponseQuerySet:
        """Those from surveys for whom somebody else chose the answers."""
        return self.from_surveys().filter(helper="chose")


class CodedResponse(models.Model):
    """Closed answers of one respondent, ready to be counted; still not publishable."""

    class Privacy:
        why = "To be counted in figures that are protected before anybody sees them."
        kept = "As long as its figures may still be broken down; taking the answers back deletes it."
        scrub = "rows"
        personal = {
            "answers": "The codes the respondent chose; no words.",
            "record_key": "Random number that moves published figures; deleted with the response.",
        }
        plain = {
            "id", "area", "edition", "quarter", "stage", "service", "audience", "language", "helper", "is_in_block",
        }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+", db_index=False)
    quarter = models.CharField(max_length=6)
    stage = models.CharField(max_length=63, blank=True)
    service = models.CharField(max_length=63, blank=True)
    audience = models.CharField(max_length=20)
    language = models.CharField(max_length=10)
    helper = models.CharField(max_length=10)
    answers = models.JSONField()
    record_key = models.BigIntegerField()
    is_in_block = models.BooleanField(default=False)

    objects = CodedResponseQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["area", "quarter"], name="coded_by_area_and_quarter")]


class Linkage(models.Model):
    """The erasable link between a coded response and the vault; a key, not a relation."""

    class Privacy:
        why = "So that what is taken back is taken out of what is counted."
        kept = "As long as both of the records it joins."
        scrub = "rows"
        personal = {"response_key": "Which stored response the coded one came from. Erased with it."}
        plain = {"coded"}

    # The random id of the coded response is the key: a number that counts up would say who answered after whom.
    coded = models.OneToOneField(CodedResponse, on_delete=models.CASCADE, related_name="linkage", primary_key=True)
    response_key = models.UUIDField(unique=True)


class ClosedQuarter(models.Model):
    """A quarter of an area that takes no more responses; what comes later is counted in the next."""

    class Privacy:
        personal = {}
        plain = {"id", "area", "quarter"}

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    quarter = models.CharField(max_length=6)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "quarter"], name="quarter_closed_once")]
