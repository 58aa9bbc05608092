"""When an edition is in the field, and the ways in to it."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Coalesce

from surveys.design.models import Edition
from surveys.fieldwork.link_codes import new_link_code
from surveys.frame.models import CODE, Area, JourneyStage, Service
from surveys.instrument.wording import CONVERSATION, LANGUAGES

# What stands where a wave's code stands in an address of the phone: pages of their own, and languages.
TAKEN = ("audio", "away", "posters", "try", "waiting", *LANGUAGES)
FREE = RegexValidator(
    rf"^(?:{'|'.join(TAKEN)})\Z", "This word is part of an address already. Choose another code.", inverse_match=True
)


class WaveQuerySet(models.QuerySet["Wave"]):
    """Ways to reach waves."""

    def visible_to(self, user, permission: str) -> WaveQuerySet:
        """The waves of the areas in which a role of this member of staff carries the permission."""
        return self.filter(area__in=Area.objects.visible_to(user, permission))

    def of_conversations(self) -> WaveQuerySet:
        """The waves in which somebody talks with a child, and nobody is measured."""
        return self.filter(edition__document__kind=CONVERSATION)

    def to_open_on(self, day: date) -> WaveQuerySet:
        """Those planned to be open by this day."""
        return self.filter(status=Wave.Status.PLANNED, opens_on__lte=day)

    def to_close_on(self, day: date) -> WaveQuerySet:
        """Those whose last day is over."""
        return self.filter(status=Wave.Status.OPEN, ends_on__lt=day)

    def in_the_field(self) -> WaveQuerySet:
        """The waves that take answers now."""
        return self.filter(status=Wave.Status.OPEN)


class Wave(models.Model):
    """One period in which one edition is in the field."""

    class Status(models.TextChoices):
        """Whether answers are taken."""

        PLANNED = "planned", "Planned"
        OPEN = "open", "Open"
        CLOSED = "closed", "Closed"

    TRANSITIONS = {Status.PLANNED: {Status.OPEN}, Status.OPEN: {Status.CLOSED}, Status.CLOSED: set()}

    class Privacy:
        personal = {}
        plain = {
            "id", "code", "name", "edition", "earlier_editions", "area", "service", "stage", "status",
            "opened_on", "closed_on", "grace_days", "needs_card", "opens_on", "ends_on", "counted_through",
        }  # fmt: skip

    code = models.CharField(max_length=63, unique=True, validators=[CODE, FREE])
    name = models.CharField(max_length=120)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="waves")
    earlier_editions = models.ManyToManyField(Edition, blank=True, related_name="earlier_waves")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="waves", null=True, blank=True)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, blank=True)
    stage = models.ForeignKey(JourneyStage, on_delete=models.PROTECT, null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PLANNED)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    # As planned: the day on which it opens by itself, and the last on which somebody new is asked.
    opens_on = models.DateField("opens by itself on", null=True, blank=True)
    ends_on = models.DateField("last day", null=True, blank=True)
    # Up to which day its turnout has been counted.
    counted_through = models.DateField(null=True, blank=True, editable=False)
    grace_days = models.PositiveSmallIntegerField(default=28)
    needs_card = models.BooleanField("only with a card", default=False)

    objects = WaveQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_on", "code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status="planned", opened_on=None, closed_on=None)
                | models.Q(status="open", opened_on__isnull=False, closed_on=None)
                | models.Q(status="closed", opened_on__isnull=False, closed_on__isnull=False),
                name="wave_dates_match_its_status",
            ),
            models.CheckConstraint(
                condition=models.Q(opens_on=None)
                | models.Q(ends_on=None)
                | models.Q(ends_on__gte=models.F("opens_on")),
                name="wave_ends_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether somebody may begin to answer."""
        return self.status == self.Status.OPEN

    @property
    def is_asked_again_after(self) -> bool:
        """Whether whoever answers is asked again afterwards, with the same card."""
        return self.needs_card and Wave.objects.filter(pk=self.pk, pack_of_before__isnull=False).exists()

    @property
    def has_cards_of_a_pack(self) -> bool:
        """Whether its cards open two waves, so that they are printed for both at once and never for one alone."""
        packed = models.Q(pack_of_before__isnull=False) | models.Q(pack_of_after__isnull=False)
        return self.needs_card and Wave.objects.filter(packed, pk=self.pk).exists()

    def days_left(self, day: date) -> int | None:
        """How many days are left after this one; negative when it should have ended, nothing without a planned end."""
        return (self.ends_on - day).days if self.is_open and self.ends_on else None

    def takes_answers_on(self, day: date) -> bool:
        """Whether answers are accepted: while open, and for late devices during the days of grace."""
        if self.status == self.Status.CLOSED:
            return day <= self.closed_on + timedelta(days=self.grace_days)
        return self.is_open


class OpenLink(models.Model):
    """An unaddressed way in, on a poster as a QR code; it says where the poster hangs, never who scans it."""

    class Privacy:
        personal = {}
        plain = {"id", "wave", "code", "place", "area", "service", "stage"}

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="open_links")
    code = models.CharField(max_length=16, unique=True, default=new_link_code)
    place = models.CharField("where it hangs", max_length=120)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    stage = models.ForeignKey(JourneyStage, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return self.place


class Invitation(models.Model):
    """A card that lets one respondent answer once; it says for which part of the frame it was printed, never for whom.

    Nothing joins it to the response it was used for: no key, no time, no order. Only a keyed hash of its code is kept.
    """

    class Privacy:
        personal = {}
        plain = {"id", "wave", "sheet", "code_digest", "area", "service", "stage", "expires_on", "is_used", "twin"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="invitations")
    sheet = models.UUIDField()
    code_digest = models.BinaryField(max_length=32, unique=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    stage = models.ForeignKey(JourneyStage, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    expires_on = models.DateField()
    is_used = models.BooleanField(default=False)
    # The same on both rows of a card that works once before something and once after it.
    twin = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["sheet"], name="invitation_by_sheet")]


class Turnout(models.Model):
    """How many have answered in one part of a wave, in steps and a week at a time: never the number itself.

    `line` says which part: the whole, one service, one stage, or one stage of one service. A service's line without a
    service is of the answers whose way in named none.
    """

    class Line(models.TextChoices):
        """Which part of a wave is counted."""

        WHOLE = "whole", "The whole wave"
        SERVICE = "service", "One service"
        STAGE = "stage", "One stage"
        BOTH = "both", "One stage of one service"

    class Privacy:
        why = "To see who is missing while there is time to ask them, without seeing who answered."
        kept = "As long as its wave."
        scrub = "rows"
        personal = {
            "answered": "How many of a part answered, in fives. Of a small team it is kept and shown to nobody.",
            "cards_used": "How many of its cards were used, in the same way.",
        }
        plain = {"id", "wave", "line", "service", "stage"}

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="turnout")
    line = models.CharField(max_length=10, choices=Line.choices)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, null=True, related_name="+")
    stage = models.ForeignKey(JourneyStage, on_delete=models.CASCADE, null=True, related_name="+")
    # At least so many, in fives.
    answered = models.PositiveIntegerField(default=0)
    cards_used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "wave", "line", Coalesce("service", 0), Coalesce("stage", 0), name="turnout_once_a_line"
            )
        ]


class Reminder(models.Model):
    """That those who work in a wave's area were reminded of its end: once for each step, to nobody by name."""

    class Step(models.TextChoices):
        """How long before the end."""

        TWO_WEEKS = "two_weeks", "Two weeks before the end"
        THREE_DAYS = "three_days", "Three days before the end"

    class Privacy:
        personal = {}
        plain = {"id", "wave", "step", "sent_on", "told", "failed"}

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="reminders")
    step = models.CharField(max_length=10, choices=Step.choices)
    sent_on = models.DateField()
    # How many letters a mail server took, and how many it did not.
    told = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["sent_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["wave", "step"], name="reminded_once_a_step")]
