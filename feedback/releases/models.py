"""Releases, and the frozen groups their figures are read from. Rows of figures are inserted, never changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce

from feedback.disclosure.rules import Table
from feedback.releases.attack_reports import AttackReport as AttackReport
from feedback.releases.counted_names import CountedName as CountedName
from feedback.releases.interpretations import Interpretation as Interpretation
from feedback.releases.intruder_tests import IntruderTest as IntruderTest
from feedback.releases.measure import Measure as Measure
from feedback.releases.measure import MeasureState as MeasureState
from feedback.releases.opened_codes import OpenedCodes as OpenedCodes
from feedback.releases.population import PopulationFigure as PopulationFigure
from feedback.releases.quotes import Quote as Quote
from feedback.releases.response_rates import ResponseRate as ResponseRate
from surveys.frame.models import Area


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Ways to reach releases."""

    def visible_to(self, user, permission: str) -> ReleaseQuerySet:
        """The releases of the areas in which a role of this person carries the permission; all for a national role."""
        if user.holds_everywhere(permission):
            return self
        return self.filter(area__in=user.areas_held(permission))

    def published(self) -> ReleaseQuerySet:
        """Those anybody may read."""
        return self.filter(status=Release.Status.PUBLISHED)

    def was_published(self) -> ReleaseQuerySet:
        """Those anybody may read, and those anybody could read until they were withdrawn."""
        return self.filter(status__in=[Release.Status.PUBLISHED, Release.Status.WITHDRAWN])

    def waiting_for_a_second_person(self) -> ReleaseQuerySet:
        """Those somebody proposed and nobody has decided on."""
        return self.filter(status=Release.Status.PROPOSED)


class Release(models.Model):
    """Protected tables of one area (or the nation) that were closed together."""

    class Status(models.TextChoices):
        """How far the release is."""

        DRAFT = "draft", "Draft"
        PROPOSED = "proposed", "Proposed"
        RETURNED = "returned", "Returned"
        APPROVED = "approved", "Approved"
        PUBLISHED = "published", "Published"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Readership(models.TextChoices):
        """Who a release is for."""

        PUBLIC = "public", "Public"
        BOARD = "board", "Board"
        SERVICE = "service", "Service"

    TRANSITIONS = {
        Status.DRAFT: {Status.PROPOSED},
        Status.PROPOSED: {Status.RETURNED, Status.APPROVED},
        Status.RETURNED: {Status.PROPOSED},
        Status.APPROVED: {Status.PUBLISHED},
        Status.PUBLISHED: {Status.WITHDRAWN},
        Status.WITHDRAWN: set(),
    }

    class Privacy:
        personal = {}
        plain = {
            "id", "code", "area", "quarter", "status", "readership", "rules", "chosen_for_others", "secret_mark",
        }  # fmt: skip

    code = models.SlugField(max_length=80, unique=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="releases")
    quarter = models.CharField(max_length=6)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    readership = models.CharField(max_length=10, choices=Readership.choices, default=Readership.PUBLIC)
    rules = models.JSONField()
    # Since the area's release before this one; nothing for all areas together, which would only be their sum.
    chosen_for_others = models.PositiveIntegerField(null=True, blank=True)
    # A hash of the secret its noise was drawn with, so that a secret changed within a year is noticed.
    secret_mark = models.CharField(max_length=16, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-quarter", "code"]
        constraints = [models.UniqueConstraint(Coalesce("area", 0), "quarter", name="one_release_per_quarter")]

    def __str__(self) -> str:
        return f"{self.area or 'All areas'}, {self.quarter}"

    def authors(self) -> set[int]:
        """The ids of those who built, interpreted or proposed it, or chose its quotes: they may not approve it."""
        made = {Release.Status.DRAFT, Release.Status.PROPOSED}
        built = {state.by_id for state in self.states.all() if state.status in made}
        wrote = {one.by_id for one in self.interpretations.all()}
        return built | wrote | {quote.chosen_by_id for quote in self.quotes.all()}


class ReleaseState(models.Model):
    """One step of a release: inserted, never changed."""

    class Privacy:
        why = "So that two people answer for every figure."
        kept = "As long as the release."
        scrub = {"by": "harmless: the account it names has no name any more.", "reason": "blank"}
        personal = {
            "by": "Which member of staff took the step.",
            "reason": "Why, in the words of the member of staff.",
        }
        plain = {"id", "release", "status", "on"}

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="states")
    status = models.CharField(max_length=10, choices=Release.Status.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    reason = models.TextField(blank=True)


class ClosedWindow(models.Model):
    """One table of one question over one closed run of quarters."""

    class Privacy:
        personal = {}
        plain = {
            "id", "release", "area", "question", "options", "table", "first_quarter", "last_quarter", "most_cells",
            "adds_up", "base_variance",
        }  # fmt: skip

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="windows")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    question = models.CharField(max_length=150)
    options = models.JSONField(default=list)
    table = models.CharField(max_length=20, choices=[(t.value, t.value) for t in Table])
    first_quarter = models.CharField(max_length=6)
    last_quarter = models.CharField(max_length=6)
    # How its values were made: how many cells one answer can change, whether they sum to the base, and what the noise
    # of the base adds per block where the base is itself an answer.
    most_cells = models.PositiveSmallIntegerField(default=2)
    adds_up = models.BooleanField(default=True)
    base_variance = models.FloatField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Coalesce("area", 0), "question", "table", "first_quarter", name="window_closed_once"
            )
        ]


class ClosedGroup(models.Model):
    """One group of a closed window: its protected values, or the reason they are withheld."""

    class Privacy:
        personal = {}
        plain = {
            "id", "window", "stage", "service", "audience", "asked", "respondents", "values", "reason",
        }  # fmt: skip

    window = models.ForeignKey(ClosedWindow, on_delete=models.CASCADE, related_name="groups")
    stage = models.CharField(max_length=63, null=True)  # noqa: DJ001 - null is "all", blank is "not known"
    service = models.CharField(max_length=63, null=True)  # noqa: DJ001
    audience = models.CharField(max_length=20, null=True)  # noqa: DJ001
    # How many were in the population the decision was about; equal to the base unless that is protected itself.
    asked = models.PositiveIntegerField(null=True)
    respondents = models.FloatField(null=True)
    values = models.JSONField(default=dict)
    reason = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "window",
                # Null is "all" here, and not every database counts two nulls as equal.
                *(Coalesce(axis, models.Value("*")) for axis in ("stage", "service", "audience")),
                name="group_once_in_window",
            ),
            models.CheckConstraint(
                condition=models.Q(reason="") | models.Q(values={}), name="withheld_group_has_no_values"
            ),
        ]


class BlockTally(models.Model):
    """True counts of one question in one area and quarter whose block has closed; never shown.

    Kept so that the breakdowns of the same year rest on exactly the same records, whatever is withdrawn later.
    """

    class Privacy:
        why = "So that all breakdowns of a year rest on the same answers."
        kept = "Until every breakdown of the year is closed."
        scrub = "rows"
        personal = {
            "tallies": "Counts and key sums per stratum; as sensitive as answers. Needed until the year is closed."
        }
        plain = {"id", "area", "question", "quarter"}

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=150)
    quarter = models.CharField(max_length=6)
    tallies = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "question", "quarter"], name="block_tally_once")]
