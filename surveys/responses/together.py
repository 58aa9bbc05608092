"""What a worker and a family answered and set together, found again by the words on a card they hold.

It has no wave and no edition, and nothing counts it: no release, no export and no inspection reads these rows. No name
is kept, and nothing leads from here to any response.
"""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.db.models import Q

from surveys.fieldwork.licences import LicensedScale
from surveys.frame.models import Area
from surveys.instrument.licensed import MODES
from surveys.instrument.wording import AUDIENCE_CHOICES
from surveys.responses.sealed import SealedJSON, SealedText

KEPT_DAYS = 365
AGE = f"{KEPT_DAYS} days after the card was last used, or when it is erased with the card."


class FamilyCardQuerySet(models.QuerySet["FamilyCard"]):
    """Ways to reach cards."""

    def held(self, user, permission: str) -> FamilyCardQuerySet:
        """Those of the areas in which a role of this person carries the permission; their words are still needed."""
        return self.filter(area__in=Area.objects.visible_to(user, permission))

    def unused_since(self, day: date) -> FamilyCardQuerySet:
        """Those that nobody has used since this day."""
        return self.filter(used_on__lte=day)


class FamilyCard(models.Model):
    """A card of five words by which what was answered together is found again; it says nobody’s name."""

    class Privacy:
        why = "So that a family and their worker can look at what was answered before, and after."
        kept = AGE
        scrub = "rows"
        personal = {"digest": "Keyed hash of the words on the card, so that only its holder can find it again."}
        plain = {"id", "area", "audience", "begun_on", "used_on"}

    id = models.UUIDField(primary_key=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    audience = models.CharField(max_length=20, choices=AUDIENCE_CHOICES)
    digest = models.BinaryField(max_length=16, unique=True)
    begun_on = models.DateField()
    used_on = models.DateField()

    objects = FamilyCardQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["area", "used_on"], name="family_card_used")]


class SittingQuerySet(models.QuerySet["Sitting"]):
    """Ways to reach sittings."""

    def of(self, card: FamilyCard, record: str, version: str) -> SittingQuerySet:
        """Every time one version of a scale was answered with a card, the first first."""
        return self.filter(card=card, record=record, version=version).order_by("number")


class Sitting(models.Model):
    """One time at which a licensed scale was answered with a card: what was chosen, and the scores of that day.

    The scores are kept beside the answers, because after the licence nothing is scored any more.
    """

    class Privacy:
        why = "So that a family and their worker can look at two answers side by side."
        kept = AGE
        scrub = "rows"
        personal = {
            "card": "With which card it was answered. Deleted with the card.",
            "answers": "Which option was chosen for each item, sealed. Deleted with the card.",
            "scores": "The scores of that day, sealed. Deleted with the card.",
        }
        plain = {"id", "scale", "record", "version", "number", "language", "mode", "on"}

    id = models.UUIDField(primary_key=True)
    card = models.ForeignKey(FamilyCard, on_delete=models.CASCADE, related_name="+")
    scale = models.ForeignKey(LicensedScale, on_delete=models.PROTECT, related_name="+")
    record = models.CharField(max_length=30)
    version = models.CharField(max_length=60)
    # Counts within one card and version, so that of two devices only one can be the second.
    number = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=10)
    mode = models.CharField(max_length=20, choices=list(MODES.items()))
    answers = SealedJSON()
    scores = SealedJSON()
    on = models.DateField()

    objects = SittingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["card", "record", "version", "number"], name="sitting_numbered_once")
        ]


class GoalQuerySet(models.QuerySet["Goal"]):
    """Ways to reach goals."""

    def of(self, card: FamilyCard) -> GoalQuerySet:
        """The goals of a card, the first first."""
        return self.filter(card=card).order_by("number")

    def unread(self) -> GoalQuerySet:
        """Those that no safeguarding lead has read yet."""
        return self.filter(read_on=None)

    def awaiting_screening(self) -> GoalQuerySet:
        """Those in whose words nobody has searched for danger yet."""
        return self.filter(is_screened=False)


class Goal(models.Model):
    """What a child or a family wants to reach, in their own words; a person reads it as every text."""

    class Privacy:
        why = "So that a child or a family can say where they want to get to, and see how far they have come."
        kept = AGE
        scrub = "rows"
        personal = {
            "card": "With which card it was set. Deleted with the card.",
            "words": "What they want, in their words, sealed. Deleted with the card.",
        }
        plain = {"id", "area", "number", "language", "set_on", "is_screened", "read_on"}

    # A keyed hash of what was sent, so that what is sent twice is stored once.
    id = models.UUIDField(primary_key=True)
    card = models.ForeignKey(FamilyCard, on_delete=models.CASCADE, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveSmallIntegerField()
    words = SealedText()
    language = models.CharField(max_length=10)
    set_on = models.DateField()
    is_screened = models.BooleanField(default=False)
    read_on = models.DateField(null=True)

    objects = GoalQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["card", "number"], name="goal_numbered_once")]
        indexes = [models.Index(fields=["area"], name="goal_unread", condition=Q(read_on=None))]


class GoalStep(models.Model):
    """How near somebody felt to a goal on one day, from 0 to 10."""

    class Privacy:
        why = "To show somebody how far they have come."
        kept = AGE
        scrub = "rows"
        personal = {
            "goal": "Of which goal it is. Deleted with the card.",
            "step": "The number that was chosen, sealed. Deleted with the card.",
        }
        plain = {"id", "number", "on"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    step = SealedJSON()
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["goal", "number"], name="goal_step_numbered_once")]
