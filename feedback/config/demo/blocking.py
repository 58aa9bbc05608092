"""What gets in the way in an invented area: named by families and staff, worded, published, answered, late, unread."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from django.apps import apps

from feedback.accounts.models import User
from feedback.anonymisation.named_blockages import waiting_blockages
from feedback.promises.blockage_actions import (
    Answer,
    answer_blockage,
    give_blockage,
    join_named,
    publish_blockage,
    word_named,
)
from feedback.promises.blockages import Blockage, BlockageReview, BlockageStep, week_of
from surveys.answering.naming import name_at_desk
from surveys.frame.models import Area

Status = Blockage.Status
FAMILY = "family"


@dataclass(frozen=True)
class DemoBlockage:
    """One thing: what somebody wrote, how many days ago, and what was made of it."""

    wrote: str
    days_ago: int
    words: str = ""
    status: str = ""
    told: str = ""
    due: int | None = None
    namer: str = FAMILY
    # Somebody else wrote the same.
    again: str = ""
    shown_as: str = "Team manager, assessment"


NAMED = (
    DemoBlockage(
        "We told everything to the nurse, then to the duty desk, then to the social worker. Nobody had read it.",
        58,
        "Families have to tell the same story three times before somebody helps.",
        Status.CHANGED,
        "Since October whoever takes the first call writes it down once, and everybody after that reads it first.",
        again="Three workers asked me the same questions in one week.",
    ),
    DemoBlockage(
        "To buy a bus ticket for a contact visit I need two managers to sign. It took nine days.",
        47,
        "A small cost, like a bus ticket for a visit, needs two signatures and takes more than a week.",
        Status.WILL,
        "Team managers will sign for up to £50 by themselves.",
        due=-6,
        namer="staff",
    ),
    DemoBlockage(
        "Our school never hears whether a referral arrived.",
        33,
        "Schools that refer a child do not hear whether it arrived, and what was decided.",
        Status.WILL,
        "Everybody who refers gets an answer within two working days, and a name to call.",
        due=24,
        namer="staff",
        shown_as="Head of the front door",
    ),
    DemoBlockage(
        "Meetings are in the mornings, when I am at work.",
        26,
        "Meetings are at times when parents work, so that they are not there.",
        Status.OPEN,
    ),
    DemoBlockage(
        "The form for one visit has 180 questions. Most of them are the same as last time.",
        40,
        "Writing down a visit takes longer than the visit: the same things are asked on many screens.",
        Status.CANNOT,
        "The program is bought until next year. We wrote down what it must do then, and leave out 40 questions now.",
        namer="staff",
        shown_as="Director’s office",
    ),
    DemoBlockage(
        "You cannot park near the contact centre with a pram.", 9, "The place for visits is hard to reach with a pram."
    ),
    # Screening is careful: this one is with the safeguarding leads first.
    DemoBlockage("Letters come in English only. At home we read Somali.", 8),
    DemoBlockage("When we are short, supervision is the first thing to go. We are always short.", 1, namer="staff"),
)


def somebody_names_what_is_in_the_way(area: Area) -> None:
    """What families and staff wrote; the sweep screens it."""
    for one in NAMED:
        for words in filter(None, (one.wrote, one.again)):
            name_at_desk(area, words, sent_as=uuid.uuid4())


def a_board_is_looked_through(area: Area, *, today: date, officer: User, second: User, owner: User) -> None:
    """Officers read most of it, word it, publish each other’s words, and answer; and something is still unread."""
    _some_time_ago(today)
    keys = {one.words: one.pk for one in waiting_blockages(officer).of(area)}
    for one in NAMED:
        if one.words:
            _to_the_board(one, keys, today=today, officer=officer, second=second, owner=owner)
    _reviewed(area, today, by=second)


def _to_the_board(one: DemoBlockage, keys: dict, *, today: date, officer: User, second: User, owner: User) -> None:
    made = word_named(keys[one.wrote], one.words, by=officer)
    if one.again:
        join_named(keys[one.again], made, by=officer)
    if not one.status:
        return
    publish_blockage(made, words=made.words, by=second)
    if one.status != Status.OPEN:
        give_blockage(made, owner, one.shown_as, by=second)
        # As if it were for later: a day that is over cannot be promised.
        answer_blockage(made, Answer(one.status, one.told, today + timedelta(days=30)), by=owner)
    _put_back(made, one, today)


def _some_time_ago(today: date) -> None:
    """Everything was named on a day of its own, and by whom it says."""
    rows = apps.get_model("responses", "NamedBlockage").objects
    said = {words: one for one in NAMED for words in (one.wrote, one.again) if words}
    for row in rows.all():
        one = said[row.words]
        named_on = today - timedelta(days=one.days_ago)
        rows.filter(pk=row.pk).update(named_on=named_on, namer=one.namer)


def _put_back(made: Blockage, one: DemoBlockage, today: date) -> None:
    """To the days on which it was worded, published and answered."""
    published = week_of(today - timedelta(days=one.days_ago)) + timedelta(days=8)
    BlockageStep.objects.filter(blockage=made).update(on=min(published, today))
    due_on = today + timedelta(days=one.due) if one.due is not None else None
    Blockage.objects.filter(pk=made.pk).update(due_on=due_on)
    answered = min(published + timedelta(days=7), today)
    BlockageStep.objects.filter(blockage=made, status=one.status).exclude(status=Status.OPEN).update(
        on=answered, due_on=due_on
    )


def _reviewed(area: Area, today: date, *, by: User) -> None:
    """Last week, so that this week’s is still to come."""
    BlockageReview.objects.create(area=area, on=week_of(today) - timedelta(days=4), by=by)
