"""What gets in the way, as everybody reads it: in words of ours, with who looks after it, and what came of it."""

from __future__ import annotations

import hmac
from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from feedback.promises.models import LANGUAGE_CHOICES, LONGEST_SHOWN_AS, LONGEST_TOLD, LONGEST_WORDS, OWN
from surveys.frame.models import PLAIN, Area

REVIEW, NAME, SEE = "promises.review_blockages", "promises.name_blockage", "promises.see_blockages"
# From how many days on it is said at the desk that nobody has looked.
A_WEEK = 7


def week_of(day: date) -> date:
    """The Monday of a day: nothing on the board says on which day somebody wrote."""
    return day - timedelta(days=day.weekday())


class BlockageQuerySet(models.QuerySet["Blockage"]):
    """Ways to reach what is on the board, or may come onto it."""

    def visible_to(self, user, permission: str) -> BlockageQuerySet:
        """Those of the areas in which a role of this person carries the permission."""
        held = user.areas_held(permission)
        return self.filter(Q(area__merged_into=None, area__in=held) | Q(area__merged_into__in=held))

    def of(self, area: Area) -> BlockageQuerySet:
        """Those of an area, and of areas that became part of it."""
        return self.filter(Q(area=area) | Q(area__merged_into=area))

    def public(self) -> BlockageQuerySet:
        """Those that everybody reads."""
        return self.filter(status__in=Blockage.PUBLIC)

    def unanswered(self) -> BlockageQuerySet:
        """Those that everybody reads, and nobody has answered."""
        return self.filter(status=Blockage.Status.OPEN)

    def owned_by(self, user) -> BlockageQuerySet:
        """Those that this person looks after."""
        return self.filter(owner=user)


class Blockage(models.Model):
    """One thing that gets in the way, in words that two people looked at. Never deleted."""

    class Status(models.TextChoices):
        """How far it has come."""

        WORDED = "worded", "Waits for a second person"
        OPEN = "open", "Waits for an answer"
        WILL = "will", "We will"
        CHANGED = "changed", "We changed it"
        CANNOT = "cannot", "We can’t"
        JOINED = "joined", "Put together with another"
        RECALLED = "recalled", "Taken off the board"

    TRANSITIONS = {
        Status.WORDED: {Status.OPEN, Status.JOINED, Status.RECALLED},
        Status.OPEN: {Status.WILL, Status.CHANGED, Status.CANNOT, Status.JOINED, Status.RECALLED},
        # Again: with another day.
        Status.WILL: {Status.WILL, Status.CHANGED, Status.CANNOT, Status.JOINED, Status.RECALLED},
        # It turned out otherwise.
        Status.CHANGED: {Status.WILL, Status.CANNOT, Status.RECALLED},
        Status.CANNOT: {Status.WILL, Status.CHANGED, Status.RECALLED},
        Status.JOINED: set(),
        Status.RECALLED: set(),
    }
    PUBLIC = (Status.OPEN, Status.WILL, Status.CHANGED, Status.CANNOT)

    class Privacy:
        why = "So that everybody can check what gets in the way, and what is done about it."
        kept = "As long as the area: what was on the board is never deleted."
        scrub = {
            "owner": "harmless: the account it names has no name any more.",
            "worded_by": "harmless: the account it names has no name any more.",
            "published_by": "harmless: the account it names has no name any more.",
            "shown_as": "blank",
        }
        personal = {
            "owner": "Which member of staff looks after it.",
            "shown_as": "How the owner agreed to be shown in public: a role, or a name.",
            "worded_by": "Which member of staff wrote its words, because another must publish them.",
            "published_by": "Which member of staff published it.",
        }
        plain = {"id", "area", "words", "language", "week", "due_on", "status", "joined_to"}

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=LONGEST_WORDS)
    language = models.CharField(max_length=10, choices=LANGUAGE_CHOICES, default="en")
    # The Monday of the week in which the first of it was named.
    week = models.DateField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    shown_as = models.CharField(max_length=LONGEST_SHOWN_AS, blank=True, validators=[PLAIN])
    due_on = models.DateField(null=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WORDED)
    joined_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    worded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = BlockageQuerySet.as_manager()

    class Meta:
        # What has waited longest comes first.
        ordering = ["week", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(status="will") & Q(due_on__isnull=False)) | ~Q(status="will"),
                name="blockage_we_will_has_a_day",
            ),
            models.CheckConstraint(
                condition=(Q(status="joined") & Q(joined_to__isnull=False)) | (~Q(status="joined") & Q(joined_to=None)),
                name="blockage_joined_to_another",
            ),
        ]

    def __str__(self) -> str:
        return f"Blockage {self.pk} of {self.area}"

    @property
    def place(self) -> Area:
        """The area that answers for it: its own, or the one that it became part of."""
        return self.area.merged_into or self.area

    def days_late(self, day: date) -> int:
        """For how many days it should have been changed; nothing if it is not overdue."""
        is_due = self.status == self.Status.WILL and self.due_on is not None
        return max((day - self.due_on).days, 0) if is_due else 0


def mark_of(blockage: Blockage) -> str:
    """What outlives the database of something that was taken off: a keyed hash, so that no other is taken for it."""
    said = f"blockage {blockage.pk} {blockage.words}".encode()
    return hmac.digest(settings.SECRET_KEY.encode(), said, "sha256")[:16].hex()


def recalled_blockages() -> list[str]:
    """The marks of all that was taken off."""
    return [mark_of(one) for one in Blockage.objects.filter(status=Blockage.Status.RECALLED)]


def answers_for(blockage: Blockage, by) -> bool:
    """Whether somebody may answer: who looks after it while they work there, and who reviews the board."""
    is_owner = blockage.owner_id == by.pk and by.has_perm(OWN, blockage.place)
    return is_owner or by.has_perm(REVIEW, blockage.place)


class BlockageStep(models.Model):
    """One step of what gets in the way: published, answered, answered anew, taken off. Inserted, never changed."""

    class Privacy:
        why = "So that nobody can change later what was answered, and when."
        kept = "As long as what it is about."
        scrub = {"by": "harmless: the account it names has no name any more."}
        personal = {"by": "Which member of staff took the step."}
        plain = {"id", "blockage", "number", "status", "text", "due_on", "on"}

    blockage = models.ForeignKey(Blockage, on_delete=models.PROTECT, related_name="steps")
    # Counts within one.
    number = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, choices=Blockage.Status.choices)
    text = models.CharField(max_length=LONGEST_TOLD, blank=True)
    due_on = models.DateField(null=True)
    # Nobody where it came back with a backup, and was taken off again.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    on = models.DateField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["blockage", "number"], name="blockage_steps_one_after_another")]


class BlockageReview(models.Model):
    """That somebody looked through the whole board of an area on a day."""

    class Privacy:
        why = "So that everybody can see whether somebody looks each week."
        kept = "As long as the area."
        scrub = {"by": "harmless: the account it names has no name any more."}
        personal = {"by": "Which member of staff looked."}
        plain = {"id", "area", "on"}

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-on"]
        constraints = [models.UniqueConstraint(fields=["area", "on"], name="board_reviewed_once_a_day")]
