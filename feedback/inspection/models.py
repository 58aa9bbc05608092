"""Who may inspect which area from when until when, and the samples that were drawn there."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from surveys.frame.models import PLAIN, Area

LOOK = "inspection.look"
DRAW = "inspection.draw"
GIVE = "inspection.give_grant"
SEE_LOOKS = "inspection.see_looks"


class GrantQuerySet(models.QuerySet["Grant"]):
    """Ways to reach grants."""

    def visible_to(self, user, permission: str) -> GrantQuerySet:
        """Those where a role of this person carries the permission; of an inspector, only their own."""
        own = self.filter(inspector=user) if permission in {LOOK, DRAW} else self
        return own if user.holds_everywhere(permission) else own.filter(area__in=user.areas_held(permission))

    def on(self, day: date) -> GrantQuerySet:
        """Those that let somebody in on a day."""
        return self.filter(since__lte=day, until__gte=day, ended_on=None)


class Grant(models.Model):
    """A named inspector is let in for one inspection of one area, from a day to a day."""

    class Privacy:
        why = "So that it is known who could look, for which inspection, until when, and who let them in."
        kept = "As long as the accounts it names, as numbers in the end."
        scrub = {
            "inspector": "harmless: the account it names has no name any more.",
            "given_by": "harmless: the account it names has no name any more.",
            "ended_by": "harmless: the account it names has no name any more.",
        }
        personal = {
            "inspector": "Which inspector is let in.",
            "given_by": "Which member of staff let them in.",
            "ended_by": "Which member of staff ended it before its last day.",
        }
        plain = {"id", "area", "inspection", "since", "until", "ended_on"}

    inspector = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    inspection = models.CharField("name of the inspection", max_length=80, validators=[PLAIN])
    since = models.DateField("first day")
    until = models.DateField("last day")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = GrantQuerySet.as_manager()

    class Meta:
        ordering = ["-until", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="grant_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(given_by=F("inspector")), name="grant_is_given_by_somebody_else"),
            models.UniqueConstraint(
                fields=["inspector", "area", "inspection", "since"],
                condition=Q(ended_on=None),
                name="grant_given_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inspection} ({self.area})"

    def days_left(self, today: date) -> int:
        """How many days it still lets in, today included; none before it begins and after it is over."""
        is_on = self.ended_on is None and self.since <= today <= self.until
        return (self.until - today).days + 1 if is_on else 0


class InspectionSampleQuerySet(models.QuerySet["InspectionSample"]):
    """Ways to reach samples."""

    def visible_to(self, user, permission: str) -> InspectionSampleQuerySet:
        """Those of the areas that a grant of this person is about."""
        return self.filter(area__in=Grant.objects.visible_to(user, permission).values("area"))


class InspectionSample(models.Model):
    """The one sample of an area and a year: its record, which stays, and its sheets, which go."""

    class Privacy:
        why = "So that every inspectorate sees the same few answers, and can prove that it did."
        kept = "The sheets until 28 days after the last inspection of the area; the record of the draw stays."
        scrub = "rows"
        personal = {
            "sheets": "Answers of one respondent in ten, one answer in ten replaced, on sheets that nothing joins.",
            "drawn_by": "Which inspector drew it first.",
        }
        plain = {"id", "area", "year", "record", "drawn_on", "erased_on"}

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    record = models.JSONField()
    sheets = models.JSONField(default=list)
    drawn_on = models.DateField()
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    erased_on = models.DateField(null=True)

    objects = InspectionSampleQuerySet.as_manager()

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["area", "year"], name="sample_drawn_once"),
            models.CheckConstraint(condition=Q(erased_on=None) | Q(sheets=[]), name="erased_sample_has_no_sheets"),
        ]

    def __str__(self) -> str:
        return f"Inspection sample of {self.area}, {self.year}"
