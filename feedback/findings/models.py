"""Shared findings, what each rests on, and the open list of kinds by which other areas recognise them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Q

from feedback.anonymisation.themes import CommentTheme
from feedback.promises.models import Promise
from feedback.releases.models import Quote, Release
from surveys.bank.themes import Theme
from surveys.frame.models import CODE, PLAIN, Area, JourneyStage

WRITE, CHECK, KEEP_KINDS, VIEW = "findings.write", "findings.check", "findings.keep_kinds", "findings.view"
LONGEST_TITLE, LONGEST_MEANING, LONGEST_TEXT = 120, 500, 2000


class FindingKindQuerySet(models.QuerySet["FindingKind"]):
    """Ways to reach kinds."""

    def visible_to(self, user, permission: str) -> FindingKindQuerySet:
        """All of them, for whoever has the permission somewhere: the list belongs to every area alike."""
        return self if user.has_perm(permission) else self.none()

    def newest(self) -> FindingKindQuerySet:
        """The newest edition of each kind."""
        newest = self.model.objects.order_by().filter(code=OuterRef("code")).values("code")
        return self.filter(edition=models.Subquery(newest.annotate(last=Max("edition")).values("last")))

    def offered(self) -> FindingKindQuerySet:
        """Those that a finding may be of now."""
        return self.newest().filter(is_offered=True)


class FindingKind(models.Model):
    """One kind of finding that recurs, in one edition of its words: inserted, never changed."""

    class Privacy:
        why = "So that it is known who keeps the list."
        kept = "For good, as findings are of these kinds."
        scrub = {"by": "harmless: the account it names has no name any more."}
        personal = {"by": "Which member of staff worded it."}
        plain = {"id", "code", "edition", "name", "means", "is_offered", "on"}

    code = models.CharField(max_length=63, validators=[CODE])
    edition = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=LONGEST_TITLE, validators=[PLAIN])
    means = models.TextField(max_length=LONGEST_MEANING)
    is_offered = models.BooleanField(default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    # The list belongs to every area alike.
    is_for_every_area = True
    objects = FindingKindQuerySet.as_manager()

    class Meta:
        ordering = ["name", "-edition"]
        constraints = [models.UniqueConstraint(fields=["code", "edition"], name="kind_edition_once")]

    def __str__(self) -> str:
        return self.name


class SharedFindingQuerySet(models.QuerySet["SharedFinding"]):
    """Ways to reach findings."""

    def visible_to(self, user, permission: str) -> SharedFindingQuerySet:
        """The findings of the areas in which a role of this person carries the permission; all for a national role."""
        if user.holds_everywhere(permission):
            return self
        return self.filter(area__in=user.areas_held(permission))

    def to_check_by(self, user) -> SharedFindingQuerySet:
        """Those that wait for this person, who neither wrote nor proposed them."""
        wrote = FindingState.objects.filter(finding=OuterRef("pk"), by=user, status__in=SharedFinding.WROTE)
        return self.filter(status=SharedFinding.Status.PROPOSED).exclude(Exists(wrote))

    def public(self) -> SharedFindingQuerySet:
        """Those anybody may read: published, and all releases they rest on still are, and something is left of them."""
        cited = FindingEvidence.objects.filter(finding=OuterRef("pk"))
        fallen = cited.exclude(release__status=Release.Status.PUBLISHED)
        left = cited.filter(FindingEvidence.STANDS)
        published = self.filter(status=SharedFinding.Status.PUBLISHED).exclude(Exists(fallen))
        return published.filter(Exists(left) | ~Q(source=""))


class SharedFinding(models.Model):
    """What an area found in its published releases, in its own words; or what somebody found elsewhere."""

    class Status(models.TextChoices):
        """How far a finding is."""

        DRAFT = "draft", "Draft"
        PROPOSED = "proposed", "Proposed"
        RETURNED = "returned", "Returned"
        PUBLISHED = "published", "Published"
        WITHDRAWN = "withdrawn", "Withdrawn"

    TRANSITIONS = {
        Status.DRAFT: {Status.PROPOSED},
        Status.PROPOSED: {Status.RETURNED, Status.PUBLISHED},
        Status.RETURNED: {Status.PROPOSED},
        Status.PUBLISHED: {Status.WITHDRAWN},
        Status.WITHDRAWN: set(),
    }

    # Whoever took one of these steps wrote it.
    WROTE = (Status.DRAFT, Status.PROPOSED)

    class Privacy:
        personal = {}
        plain = {
            "id", "code", "area", "kind", "title", "description", "did", "theme", "stage", "status", "same_as",
            "same_as_elsewhere", "source", "origin",
        }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    code = models.SlugField(max_length=80, unique=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.ForeignKey(FindingKind, on_delete=models.PROTECT, related_name="findings")
    title = models.CharField(max_length=LONGEST_TITLE, validators=[PLAIN])
    description = models.TextField(max_length=LONGEST_TEXT)
    # What the area did about it, in its own words; promises say the rest.
    did = models.TextField(max_length=LONGEST_TEXT, blank=True)
    theme = models.CharField(max_length=20, choices=Theme.choices, default=Theme.OTHER)
    stage = models.ForeignKey(JourneyStage, on_delete=models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    # We found this too: the finding that was there first.
    same_as = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="found_too")
    # The address of that one, while it is not here: it is put to it once it is brought in.
    same_as_elsewhere = models.CharField(max_length=300, blank=True)
    # Where it came from, if it was brought in from another installation: its address there, and whose it is.
    source = models.CharField(max_length=300, blank=True)
    origin = models.CharField(max_length=120, blank=True, validators=[PLAIN])

    objects = SharedFindingQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["source"], condition=~Q(source=""), name="finding_brought_in_once"),
            models.UniqueConstraint(
                fields=["area", "same_as"],
                condition=~Q(same_as=None) & ~Q(status="withdrawn"),
                name="found_too_once_in_area",
            ),
            models.CheckConstraint(condition=Q(same_as=None) | ~Q(same_as=F("id")), name="finding_is_not_its_own_like"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def whose(self) -> str:
        """Who found it, in words."""
        return self.origin or (self.area.name if self.area else "All areas together")

    def authors(self) -> set[int]:
        """The ids of those who wrote or proposed it: they may not publish it."""
        return {state.by_id for state in self.states.all() if state.status in self.WROTE}


class FindingState(models.Model):
    """One step of a finding: inserted, never changed."""

    class Privacy:
        why = "So that two people answer for what is said."
        kept = "As long as the finding."
        scrub = {"by": "harmless: the account it names has no name any more.", "reason": "blank"}
        personal = {
            "by": "Which member of staff took the step.",
            "reason": "Why, in the words of the member of staff.",
        }
        plain = {"id", "finding", "status", "on"}

    finding = models.ForeignKey(SharedFinding, on_delete=models.PROTECT, related_name="states")
    status = models.CharField(max_length=10, choices=SharedFinding.Status.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]


class FindingPromise(models.Model):
    """That a promise answers a finding of its area, as somebody said who writes the one or answers for the other."""

    class Privacy:
        why = "So that it is known who put them beside each other."
        kept = "As long as both, or until somebody takes it away."
        scrub = {"by": "harmless: the account it names has no name any more."}
        personal = {"by": "Which member of staff said so."}
        plain = {"id", "finding", "promise", "on"}

    finding = models.ForeignKey(SharedFinding, on_delete=models.CASCADE, related_name="answers")
    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["finding", "promise"], name="promise_answers_a_finding_once")]


class FindingEvidence(models.Model):
    """One thing of a published release that a finding rests on: a question, a quote, or a theme."""

    # A question stands as long as its release; a quote until it is recalled, a theme while somebody confirms it.
    STANDS = ~Q(question="") | Q(quote__status=Quote.Status.CHOSEN) | Q(theme__status=CommentTheme.Status.CONFIRMED)

    class Privacy:
        personal = {}
        plain = {"id", "finding", "release", "question", "quote", "theme"}

    finding = models.ForeignKey(SharedFinding, on_delete=models.CASCADE, related_name="evidence")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=150, blank=True)
    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, null=True, related_name="+")
    theme = models.ForeignKey(CommentTheme, on_delete=models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    (~Q(question="") & Q(quote=None, theme=None))
                    | Q(question="", quote__isnull=False, theme=None)
                    | Q(question="", quote=None, theme__isnull=False)
                ),
                name="evidence_is_one_thing",
            )
        ]
