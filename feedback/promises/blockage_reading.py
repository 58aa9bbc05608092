"""The board of what gets in the way as anybody may read it: what was named, answered, and how many days it waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from feedback.promises.blockages import Blockage, BlockageReview, BlockageStep
from feedback.promises.reading import Standing, Told
from surveys.frame.models import Area

Status = Blockage.Status
# Taken off the board for so many days, it is still said that there was something.
RECALLED_SHOWN_DAYS = 90


@dataclass(frozen=True)
class BlockageAnswer:
    """One thing that was answered: when, what, and by when."""

    status: str
    on: date
    told: Told
    due_on: date | None = None


@dataclass(frozen=True)
class BlockageInformation:
    """Everything that is told of one thing that gets in the way; never by how many it was named."""

    number: int
    status: str
    named: Told
    week: date
    owner: str
    due_on: date | None
    days_waited: int
    days_late: int
    answers: tuple[BlockageAnswer, ...] = ()

    @property
    def is_unanswered(self) -> bool:
        """Whether nobody has answered it."""
        return self.status == Status.OPEN

    @property
    def is_overdue(self) -> bool:
        """Whether what was promised should have been done by now."""
        return self.days_late > 0

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.status == Status.WILL

    @property
    def answer(self) -> BlockageAnswer | None:
        """What was answered last."""
        return self.answers[-1] if self.answers else None

    @property
    def earlier(self) -> tuple[BlockageAnswer, ...]:
        """What was answered before that."""
        return self.answers[:-1]


def blockages_of(area: Area, *, today: date | None = None) -> list[BlockageInformation]:
    """What stands on the board of an area, what has waited longest first."""
    today = today or timezone.localdate()
    found = Blockage.objects.of(area).filter(status__in=[*Blockage.PUBLIC, Status.RECALLED])
    standing = Standing()
    told = [_told(one, today, standing) for one in found.select_related("area").prefetch_related("steps")]
    return [one for one in told if one is not None]


def _told(blockage: Blockage, today: date, standing: Standing) -> BlockageInformation | None:
    steps = list(blockage.steps.all())
    published = [step for step in steps if step.status == Status.OPEN]
    recalled = blockage.status == Status.RECALLED
    # What was never public, or was taken off long ago, is not spoken of.
    if not published or (recalled and (today - steps[-1].on).days > RECALLED_SHOWN_DAYS):
        return None
    answers = [step for step in steps if step.status not in (Status.WORDED, Status.OPEN)]
    return BlockageInformation(
        number=blockage.pk,
        status=blockage.status,
        # What was taken off may have said too much: only the reason is told.
        named=Told() if recalled else standing.told(blockage.words, blockage.language, blockage.area),
        week=blockage.week,
        owner=blockage.shown_as,
        due_on=blockage.due_on,
        days_waited=waited(blockage, answers, today),
        days_late=blockage.days_late(today),
        answers=tuple(_answer(step, standing, blockage) for step in answers[-1 if recalled else 0 :]),
    )


def waited(blockage: Blockage, answers: list[BlockageStep], today: date) -> int:
    """How many days it waited for its first answer, or has waited so far; from the Monday of the week it was named."""
    until = answers[0].on if answers else today
    return max((until - blockage.week).days, 0)


def _answer(step: BlockageStep, standing: Standing, blockage: Blockage) -> BlockageAnswer:
    return BlockageAnswer(step.status, step.on, standing.told(step.text, "en", blockage.area), step.due_on)


def last_review(area: Area) -> date | None:
    """When somebody last looked through the whole board of an area."""
    return BlockageReview.objects.filter(area=area).values_list("on", flat=True).first()
