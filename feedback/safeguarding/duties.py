"""Who is on duty, whom the alarm has called, and which message did not arrive: nouns of the room beside its worries."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from feedback.safeguarding.screening import Severity


class DutyQuerySet(models.QuerySet["Duty"]):
    """Ways to reach the rota."""

    def visible_to(self, user, permission: str) -> DutyQuerySet:
        """The rotas of the areas in which a role of this person carries the permission."""
        return self.filter(area__in=user.areas_held(permission))

    def between(self, first: date, last: date) -> DutyQuerySet:
        """What touches these days."""
        return self.filter(starts_on__lte=last, ends_on__gte=first)


class Duty(models.Model):
    """Who looks at an area's worries first from a day to a day, and who stands behind them."""

    class Privacy:
        why = "So that a worry finds somebody at any hour."
        kept = "As long as the accounts, as numbers in the end: who was on duty when a worry waited is asked later."
        scrub = {
            "lead": "harmless: the account it names has no name any more.",
            "deputy": "harmless: the account it names has no name any more.",
            "manager": "harmless: the account it names has no name any more.",
        }
        personal = {
            "lead": "Which safeguarding lead is on duty.",
            "deputy": "Which safeguarding lead stands in.",
            "manager": "Which safeguarding lead is asked when neither can be reached.",
        }
        plain = {"id", "area", "starts_on", "ends_on"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    area = models.ForeignKey("frame.Area", on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day")

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "duties"
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="duty_ends_after_it_starts")
        ]

    def people(self) -> list:
        """Lead, deputy and manager, as far as they are named."""
        return [person for person in (self.lead, self.deputy, self.manager) if person]


class Alarm(models.Model):
    """That something waits in an area and people are being told, one after the other; gone once somebody has looked.

    Its clock is that of the respondent, so it is not kept: a row stands here only while nobody has looked.
    """

    class Privacy:
        why = "So that a child in danger reaches a person, also when the first cannot be reached."
        kept = "Until somebody has looked."
        scrub = "rows"
        personal = {"since": "When something began to wait. Deleted as soon as somebody has looked."}
        plain = {"area", "severity", "urgent", "told", "told_at", "is_undelivered"}

    area = models.OneToOneField("frame.Area", on_delete=models.PROTECT, related_name="+", primary_key=True)
    severity = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Severity])
    since = models.DateTimeField()
    # How many urgent things nobody has looked at: one more, and people are told anew.
    urgent = models.PositiveIntegerField(default=0)
    # How often somebody was told: the one on duty, the deputy, the manager, and then everybody, again and again.
    told = models.PositiveSmallIntegerField(default=0)
    told_at = models.DateTimeField(null=True)
    is_undelivered = models.BooleanField(default=False)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Ways to reach what was not delivered."""

    def visible_to(self, user, permission: str) -> DeliveryQuerySet:
        """Those of the areas in which a role of this person carries the permission."""
        return self.filter(area__in=user.areas_held(permission))

    def failed(self) -> DeliveryQuerySet:
        """Those of which it is known that they did not arrive."""
        return self.exclude(failure="")


class Delivery(models.Model):
    """That somebody’s last message that something waits has not arrived, or not yet; gone once one has."""

    class Means(models.TextChoices):
        """How they are told."""

        EMAIL = "email", "E-mail"
        TEXT = "text", "Text message"

    class Failure(models.TextChoices):
        """What went wrong, without an address or a number."""

        NOT_TAKEN = "not_taken", "the mail server did not take it. It is tried again."
        UNREACHABLE = "unreachable", "GOV.UK Notify could not be reached. It is tried again."
        REFUSED = "refused", "GOV.UK Notify refused it. Check the number, and tell your administrator."
        PERMANENT = "permanent-failure", "the number does not exist. Correct it at the account."
        TEMPORARY = "temporary-failure", "the phone was off or full for days. Telephone instead."
        TECHNICAL = "technical-failure", "it was lost on the way. Telephone instead."

    class Privacy:
        why = "So that it is seen when somebody on duty cannot be reached."
        kept = "Until a message arrives, and for seven days at most."
        scrub = "rows"
        personal = {"person": "Which member of staff was to be told."}
        plain = {"id", "area", "means", "reference", "failure", "on"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    area = models.ForeignKey("frame.Area", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    means = models.CharField(max_length=5, choices=Means.choices)
    # The number that GOV.UK Notify gives a text message; empty of an e-mail.
    reference = models.CharField(max_length=36, blank=True)
    failure = models.CharField(max_length=17, choices=Failure.choices, blank=True)
    on = models.DateField()

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [models.UniqueConstraint(fields=["area", "person", "means"], name="delivery_once_for_each")]
