"""Opening a code: which card a response came with, where two people agree that a child is not safe.

Only under the promise *only if you are not safe*, and never a name: the number printed on the card is all there is.
"""

from __future__ import annotations

import uuid
from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from surveys.frame.policies import NotAllowed, check_may_move
from surveys.responses.sealed import SealedText

ASK, DECIDE = "safeguarding.ask_code", "safeguarding.decide_code"
# For how many days after the day of the decision the two may look: until the end of the next day. No installation can
# give them more than the ceiling. Days, because no time finer than a day is kept of what leads do about a child.
DAYS_OPEN, MOST_DAYS_OPEN = 1, 3
# So long a second person has to decide; after that somebody must ask anew, with what is known then.
DAYS_TO_DECIDE = 3
LONGEST = 2000


def days_open() -> int:
    """For how many days after the decision the two may look."""
    return max(0, min(getattr(settings, "EARSHOT_CODE_DAYS_OPEN", DAYS_OPEN), MOST_DAYS_OPEN))


class CodeOpeningQuerySet(models.QuerySet["CodeOpening"]):
    """Ways to reach openings."""

    def visible_to(self, user, permission: str) -> CodeOpeningQuerySet:
        """Those about worries of the areas in which a role of this person carries the permission."""
        return self.filter(concern__area__in=user.areas_held(permission))

    def unfinished(self) -> CodeOpeningQuerySet:
        """Those that somebody still has to decide on, look at, or tell the child of."""
        return self.filter(status__in=[CodeOpening.Status.ASKED, CodeOpening.Status.AGREED])

    def lapsed_on(self, day: date) -> CodeOpeningQuerySet:
        """Those whose time is over without anybody having looked."""
        return self.unfinished().filter(until__lt=day, looked_on=None)

    def not_said_yet(self) -> CodeOpeningQuerySet:
        """Those that were looked at, and of which no mail server took the letter that says so."""
        return self.filter(looked_on__isnull=False, is_said=False)


class CodeOpening(models.Model):
    """That somebody asked for the number of a card, what a second person decided, and who told the child."""

    class Status(models.TextChoices):
        """How far it is."""

        ASKED = "asked", "Asked for"
        AGREED = "agreed", "Agreed"
        REFUSED = "refused", "Refused"
        FINISHED = "finished", "Finished: the child was told"
        LAPSED = "lapsed", "Lapsed: nobody looked in time"

    TRANSITIONS = {
        Status.ASKED: {Status.AGREED, Status.REFUSED, Status.LAPSED},
        Status.AGREED: {Status.FINISHED, Status.LAPSED},
        Status.REFUSED: set(),
        Status.FINISHED: set(),
        Status.LAPSED: set(),
    }

    class Teller(models.TextChoices):
        """Who told the child."""

        WORKER = "worker", "Their worker"
        LEAD = "lead", "A safeguarding lead"
        ADVOCATE = "advocate", "Their advocate"
        OTHER = "other", "Somebody else"
        NOBODY = "nobody", "Nobody could: say why"

    class Privacy:
        why = "So that it is known who found out whose card it was, why, and that the child was told."
        kept = "As long as the worry; what was written goes with answers that are taken back."
        scrub = "rows"
        personal = {
            "reason": "Why somebody asked, in the words of the member of staff.",
            "decision": "Why a second person agreed or refused, in their words.",
            "telling": "How the child was told, in the words of the member of staff.",
            "asked_by": "Which member of staff asked.",
            "decided_by": "Which member of staff decided.",
            "told_by": "Which member of staff said that the child was told.",
        }
        plain = {
            "id", "concern", "status", "asked_on", "decided_on", "until", "looked_on", "is_said", "teller", "told_on",
        }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    concern = models.ForeignKey("safeguarding.Concern", on_delete=models.PROTECT, related_name="openings")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ASKED)
    reason = SealedText()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    # Until which day it may be decided on, and once that is done, until which day the two may look.
    until = models.DateField()
    decision = SealedText(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)
    looked_on = models.DateField(null=True)
    # Whether a mail server took the letter to all leads.
    is_said = models.BooleanField(default=False)
    teller = models.CharField(max_length=10, choices=Teller.choices, blank=True)
    telling = SealedText(blank=True)
    told_on = models.DateField(null=True)
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = CodeOpeningQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")), name="code_is_opened_by_two"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["agreed", "refused", "finished"])
                | Q(decided_by__isnull=False, decided_on__isnull=False),
                name="code_is_decided_on_by_somebody",
            ),
            # Nobody looks before a second person agreed, and none is finished before the child was told.
            models.CheckConstraint(
                condition=Q(looked_on=None) | Q(status__in=["agreed", "finished"]), name="code_is_looked_at_if_agreed"
            ),
            models.CheckConstraint(
                condition=~Q(status="finished") | Q(told_by__isnull=False, told_on__isnull=False),
                name="code_is_finished_once_told",
            ),
            models.UniqueConstraint(
                fields=["concern"], condition=Q(status__in=["asked", "agreed"]), name="code_is_asked_for_once"
            ),
        ]

    @property
    def is_to_be_told(self) -> bool:
        """Whether the child still has to be told that two people looked."""
        return self.status == self.Status.AGREED and self.looked_on is not None

    def is_over(self, day: date) -> bool:
        """Whether its time is over: nobody may decide on it or look any more."""
        return day > self.until

    def is_one_of_the_two(self, person) -> bool:
        """Whether somebody asked or agreed."""
        return person.pk in {self.asked_by_id, self.decided_by_id}


def check_may_decide(opening: CodeOpening, *, by, day: date) -> None:
    """Refuses whoever asked, what was decided on already, and what nobody decided on in time."""
    if opening.asked_by_id == by.pk:
        raise NotAllowed("You asked for this card, so somebody else must decide.")
    check_may_move(opening.status, CodeOpening.Status.AGREED, CodeOpening.TRANSITIONS)
    if opening.is_over(day):
        raise NotAllowed("Nobody decided in time, so this has lapsed. Ask anew, with what is known today.")


def check_may_look(opening: CodeOpening, *, by, day: date) -> None:
    """Refuses everybody but the two, and the two before it was agreed and after its time."""
    if not opening.is_one_of_the_two(by):
        raise NotAllowed("Only the two who asked and agreed may see the number of the card.")
    if opening.status != CodeOpening.Status.AGREED:
        raise NotAllowed(f"The number is not shown: {opening.get_status_display().lower()}.")
    if opening.is_over(day):
        raise NotAllowed(f"The number could be seen until {opening.until}. Ask anew if you still need it.")


def check_may_be_told(opening: CodeOpening, *, teller: str, told_on: date | None, telling: str, day: date) -> None:
    """Refuses to finish what nobody looked at, and a telling that says not who, when or how."""
    check_may_move(opening.status, CodeOpening.Status.FINISHED, CodeOpening.TRANSITIONS)
    if opening.looked_on is None:
        raise NotAllowed("Nobody has seen the number yet, so there is nothing to tell the child.")
    if teller not in CodeOpening.Teller.values:
        raise NotAllowed("Say who told the child.")
    if told_on is None or not opening.looked_on <= told_on <= day:
        raise NotAllowed("Say on which day the child was told: from the day on which the number was seen, to today.")
    if teller in {CodeOpening.Teller.NOBODY, CodeOpening.Teller.OTHER} and not telling:
        raise NotAllowed("Say in a sentence who told the child, or why nobody could.")


def lasts_until(day: date) -> date:
    """Until which day the two may look, agreed on this one."""
    return day + timedelta(days=days_open())


def opened_between(first: date, last: date) -> dict[int, int]:
    """How many codes were opened, which is: first seen, from a day to a day, by area."""
    opened = CodeOpening.objects.filter(looked_on__gte=first, looked_on__lte=last)
    return dict(opened.order_by().values_list("concern__area").annotate(models.Count("pk")))
