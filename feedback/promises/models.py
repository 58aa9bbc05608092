"""What is promised about what was said: to whom, in whose words, by whom and until when, and what came of it."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from feedback.promises.child_questions import ChildQuestion as ChildQuestion
from feedback.promises.child_questions import QuestionAnswer as QuestionAnswer
from feedback.releases.models import Release
from surveys.bank.themes import Theme
from surveys.frame.models import PLAIN, Area
from surveys.instrument.wording import AUDIENCE_CHOICES, LANGUAGES, Audience

PROMISE, KEEP, OWN, SEE, DOUBT = (
    "promises.promise", "promises.keep_any", "promises.own", "promises.see", "promises.doubt",
)  # fmt: skip
EVERYBODY = ""
# Whom a promise can be about, each in words of their own; who is 4 or 5 is told with those who are 6 or 7.
READERS = (
    Audience.AGE_6_7,
    Audience.AGE_8_11,
    Audience.AGE_12_17,
    Audience.CARE_LEAVER,
    Audience.PARENT_CARER,
)
# How their pages are named in addresses.
SLUGS = dict(zip(READERS, ("6-7", "8-11", "12-17", "care-leavers", "parents"), strict=True))
LONGEST_WORDS, LONGEST_TOLD, LONGEST_SHOWN_AS = 300, 500, 80
LANGUAGE_CHOICES = list(LANGUAGES.items())


class PromiseQuerySet(models.QuerySet["Promise"]):
    """Ways to reach promises."""

    def visible_to(self, user, permission: str) -> PromiseQuerySet:
        """The promises of the areas in which a role of this person carries the permission."""
        held = user.areas_held(permission)
        return self.filter(Q(area__merged_into=None, area__in=held) | Q(area__merged_into__in=held))

    def of(self, area: Area) -> PromiseQuerySet:
        """Those of an area, and of areas that became part of it."""
        return self.filter(Q(area=area) | Q(area__merged_into=area))

    def standing(self) -> PromiseQuerySet:
        """Those that nobody took back."""
        return self.exclude(status=Promise.Status.TAKEN_BACK)

    def open(self) -> PromiseQuerySet:
        """Those of which nobody has said what came of them."""
        return self.filter(status=Promise.Status.MADE)

    def overdue(self, day: date) -> PromiseQuerySet:
        """Those that should have been kept before this day."""
        return self.open().filter(due_on__lt=day)

    def owned_by(self, user) -> PromiseQuerySet:
        """Those of which this person is the owner."""
        return self.filter(owner=user)


class Promise(models.Model):
    """One thing that will be done, or cannot be, about what was said; with an owner and a day. Never deleted."""

    class Status(models.TextChoices):
        """What came of it."""

        MADE = "made", "Promised"
        KEPT = "kept", "Done"
        CANNOT = "cannot", "Cannot be done"
        TAKEN_BACK = "taken_back", "Taken back"

    TRANSITIONS = {
        Status.MADE: {Status.KEPT, Status.CANNOT, Status.TAKEN_BACK},
        # Said by mistake, or the care council did not think so: it is promised again, with a reason.
        Status.KEPT: {Status.MADE, Status.TAKEN_BACK},
        Status.CANNOT: {Status.MADE, Status.TAKEN_BACK},
        Status.TAKEN_BACK: set(),
    }

    class Privacy:
        why = "So that children can check what was promised, and know who answers for it."
        kept = "As long as the area: what was promised is never deleted."
        scrub = {
            "owner": "harmless: the account it names has no name any more.",
            "made_by": "harmless: the account it names has no name any more.",
            "shown_as": "blank",
        }
        personal = {
            "owner": "Which member of staff answers for it.",
            "shown_as": "How the owner agreed to be shown in public: a role, or a name; a role after erasure.",
            "made_by": "Which member of staff wrote it.",
        }
        plain = {"id", "area", "theme", "language", "release", "question", "due_on", "status", "made_on"}

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="promises")
    theme = models.CharField(max_length=20, choices=Theme.choices)
    # The language its words were first written in; others are added.
    language = models.CharField(max_length=10, choices=LANGUAGE_CHOICES, default="en")
    # What it answers, where that was published; once that is withdrawn nothing shows it any more.
    release = models.ForeignKey(Release, on_delete=models.PROTECT, null=True, blank=True, related_name="promises")
    question = models.CharField(max_length=150, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    shown_as = models.CharField(max_length=LONGEST_SHOWN_AS, validators=[PLAIN])
    # Nothing where it was said from the start that it cannot be done.
    due_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.MADE)
    made_on = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = PromiseQuerySet.as_manager()

    class Meta:
        ordering = ["-made_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="made") | Q(due_on__isnull=False), name="promise_to_be_kept_has_a_day"
            ),
            models.CheckConstraint(
                condition=Q(question="") | Q(release__isnull=False), name="promise_cites_a_question_of_a_release"
            ),
        ]

    def __str__(self) -> str:
        return f"Promise {self.pk} of {self.area}"

    @property
    def place(self) -> Area:
        """The area that answers for it: its own, or the one that it became part of."""
        return self.area.merged_into or self.area

    def days_late(self, day: date) -> int:
        """For how many days it should have been done; nothing if it is not overdue."""
        is_open = self.status == self.Status.MADE and self.due_on is not None
        return max((day - self.due_on).days, 0) if is_open else 0


class PromiseWords(models.Model):
    """A promise in the words of one audience, or of everybody, in one language: inserted, never changed."""

    class Privacy:
        why = "So that everybody is told in words of their own."
        kept = "As long as the promise."
        scrub = {"by": "harmless: the account it names has no name any more."}
        personal = {"by": "Which member of staff wrote it."}
        plain = {"id", "promise", "audience", "language", "you_said", "we_will", "on"}

    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="words")
    audience = models.CharField(max_length=20, choices=AUDIENCE_CHOICES, blank=True)
    language = models.CharField(max_length=10, choices=LANGUAGE_CHOICES)
    you_said = models.CharField(max_length=LONGEST_WORDS)
    # Nothing where it was said from the start that it cannot be done.
    we_will = models.CharField(max_length=LONGEST_WORDS, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["promise", "audience", "language"], name="promise_worded_once_for_each")
        ]


class PromiseState(models.Model):
    """One step of a promise: made, moved to another day, kept, impossible, taken back. Inserted, never changed."""

    class Privacy:
        why = "So that nobody can change later what was promised and what came of it."
        kept = "As long as the promise."
        scrub = {"by": "harmless: the account it names has no name any more."}
        personal = {"by": "Which member of staff took the step."}
        plain = {"id", "promise", "number", "status", "due_on", "on"}

    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="states")
    # Counts within one promise.
    number = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, choices=Promise.Status.choices)
    # The day that held from this step on.
    due_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["promise", "number"], name="promise_steps_one_after_another")]


class StateWords(models.Model):
    """What was said with a step, in the words of one audience and one language: what we did, or because."""

    class Privacy:
        personal = {}
        plain = {"id", "state", "audience", "language", "text"}

    state = models.ForeignKey(PromiseState, on_delete=models.PROTECT, related_name="words")
    audience = models.CharField(max_length=20, choices=AUDIENCE_CHOICES, blank=True)
    language = models.CharField(max_length=10, choices=LANGUAGE_CHOICES)
    text = models.CharField(max_length=LONGEST_TOLD)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["state", "audience", "language"], name="step_worded_once_for_each")
        ]


class PromiseDoubt(models.Model):
    """A care council does not think that a promise was kept; it says no more, so that no child's words are public."""

    class Privacy:
        why = "So that children can say in public that something was not done."
        kept = "As long as the promise; shown as the care council's, never as one person's."
        scrub = {"by": "harmless: the account it names has no name any more."}
        personal = {"by": "Which member of the care council said so."}
        plain = {"id", "promise", "on", "ended_on"}

    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="doubts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["promise"], condition=Q(ended_on=None), name="promise_doubted_once_at_a_time"
            )
        ]


class PromiseReminder(models.Model):
    """That owners were reminded of a promise: a step before its day, or after it, once for each day it was due."""

    class Step(models.TextChoices):
        """When a reminder goes out."""

        SOON = "soon", "A week before"
        LATE = "late", "Overdue"

    class Privacy:
        personal = {}
        plain = {"id", "promise", "step", "due_on", "sent_on", "told"}

    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="reminders")
    step = models.CharField(max_length=10, choices=Step.choices)
    due_on = models.DateField()
    sent_on = models.DateField()
    told = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["promise", "step", "due_on"], name="promise_reminder_sent_once")]
