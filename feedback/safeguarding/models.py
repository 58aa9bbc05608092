"""What a person must look at, and every state it has been in."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import F, Q

from feedback.safeguarding.codes import CodeOpening
from feedback.safeguarding.duties import Alarm, Delivery, Duty
from feedback.safeguarding.screening import Severity
from surveys.frame.models import PLAIN
from surveys.frame.policies import NotAllowed
from surveys.responses.models import ContactMessage
from surveys.responses.sealed import SealedText

__all__ = [
    "Alarm", "CodeOpening", "Concern", "ConcernState", "ContactState", "Delivery", "Duty", "Reading", "Setting",
]  # fmt: skip
NEVER_DELETED = "A worry and its steps are never deleted. What is too old, retention_sweep erases."


@contextmanager
def erasing() -> Iterator[None]:
    """Opens the database’s lock on worries for what is erased inside; only PostgreSQL has one."""
    has_lock = connection.vendor == "postgresql"
    with transaction.atomic():
        if has_lock:
            _say_that_we_erase("yes")
        yield
        if has_lock:
            _say_that_we_erase("")


def _say_that_we_erase(said: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('earshot.erasing', %s, true)", [said])


class SettingQuerySet(models.QuerySet["Setting"]):
    """Ways to reach settings."""

    def visible_to(self, user, permission: str) -> SettingQuerySet:
        """The settings of the areas in which a role of this person carries the permission."""
        return self.filter(area__in=user.areas_held(permission))


class ConcernQuerySet(models.QuerySet["Concern"]):
    """Ways to reach concerns."""

    def visible_to(self, user, permission: str) -> ConcernQuerySet:
        """The concerns of the areas in which a role of this person carries the permission."""
        return self.filter(area__in=user.areas_held(permission))

    def waiting(self) -> ConcernQuerySet:
        """The concerns nobody has finished with, the most urgent first; of one day, in no order that says anything."""
        waiting = self.exclude(status__in=[Concern.Status.CLOSED, Concern.Status.REFERRED])
        return waiting.order_by("severity", F("due_on").asc(nulls_first=True), "raised_on", "pk")

    def finished(self) -> ConcernQuerySet:
        """The concerns that were closed or referred, the latest first."""
        finished = self.filter(status__in=[Concern.Status.CLOSED, Concern.Status.REFERRED])
        return finished.order_by("-raised_on", "pk")

    def overdue(self, today: date) -> ConcernQuerySet:
        """The concerns whose day is over."""
        return self.filter(due_on__lt=today)

    def held_by(self, user) -> ConcernQuerySet:
        """The concerns this person has taken on, and those about which they were asked for a second opinion."""
        return self.filter(Q(holder=user) | Q(asked=user))

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refused: that there was a worry stays known until the sweep for old records erases it."""
        raise NotAllowed(NEVER_DELETED)

    def erase(self) -> int:
        """Erases these rows, for the sweeps of retention and for nobody else; says how many."""
        with erasing():
            return super().delete()[0]


class Setting(models.Model):
    """A place of an area that worries can be about, such as a children’s home, a school or a team."""

    class Privacy:
        scrub = "rows"
        personal = {}
        plain = {"id", "area", "name", "is_closed"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    area = models.ForeignKey("frame.Area", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120, validators=[PLAIN])
    is_closed = models.BooleanField(default=False)

    objects = SettingQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["area", "name"], name="setting_once_in_area")]

    def __str__(self) -> str:
        return self.name


class Concern(models.Model):
    """Something a respondent wrote that a person must look at."""

    class Status(models.TextChoices):
        """What has been done about it."""

        RAISED = "raised", "Raised"
        SEEN = "seen", "Seen"
        REFERRED = "referred", "Referred"
        CLOSED = "closed", "Closed"

    class Outcome(models.TextChoices):
        """What became of it, said by whoever finishes it."""

        NO_ACTION = "no_action", "No action is needed"
        ADVICE = "advice", "Advice was given"
        REFERRAL = "referral", "Referred"
        NOT_IDENTIFIED = "not_identified", "Nobody could be identified"

    TRANSITIONS = {
        Status.RAISED: {Status.SEEN},
        # Raised again where the response comes a second time, or whoever had it has left.
        Status.SEEN: {Status.REFERRED, Status.CLOSED, Status.RAISED},
        Status.REFERRED: {Status.RAISED},
        Status.CLOSED: {Status.RAISED},
    }

    class Privacy:
        why = "So that somebody looks at what may be danger, and it is known that they did."
        kept = "Six years after it was finished; nothing leads to the answers once they are taken back."
        scrub = "rows"
        personal = {
            "response_key": "Which stored response it is about, so that the lead can read it.",
            "holder": "Which member of staff has taken it on.",
            "asked": "Which member of staff was asked for a second opinion and has not given it.",
        }
        plain = {"id", "area", "severity", "rules", "status", "raised_on", "due_on", "setting"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    response_key = models.UUIDField(unique=True)
    area = models.ForeignKey("frame.Area", on_delete=models.PROTECT, related_name="+")
    severity = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Severity])
    rules = models.JSONField(default=list)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.RAISED)
    raised_on = models.DateField()
    # A day, and empty until the sweep has started the clock: a time would say when a child answered.
    due_on = models.DateField(null=True, blank=True)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    setting = models.ForeignKey(Setting, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ConcernQuerySet.as_manager()

    class Meta:
        ordering = ["severity", "raised_on"]
        indexes = [models.Index(fields=["status", "severity", "due_on"], name="concern_waiting")]

    @property
    def is_finished(self) -> bool:
        """Whether it was closed or referred."""
        return self.status in (Concern.Status.CLOSED, Concern.Status.REFERRED)

    def delete(self, *args, **kwargs) -> tuple[int, dict[str, int]]:
        """Refused, as for many."""
        raise NotAllowed(NEVER_DELETED)


class ConcernStateQuerySet(models.QuerySet["ConcernState"]):
    """Ways to reach the steps of concerns."""

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refused: a step stays as long as its worry."""
        raise NotAllowed(NEVER_DELETED)

    def erase(self) -> int:
        """Erases these rows, for the sweeps of retention and for nobody else; says how many."""
        with erasing():
            return super().delete()[0]


class ConcernState(models.Model):
    """One step of a concern: inserted, never changed."""

    class Step(models.TextChoices):
        """What was done; all but the first leave the worry in the state it was in."""

        MOVED = "moved", "Moved"
        CLAIMED = "claimed", "Taken on"
        LEFT = "left", "Free again, because whoever had it has left"
        HANDED_OVER = "handed_over", "Handed over"
        ASKED = "asked", "Asked for a second opinion"
        OPINION = "opinion", "Second opinion"
        NOTE = "note", "Note"
        SETTING = "setting", "Said which setting it is about"

    class Privacy:
        why = "So that it is known who decided what about a worry."
        kept = "Six years after the worry was finished; the words go with answers that are taken back."
        scrub = "rows"
        personal = {
            "by": "Which member of staff took the step; of one who left, from whom it was taken.",
            "to": "Which member of staff it was handed to, or who was asked.",
            "reason": "Why, or what was noted, in the words of the member of staff.",
            "place": "Where it was referred to, in the words of the member of staff.",
        }
        plain = {"id", "concern", "step", "status", "on", "outcome", "referred_on"}

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="states")
    step = models.CharField(max_length=12, choices=Step.choices, default=Step.MOVED)
    status = models.CharField(max_length=10, choices=Concern.Status.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField()
    reason = SealedText(blank=True, bound_to="concern")
    outcome = models.CharField(max_length=20, choices=Concern.Outcome.choices, blank=True)
    place = SealedText(blank=True, bound_to="concern")
    referred_on = models.DateField(null=True, blank=True)

    objects = ConcernStateQuerySet.as_manager()

    def delete(self, *args, **kwargs) -> tuple[int, dict[str, int]]:
        """Refused, as for many."""
        raise NotAllowed(NEVER_DELETED)


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
    reason = SealedText(blank=True, bound_to="message_key")
