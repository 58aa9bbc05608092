"""A measure: one thing a board needs to know, in one voice, with the answers that tell it and a card of questions.

A measure counts nothing. It names answers of questions that are counted anyway, so it is no look at anybody's answer.
"""

from __future__ import annotations

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
        """Those that nobody has retired."""
        return self.filter(is_retired=False)

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

    class Privacy:
        personal = {}
        plain = {
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

    objects = MeasureQuerySet.as_manager()

    class Meta:
        # By name, because any other order would be somebody's order of merit; outcomes first: "outcome" < "process".
        ordering = ["voice", "kind", "name", "pk"]
        constraints = [models.UniqueConstraint(Coalesce("area", 0), "code", name="measure_code_once_in_area")]

    def __str__(self) -> str:
        return self.name
