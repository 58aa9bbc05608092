"""Comments: what was written in free text, on its way through redaction and a moderator. A module of models."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from surveys.design.frozen import instrument_of
from surveys.design.models import Edition
from surveys.frame.models import Area
from surveys.instrument.wording import AUDIENCE_CHOICES, NEVER_COUNTED
from surveys.responses.sealed import SealedText

DECIDE = "moderation.decide"


class RedactedText(SealedText):
    """Words after redaction, sealed like those they come from: for rooms above, which have no door to the vault."""


class CommentQuerySet(models.QuerySet["Comment"]):
    """Ways to reach comments."""

    def visible_to(self, user, permission: str) -> CommentQuerySet:
        """The comments of the areas in which a role of this person carries the permission."""
        return self.filter(area__in=user.areas_held(permission))

    def from_surveys(self) -> CommentQuerySet:
        """Those that were not said in a conversation."""
        return self.exclude(audience__in=NEVER_COUNTED).exclude(edition__in=Edition.objects.never_counted())

    def unmoderated(self) -> CommentQuerySet:
        """Those that nobody has decided about for good."""
        return self.filter(status=Comment.Status.REDACTED)


class Comment(models.Model):
    """Free text of one answer after redaction; until a moderator has found it usable, it holds no word of it."""

    class Status(models.TextChoices):
        """How far a comment has come."""

        REDACTED = "redacted", "Redacted"
        MODERATED = "moderated", "Moderated"

    TRANSITIONS = {Status.REDACTED: {Status.MODERATED}, Status.MODERATED: {Status.REDACTED}}

    class Privacy:
        why = "So that what was said in words can be told to others without telling who said it."
        kept = (
            "Until the answers are taken back. What nobody has decided about goes with the answers when the area’s "
            "days are over; of what is not usable no word is kept."
        )
        scrub = "rows"
        personal = {
            "text": "The words of a usable comment after redaction, or the strokes of a usable drawing.",
            "asked_by": "Which moderator asked another for a second opinion.",
        }
        plain = {
            "id", "area", "edition", "item", "audience", "language", "status", "needs_a_reader", "is_drawing", "marks",
            "passed", "made_on",
        }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+", db_index=False)
    item = models.CharField(max_length=63)
    audience = models.CharField(max_length=20, choices=AUDIENCE_CHOICES)
    language = models.CharField(max_length=10)
    # In a language that the rules do not know, so that the proposal says little.
    needs_a_reader = models.BooleanField(default=False)
    # Of what was drawn there are no marks: it is shown whole, or not at all.
    is_drawing = models.BooleanField(default=False)
    # What is to be left out: start, end and label. Places in a text, never the text; nothing once it is decided.
    marks = models.JSONField(default=list)
    text = SealedText(blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.REDACTED)
    # How often it was put aside: what was is shown again after the others.
    passed = models.PositiveSmallIntegerField(default=0)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    made_on = models.DateField()

    objects = CommentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["area", "passed", "made_on"],
                name="comment_unmoderated",
                condition=models.Q(status="redacted"),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status="moderated") | models.Q(text=""), name="comment_has_no_words_before"
            )
        ]

    @property
    def is_talk(self) -> bool:
        """Whether it was said in a conversation: never counted, and never told as if it had been answered."""
        return self.audience in NEVER_COUNTED or not instrument_of(self.edition_id).is_counted


class CommentLink(models.Model):
    """The erasable link between a comment and the vault; a key, not a relation."""

    class Privacy:
        why = "So that a moderator can read what was written, and what is taken back is taken out of the comments."
        kept = "As long as the comment."
        scrub = "rows"
        personal = {"response_key": "Which stored response the comment was written in. Erased with the comment."}
        plain = {"comment", "item"}

    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="link", primary_key=True)
    response_key = models.UUIDField()
    item = models.CharField(max_length=63)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["response_key", "item"], name="comment_once_of_an_answer")]


class Moderation(models.Model):
    """One decision of a person about a comment: inserted, never changed."""

    class Decision(models.TextChoices):
        """What was decided."""

        USABLE = "usable", "Usable"
        CHANGE_MORE = "change_more", "Change more"
        NOT_USABLE = "not_usable", "Not usable"
        SECOND_OPINION = "second_opinion", "Second opinion"
        TAKEN_BACK = "taken_back", "Taken back"

    class Reason(models.TextChoices):
        """What a moderator may answer yes to."""

        CLASSMATE = "classmate", "A classmate would know"
        SOMEONE_ELSE = "someone_else", "It is about someone else"
        WRITING = "writing", "There is writing in it"

    class Privacy:
        why = "So that it is known who decided what about a comment."
        kept = "As long as the comment."
        scrub = "rows"
        personal = {"by": "Which moderator decided."}
        plain = {"id", "comment", "number", "decision", "on", "reasons", "added", "put_back"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="moderations")
    # Counts within one comment only.
    number = models.PositiveSmallIntegerField()
    decision = models.CharField(max_length=20, choices=Decision.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    # Codes, so that no word of the original can stand here.
    reasons = models.JSONField(default=list)
    # How many words of a usable comment redaction had missed, and had taken for what they were not: numbers, no word.
    added = models.PositiveSmallIntegerField(default=0)
    put_back = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["comment", "number"], name="moderation_numbered_once")]
