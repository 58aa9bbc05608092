"""A measure: one thing a board needs to know, in one voice, with the answers that tell it and a card of questions.

A measure counts nothing. It names answers of questions that are counted anyway, so it is no look at anybody's answer.
"""

from __future__ import annotations

from copy import copy

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce

from surveys.bank.themes import Theme
from surveys.frame.models import CODE, Area
from surveys.instrument.wording import Voice

THREE = 3


class FrameworkTheme(models.TextChoices):
    """The five themes of the Children's Safeguarding Performance Information Framework (June 2012)."""

    OUTCOMES = "outcomes", "Outcomes for children, young people and their families"
    ACTIVITY = "activity", "Child protection activity, including early help"
    DECISIONS = "decisions", "Quality and timeliness of decision making"
    PLANS = "plans", "Quality of child protection plans"
    WORKFORCE = "workforce", "Workforce"


class MeasureQuerySet(models.QuerySet["Measure"]):
    """Ways to reach measures."""

    def visible_to(self, user, permission: str) -> MeasureQuerySet:
        """Those of the areas in which a role of this person carries the permission; all for a national role."""
        if user.holds_everywhere(permission):
            return self
        return self.filter(area__in=user.areas_held(permission))

    def in_use(self) -> MeasureQuerySet:
        """Those that a second person has approved and nobody has retired."""
        return self.filter(is_retired=False, is_approved=True)

    def to_approve_by(self, user) -> MeasureQuerySet:
        """Those that wait for this person, who proposed nothing of what waits."""
        waiting = self.filter(status=Measure.Status.PROPOSED, is_retired=False).prefetch_related("states")
        return self.filter(pk__in=[one.pk for one in waiting if user.pk not in one.proposers()])

    def of(self, area: Area | None) -> MeasureQuerySet:
        """Those of an area, or of all areas together."""
        return self.filter(area=area)


class Measure(models.Model):
    """What a board wants to know of one voice: outcomes before process; a way to ask questions, never a target."""

    class Kind(models.TextChoices):
        """Whether it tells what came of help, or how help was given; outcomes come first everywhere (5.7 to 5.9)."""

        OUTCOME = "outcome", "What came of it"
        PROCESS = "process", "How it was done"

    class VoiceOf(models.TextChoices):
        """Whose voice it is in; never of several together."""

        CHILD = Voice.CHILD.value, "Children and young people"
        PARENT = Voice.PARENT.value, "Parents and carers"
        PROFESSIONAL = Voice.PROFESSIONAL.value, "Professionals"
        REFERRER = Voice.REFERRER.value, "Referrers"

    class Status(models.TextChoices):
        """How far what somebody proposed last has come."""

        PROPOSED = "proposed", "Waits for a second person"
        RETURNED = "returned", "Sent back"
        APPROVED = "approved", "Approved"

    TRANSITIONS = {
        Status.PROPOSED: {Status.RETURNED, Status.APPROVED},
        # Put right, or taken back to what was approved before.
        Status.RETURNED: {Status.PROPOSED, Status.APPROVED},
        Status.APPROVED: {Status.PROPOSED},
    }

    class Privacy:
        personal = {}
        plain = {
            "is_approved", "status", "waiting",
            "id", "area", "code", "name", "kind", "voice", "theme", "framework_theme", "stage", "questions",
            "audiences", "good_news_if", "bad_news_if", "ask", "is_retired",
        }  # fmt: skip

    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="measures")
    code = models.CharField(max_length=63, validators=[CODE])
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    voice = models.CharField(max_length=20, choices=VoiceOf.choices)
    theme = models.CharField(max_length=20, choices=Theme.choices)
    framework_theme = models.CharField(max_length=20, choices=FrameworkTheme.choices)
    stage = models.CharField(max_length=63, blank=True)
    # The answers that make the measure's share, by the code of each question; questions are never added together.
    questions = models.JSONField(default=dict)
    audiences = models.JSONField(default=list)
    good_news_if = models.CharField(max_length=400)
    bad_news_if = models.CharField(max_length=400)
    ask = models.JSONField(default=list)
    is_retired = models.BooleanField(default=False)
    # Whether a second person has ever approved it: until then nobody reads it but the desk.
    is_approved = models.BooleanField(default=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.APPROVED)
    # What somebody wants to change of an approved measure, by field; it reads as before until that is approved.
    waiting = models.JSONField(default=dict, blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        # By name, because any other order would be somebody's order of merit; outcomes first: "outcome" < "process".
        ordering = ["voice", "kind", "name", "pk"]
        constraints = [models.UniqueConstraint(Coalesce("area", 0), "code", name="measure_code_once_in_area")]

    def __str__(self) -> str:
        return self.name

    def step(self) -> int:
        """The number of its last step, by which it is known whether somebody has changed it since it was read."""
        return max((state.pk for state in self.states.all()), default=0)

    def proposers(self) -> set[int]:
        """The ids of those who proposed what waits: they do not decide on it."""
        found: set[int] = set()
        for state in sorted(self.states.all(), key=lambda one: one.pk):
            found = set() if state.status == self.Status.APPROVED else found
            if state.status == self.Status.PROPOSED:
                found.add(state.by_id)
        return found

    def as_proposed(self) -> Measure:
        """The same with what waits for a second person; not to be saved."""
        proposed = copy(self)
        for name, value in self.waiting.items():
            setattr(proposed, name, value)
        return proposed


class MeasureState(models.Model):
    """One step of a measure: proposed, sent back, approved. Inserted, never changed."""

    class Privacy:
        why = "So that two people answer for what a board reads figures by."
        kept = "As long as the measure."
        scrub = {"by": "harmless: the account it names has no name any more.", "reason": "blank"}
        personal = {
            "by": "Which member of staff took the step.",
            "reason": "Why it was sent back, in the words of the member of staff.",
        }
        plain = {"id", "measure", "status", "on"}

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="states")
    status = models.CharField(max_length=10, choices=Measure.Status.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
