"""What a person must look at, and every state it has been in."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from feedback.safeguarding.codes import CodeOpening as CodeOpening
from feedback.safeguarding.screening import Severity
from surveys.responses.models import ContactMessage


class ConcernQuerySet(models.QuerySet["Concern"]):
    """Ways to reach concerns."""

    def visible_to(self, user, permission: str) -> ConcernQuerySet:
        """The concerns of the areas in which a role of this person carries the permission."""
        return self.filter(area__in=user.areas_held(permission))

    def waiting(self) -> ConcernQuerySet:
        """The concerns nobody has finished with, the most urgent first; of one day, in no order that says anything."""
        waiting = self.exclude(status__in=[Concern.Status.CLOSED, Concern.Status.REFERRED])
        return waiting.order_by("severity", "raised_on", "pk")


class Concern(models.Model):
    """Something a respondent wrote that a person must look at."""

    class Status(models.TextChoices):
        """What has been done about it."""

        RAISED = "raised", "Raised"
        SEEN = "seen", "Seen"
        REFERRED = "referred", "Referred"
        CLOSED = "closed", "Closed"

    TRANSITIONS = {
        Status.RAISED: {Status.SEEN},
        # Raised again where the response comes a second time.
        Status.SEEN: {Status.REFERRED, Status.CLOSED, Status.RAISED},
        Status.REFERRED: {Status.RAISED},
        Status.CLOSED: {Status.RAISED},
    }

    class Privacy:
        why = "So that somebody looks at what may be danger, and it is known that they did."
        kept = "Six years after it was finished; nothing leads to the answers once they are taken back."
        scrub = "rows"
        personal = {"response_key": "Which stored response it is about, so that the lead can read it."}
        plain = {"id", "area", "severity", "rules", "status", "raised_on"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    response_key = models.UUIDField(unique=True)
    area = models.ForeignKey("frame.Area", on_delete=models.PROTECT, related_name="+")
    severity = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Severity])
    rules = models.JSONField(default=list)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.RAISED)
    raised_on = models.DateField()

    objects = ConcernQuerySet.as_manager()

    class Meta:
        ordering = ["severity", "raised_on"]


class ConcernState(models.Model):
    """One step of a concern: inserted, never changed."""

    class Privacy:
        why = "So that it is known who decided what about a worry."
        kept = "Six years after the worry was finished; the reason goes with answers that are taken back."
        scrub = "rows"
        personal = {
            "by": "Which member of staff took the step.",
            "reason": "Why, in the words of the member of staff.",
        }
        plain = {"id", "concern", "status", "on"}

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="states")
    status = models.CharField(max_length=10, choices=Concern.Status.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    reason = models.TextField(blank=True)


class Reading(models.Model):
    """That a person has read what one respondent wrote or drew."""

    class Privacy:
        why = "So that every text is read, once."
        kept = "Six years; it goes with answers that are taken back."
        scrub = "rows"
        personal = {
            "response_key": "Which stored response was read.",
            "by": "Which member of staff read it.",
        }
        plain = {"on"}

    response_key = models.UUIDField(primary_key=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()


class ContactState(models.Model):
    """One step of a message of somebody who wants to be contacted: inserted, and changed by nobody but the sweep."""

    class Privacy:
        why = "So that it is known who dealt with a message."
        kept = "Six years; the reason goes with the message’s words."
        scrub = "rows"
        personal = {
            "message_key": "Which stored message it is about.",
            "by": "Which member of staff took the step.",
            "reason": "What was done, in the words of the member of staff. Erased with the message’s words.",
        }
        plain = {"id", "status", "on"}

    message_key = models.UUIDField(db_index=True)
    status = models.CharField(max_length=10, choices=ContactMessage.Status.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    reason = models.TextField(blank=True)


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
        plain = {"area", "severity", "told", "told_at", "is_undelivered"}

    area = models.OneToOneField("frame.Area", on_delete=models.PROTECT, related_name="+", primary_key=True)
    severity = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Severity])
    since = models.DateTimeField()
    # How often somebody was told: the one on duty, the deputy, the manager, and then everybody, again and again.
    told = models.PositiveSmallIntegerField(default=0)
    told_at = models.DateTimeField(null=True)
    is_undelivered = models.BooleanField(default=False)
