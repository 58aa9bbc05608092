"""The boards as staff see them: what waits to be read, for a second person, and for an answer, and for how long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

from feedback.anonymisation.named_blockages import waiting_blockages
from feedback.promises.blockage_reading import last_review
from feedback.promises.blockages import A_WEEK, REVIEW, SEE, Blockage, BlockageQuerySet, BlockageReview, week_of
from feedback.promises.models import OWN
from surveys.frame.models import Area

Status = Blockage.Status


@dataclass
class Board:
    """The board of one area, as somebody at the desk sees it."""

    area: Area
    to_read: list = field(default_factory=list)
    blockages: list[Blockage] = field(default_factory=list)
    reviewed_on: date | None = None
    reviews: bool = False

    def _of(self, *states: str) -> list[Blockage]:
        return [one for one in self.blockages if one.status in states]

    @property
    def this_week(self) -> list:
        """What was named since Monday."""
        return [one for one in self.to_read if one.named_on >= week_of(timezone.localdate())]

    @property
    def from_before(self) -> list:
        """What was named before, and waits still."""
        return [one for one in self.to_read if one not in self.this_week]

    @property
    def oldest_days(self) -> int:
        """For how many days the oldest has waited to be read."""
        return max((days_since(one.named_on) for one in self.to_read), default=0)

    @property
    def worded(self) -> list[Blockage]:
        """What waits for a second person."""
        return self._of(Status.WORDED)

    @property
    def unanswered(self) -> list[Blockage]:
        """What everybody reads, and nobody has answered."""
        return self._of(Status.OPEN)

    @property
    def promised(self) -> list[Blockage]:
        """What is still to be done, the latest first."""
        return sorted(self._of(Status.WILL), key=lambda one: one.due_on)

    @property
    def answered(self) -> list[Blockage]:
        """What was changed, or cannot be."""
        return self._of(Status.CHANGED, Status.CANNOT)


def days_since(day: date) -> int:
    """How many days ago a day was."""
    return (timezone.localdate() - day).days


def boards_for(user) -> list[Board]:
    """The board of each area of this person."""
    reviewing = set(user.areas_held(REVIEW))
    boards = {
        area.pk: Board(area, reviews=area.pk in reviewing, reviewed_on=last_review(area))
        for area in Area.objects.visible_to(user, SEE).filter(merged_into=None)
    }
    for one in waiting_blockages(user).select_related("area"):
        if board := boards.get(one.area.merged_into_id or one.area_id):
            board.to_read.append(one)
    found = Blockage.objects.visible_to(user, SEE).exclude(status__in=[Status.JOINED, Status.RECALLED])
    for one in found.select_related("area", "owner", "worded_by"):
        if (board := boards.get(one.area.merged_into_id or one.area_id)) and (
            board.reviews or one.status != Status.WORDED
        ):
            board.blockages.append(one)
    return list(boards.values())


def seen_by(user) -> BlockageQuerySet:
    """All that this person may see at the desk, with its steps."""
    found = Blockage.objects.visible_to(user, SEE)
    return found.select_related("area__merged_into", "owner", "worded_by", "joined_to").prefetch_related("steps__by")


def same_as_named(area: Area) -> list[Blockage]:
    """What something that was named in an area may be the same as."""
    return list(Blockage.objects.of(area).filter(status__in=[Status.WORDED, *Blockage.PUBLIC]))


def same_as(blockage: Blockage) -> list[Blockage]:
    """What something of the board may be the same as: what everybody reads."""
    return list(Blockage.objects.of(blockage.place).public().exclude(pk=blockage.pk))


def what_waits(user) -> Iterator[str]:
    """What of the boards waits for one person, a sentence for each kind."""
    if many := waiting_blockages(user).count():
        yield f"{many} to read."
    worded = Blockage.objects.visible_to(user, REVIEW).filter(status=Status.WORDED).exclude(worded_by=user)
    if many := worded.count():
        yield f"{many} worded by others, to be published."
    own = Blockage.objects.visible_to(user, OWN).owned_by(user)
    if many := own.unanswered().count():
        yield f"{many} that you look after, not answered."
    if many := own.filter(status=Status.WILL, due_on__lt=timezone.localdate()).count():
        yield f"{many} that you look after, late."
    for area in _not_reviewed(user):
        yield f"Nobody has looked through the board of {area} for a week."


def _not_reviewed(user) -> list[Area]:
    """The areas with something on the board that nobody has looked through for a week."""
    since = timezone.localdate() - timedelta(days=A_WEEK)
    lately = BlockageReview.objects.filter(on__gt=since).values("area")
    waits = Blockage.objects.filter(status__in=[Status.OPEN, Status.WILL]).values("area")
    areas = Area.objects.visible_to(user, REVIEW).filter(merged_into=None, pk__in=waits)
    return list(areas.exclude(pk__in=lately))
