"""Floods: days on which more answers came openly than is plausible, and what people decided. A module of models."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone

from feedback.anonymisation.plausible import Why
from surveys.fieldwork.models import Wave
from surveys.responses.sealed import SealedText

PUT_ASIDE = "fieldwork.put_aside"
DECIDE_ASIDE = "fieldwork.decide_aside"


class FloodQuerySet(models.QuerySet["Flood"]):
    """Ways to reach floods, named after what waits for them."""

    def visible_to(self, user, permission: str) -> FloodQuerySet:
        """Those of the areas in which a role of this person carries the permission."""
        return self.filter(wave__in=Wave.objects.visible_to(user, permission))

    def to_look_at(self) -> FloodQuerySet:
        """Those that nobody has said anything about."""
        return self.filter(status=Flood.Status.NOTICED)

    def undecided(self) -> FloodQuerySet:
        """Those that were put aside and wait for a second person."""
        return self.filter(status=Flood.Status.ASIDE)

    def to_decide_by(self, user) -> FloodQuerySet:
        """Those among them that are over and that somebody else put aside."""
        return self.undecided().filter(day__lt=timezone.localdate()).exclude(put_aside_by=user)

    def not_counted(self) -> FloodQuerySet:
        """Those whose answers are in no figure."""
        return self.filter(status__in=(Flood.Status.ASIDE, Flood.Status.LEFT_OUT))


class Flood(models.Model):
    """One day of one wave; nothing in it says who answered, or from where."""

    class Status(models.TextChoices):
        """What people have decided about the answers of the day."""

        NOTICED = "noticed", "Noticed"
        PLAUSIBLE = "plausible", "Found plausible"
        ASIDE = "aside", "Put aside"
        COUNTED = "counted", "Counted after all"
        LEFT_OUT = "left_out", "Left out"

    TRANSITIONS = {
        Status.NOTICED: {Status.PLAUSIBLE, Status.ASIDE},
        # Where as many again come on the same day, it is noticed again.
        Status.PLAUSIBLE: {Status.NOTICED, Status.ASIDE},
        Status.ASIDE: {Status.COUNTED, Status.LEFT_OUT},
        Status.COUNTED: set(),
        Status.LEFT_OUT: set(),
    }

    class Privacy:
        why = "So that people decide whether answers count that may have been invented."
        kept = "As long as its wave."
        scrub = "rows"
        personal = {"put_aside_by": "Which officer put the answers aside, because another must decide."}
        plain = {"id", "wave", "day", "status", "why", "at_least", "plausible_at", "noticed_on"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="floods")
    day = models.DateField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.NOTICED)
    why = models.CharField(max_length=10, choices=[(why.value, why.value) for why in Why])
    # How many came openly that day, in tens.
    at_least = models.PositiveIntegerField()
    # How many there were when somebody found them plausible.
    plausible_at = models.PositiveIntegerField(null=True)
    noticed_on = models.DateField()
    put_aside_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    objects = FloodQuerySet.as_manager()

    class Meta:
        ordering = ["-day"]
        indexes = [
            models.Index(fields=["status"], name="flood_waiting", condition=models.Q(status__in=["noticed", "aside"]))
        ]
        constraints = [models.UniqueConstraint(fields=["wave", "day"], name="flood_once_a_day")]

    def __str__(self) -> str:
        return f"{self.wave}, {self.day}"

    @property
    def is_over(self) -> bool:
        """Whether no more answers can come on its day."""
        return self.day < timezone.localdate()


class FloodStep(models.Model):
    """One decision of a person about a flood: inserted, never changed."""

    class Privacy:
        why = "So that it is known who decided that answers count, or do not, and why."
        kept = "As long as its wave."
        scrub = "rows"
        personal = {"by": "Which officer or checker decided.", "reason": "Why, in their words."}
        plain = {"id", "flood", "number", "status", "on"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    flood = models.ForeignKey(Flood, on_delete=models.CASCADE, related_name="steps")
    # Counts within one flood.
    number = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, choices=Flood.Status.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    # Of staff, who may have heard from a school who it was.
    reason = SealedText()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["flood", "number"], name="flood_step_numbered_once")]


def days_not_counted(wave_ids: set[int]) -> dict[tuple[int, date], str]:
    """Of these waves, the days whose open answers are in no figure, and what was decided about each."""
    found: QuerySet[Flood] = Flood.objects.not_counted().filter(wave__in=wave_ids)
    return {(wave, day): status for wave, day, status in found.values_list("wave_id", "day", "status")}
