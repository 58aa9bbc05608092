"""What somebody named that gets in the way, before anybody has worded it for the board.

It has no wave and no edition, and nothing counts it. Nobody is asked who they are, and nothing leads from here to any
response; what somebody made of it is a number of the board, and no relation.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from surveys.frame.models import Area
from surveys.responses.sealed import SealedText


class Namer(models.TextChoices):
    """Who names something, as far as they want to say it."""

    FAMILY = "family", "A child, young person or family"
    STAFF = "staff", "Somebody who works with families"
    NOT_SAID = "not_said", "Not said"


class NamedBlockageQuerySet(models.QuerySet["NamedBlockage"]):
    """Ways to reach what was named."""

    def of(self, area: Area) -> NamedBlockageQuerySet:
        """Those of an area, and of areas that became part of it."""
        return self.filter(Q(area=area) | Q(area__merged_into=area))

    def held(self, areas) -> NamedBlockageQuerySet:
        """Those of these areas, and of areas that became part of them."""
        return self.filter(Q(area__in=areas, area__merged_into=None) | Q(area__merged_into__in=areas))

    def undecided(self) -> NamedBlockageQuerySet:
        """Those of which nobody has said yet what becomes of them."""
        return self.filter(decided_on=None)

    def awaiting_screening(self) -> NamedBlockageQuerySet:
        """Those in whose words nobody has searched for danger yet."""
        return self.filter(is_screened=False)


class NamedBlockage(models.Model):
    """One thing that somebody says gets in the way, in their words: read by a person before anything of it is shown."""

    class Privacy:
        why = "So that what gets in the way of help is named by those who meet it."
        kept = "28 days after somebody decided what becomes of it, and no worry about it is open."
        scrub = "rows"
        personal = {"words": "What somebody says gets in the way, sealed. Deleted 28 days after it was decided on."}
        plain = {"id", "area", "namer", "language", "named_on", "is_screened", "joined_to", "decided_on"}

    # A keyed hash of what was sent, so that what is sent twice is stored once.
    id = models.UUIDField(primary_key=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    namer = models.CharField(max_length=10, choices=Namer.choices)
    words = SealedText()
    language = models.CharField(max_length=10)
    named_on = models.DateField()
    is_screened = models.BooleanField(default=False)
    # The number on the board that it became part of; empty where it became part of none.
    joined_to = models.PositiveIntegerField(null=True)
    decided_on = models.DateField(null=True)

    objects = NamedBlockageQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["area", "named_on"], name="blockage_undecided", condition=Q(decided_on=None))]

    @property
    def is_about_work(self) -> bool:
        """Whether whoever wrote it says that they work with families: their words are screened as such."""
        return self.namer == Namer.STAFF
