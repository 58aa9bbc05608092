"""Who could be asked: the places, the teams a child meets, and the steps of the child's journey."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Coalesce

from surveys.instrument.wording import AUDIENCE_CHOICES

CODE = RegexValidator(r"^[a-z0-9][a-z0-9_-]{0,62}$", "Use small letters, digits, - and _ only.")


class AreaQuerySet(models.QuerySet["Area"]):
    """Ways to reach areas."""

    def visible_to(self, user, permission: str) -> AreaQuerySet:
        """The areas in which a role of this member of staff carries the permission."""
        return self.filter(pk__in=user.areas_held(permission))


class Area(models.Model):
    """The territory of one local authority or safeguarding partnership."""

    class Privacy:
        personal = {}
        plain = {"id", "code", "name", "is_fictional", "help_name", "help_number"}

    code = models.CharField(max_length=63, unique=True, validators=[CODE])
    name = models.CharField(max_length=120)
    is_fictional = models.BooleanField(default=False)
    help_name = models.CharField(max_length=120, blank=True)
    help_number = models.CharField(max_length=40, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Service(models.Model):
    """A team or provider that children of one area meet."""

    class Privacy:
        personal = {}
        plain = {"id", "area", "code", "name"}

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="services")
    code = models.CharField(max_length=63, validators=[CODE])
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["area", "name"]
        constraints = [models.UniqueConstraint(fields=["area", "code"], name="service_code_once_in_area")]

    def __str__(self) -> str:
        return self.name


class JourneyStage(models.Model):
    """A step of the child's journey from needing to receiving help."""

    class Privacy:
        personal = {}
        plain = {"id", "code", "name", "position"}

    code = models.CharField(max_length=63, unique=True, validators=[CODE])
    name = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class Stratum(models.Model):
    """How many children one cell of the frame holds, with where the number comes from."""

    class Privacy:
        personal = {}
        plain = {"id", "area", "service", "stage", "audience", "children", "source", "counted_on"}

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="strata")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, blank=True)
    stage = models.ForeignKey(JourneyStage, on_delete=models.PROTECT, null=True, blank=True)
    audience = models.CharField(max_length=20, choices=AUDIENCE_CHOICES, blank=True)
    children = models.PositiveIntegerField()
    source = models.CharField(max_length=200)
    counted_on = models.DateField()

    class Meta:
        verbose_name_plural = "strata"
        constraints = [
            models.UniqueConstraint(
                "area",
                # A blank service or stage is a place of its own, and not every database counts two blanks as equal.
                Coalesce("service", 0),
                Coalesce("stage", 0),
                "audience",
                "counted_on",
                name="stratum_counted_once_a_day",
            )
        ]
