"""Questions that children asked, and what is answered in public. A module of models."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from feedback.anonymisation.comments import RedactedText
from feedback.releases.quotes import BY_PEOPLE as BY_PEOPLE
from feedback.releases.quotes import Quote
from surveys.frame.models import Area
from surveys.instrument.wording import AUDIENCE_CHOICES, LANGUAGES

MARK, LET_OUT, ANSWER, APPROVE = (
    "promises.mark_question", "promises.let_question_out", "promises.answer_question", "promises.approve_answer",
)  # fmt: skip
ANY_OF = (MARK, LET_OUT, ANSWER, APPROVE)
LONGEST_ANSWER, LONGEST_ASKED, LONGEST_REASON = 600, 300, 300
# From then on staff are told that it is overdue; children see from the first day how long it waits.
DAYS_TO_ANSWER = 28


class ChildQuestionQuerySet(models.QuerySet["ChildQuestion"]):
    """Ways to reach children's questions."""

    def visible_to(self, user, permission: str) -> ChildQuestionQuerySet:
        """Those of the areas in which a role of this person carries the permission."""
        held = user.areas_held(permission)
        return self.filter(Q(area__merged_into=None, area__in=held) | Q(area__merged_into__in=held))

    def of(self, area: Area) -> ChildQuestionQuerySet:
        """Those of an area, and of areas that became part of it."""
        return self.filter(Q(area=area) | Q(area__merged_into=area))

    def standing(self) -> ChildQuestionQuerySet:
        """Those that nobody recalled."""
        return self.exclude(status=ChildQuestion.Status.RECALLED)

    def public(self) -> ChildQuestionQuerySet:
        """Those that a second person let out, and nobody recalled since."""
        return self.filter(status__in=(ChildQuestion.Status.WAITING, ChildQuestion.Status.ANSWERED))

    def to_let_out_by(self, user) -> ChildQuestionQuerySet:
        """Those that wait for this person, who did not mark them."""
        return self.filter(status=ChildQuestion.Status.MARKED).exclude(marked_by=user)

    def to_answer(self) -> ChildQuestionQuerySet:
        """Those that everybody can read, for which nobody has written an answer yet."""
        written = QuestionAnswer.objects.filter(question=OuterRef("pk"), status=QuestionAnswer.Status.WRITTEN)
        return self.filter(status=ChildQuestion.Status.WAITING).exclude(Exists(written))


class ChildQuestion(models.Model):
    """A question that a child asked, in redacted words of its own; nothing leads from it to the comment or the child.

    `mark` is a keyed hash, as that of a quote, and the key is not in the database.
    """

    class Status(models.TextChoices):
        """How far it has come."""

        MARKED = "marked", "Marked"
        WAITING = "waiting", "Waiting for an answer"
        ANSWERED = "answered", "Answered"
        RECALLED = "recalled", "Recalled"

    TRANSITIONS = {
        Status.MARKED: {Status.WAITING, Status.RECALLED},
        Status.WAITING: {Status.ANSWERED, Status.RECALLED},
        # An answer was taken back.
        Status.ANSWERED: {Status.WAITING, Status.RECALLED},
        Status.RECALLED: set(),
    }

    class Privacy:
        why = "So that a question is answered where whoever asked it can read it, without telling who that is."
        kept = "As long as the area; once it is recalled, that there was one stays, without its words."
        scrub = "rows"
        personal = {
            "words": "Redacted words of a child. Emptied once it is recalled.",
            "mark": "Keyed hash of the comment it was; emptied once the comment is erased.",
            "marked_by": "Which member of staff marked it as a question.",
            "let_out_by": "Which second person let it out.",
            "recalled_by": "Which member of staff recalled it; nobody where the answers were taken back.",
        }
        plain = {"id", "area", "audience", "language", "status", "marked_on", "let_out_on", "because", "recalled_on"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    words = RedactedText(blank=True)
    # For whom the answer must be plain; never shown with it. Blank once it is recalled.
    audience = models.CharField(max_length=20, choices=AUDIENCE_CHOICES, blank=True)
    language = models.CharField(max_length=10)
    mark = models.CharField(max_length=32, unique=True, null=True)  # noqa: DJ001 - several have none
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.MARKED)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    marked_on = models.DateField()
    let_out_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    # The day from which children see how long it waits.
    let_out_on = models.DateField(null=True)
    because = models.CharField(max_length=20, choices=Quote.Reason.choices, blank=True)
    recalled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    recalled_on = models.DateField(null=True)

    objects = ChildQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["let_out_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="recalled") | Q(words=""), name="recalled_question_has_no_words"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["waiting", "answered"]) | Q(let_out_on__isnull=False),
                name="public_question_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"A question of a child in {self.area}"

    @property
    def place(self) -> Area:
        """The area that answers it: its own, or the one that it became part of."""
        return self.area.merged_into or self.area

    def days_waited(self, day: date) -> int:
        """For how many days everybody could read it without an answer."""
        return max((day - self.let_out_on).days, 0) if self.let_out_on else 0


class QuestionAnswer(models.Model):
    """An answer in one language: written by one person, let out or sent back by another; its words never change."""

    class Status(models.TextChoices):
        """How far it has come."""

        WRITTEN = "written", "Written"
        APPROVED = "approved", "Approved"
        RETURNED = "returned", "Sent back"

    TRANSITIONS = {
        Status.WRITTEN: {Status.APPROVED, Status.RETURNED},
        Status.APPROVED: {Status.RETURNED},
        Status.RETURNED: set(),
    }

    class Privacy:
        why = "So that two people answer for what children are told."
        kept = "As long as the question; emptied once that is recalled."
        scrub = "rows"
        personal = {
            "asked": "The question in this language, as staff put it. Emptied once it is recalled.",
            "by": "Which member of staff wrote it.",
            "decided_by": "Which second person let it out or sent it back.",
            "reason": "Why it was sent back, in the words of a member of staff.",
        }
        plain = {"id", "question", "number", "language", "text", "status", "on", "decided_on"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    question = models.ForeignKey(ChildQuestion, on_delete=models.CASCADE, related_name="replies")
    # Counts within one question.
    number = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=10, choices=list(LANGUAGES.items()))
    # Nothing where the child asked in this language.
    asked = RedactedText(blank=True)
    text = models.CharField(max_length=LONGEST_ANSWER, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WRITTEN)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)
    # Sealed, because whoever sends an answer back may repeat what was asked.
    reason = RedactedText(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="answer_numbered_once"),
            models.UniqueConstraint(
                fields=["question", "language"], condition=Q(status="written"), name="answer_written_once_at_a_time"
            ),
        ]
