"""Promises, and those who make them and answer for them."""

from datetime import timedelta

from django.utils import timezone

from feedback.accounts.roles import Role
from feedback.promises.actions import Plan, promise
from feedback.promises.models import Promise
from feedback.promises.policies import Outcome, Said
from tests.factories.people import staff


def officer(area, name="officer"):
    """A participation officer of an area."""
    return staff(name, Role.PARTICIPATION_OFFICER, area=area)


def owner(area, name="owner"):
    """A practitioner who answers for promises."""
    return staff(name, Role.PRACTITIONER, area=area)


def board(area, name="board"):
    """A board officer of an area."""
    return staff(name, Role.BOARD_OFFICER, area=area)


def in_days(days):
    """The day so many days from today."""
    return timezone.localdate() + timedelta(days=days)


def words(*audiences, language="en"):
    """Everybody's words, and those of these audiences."""
    return [
        Said(one, language, f"You said to {one or 'all'}", f"We will for {one or 'all'}") for one in ("", *audiences)
    ]


def told(*audiences, text="Because", language="en"):
    """What is said with a step, to everybody and these audiences."""
    return [Outcome(one, language, f"{text} {one or 'all'}") for one in ("", *audiences)]


def plan(area, *audiences, **given):
    """What an officer wants to promise, to 8 to 11 year olds if nobody else is named."""
    audiences = audiences or ("AGE_8_11",)
    usual = {
        "theme": "came", "owner": owner(area), "shown_as": "The head of visits", "words": words(*audiences),
        "due_on": in_days(10),
    }  # fmt: skip
    return Plan(**{**usual, **given})


def promised(area, *audiences, by=None, **given):
    """Something that was promised."""
    return promise(area, plan(area, *audiences, **given), by=by or officer(area))


def late(area, *audiences, days=12, **given):
    """Something that should have been done so many days ago."""
    made = promised(area, *audiences, **given)
    Promise.objects.filter(pk=made.pk).update(due_on=in_days(-days))
    made.states.update(due_on=in_days(-days))
    made.refresh_from_db()
    return made
