"""A focus group and an interview in an invented area: one is told as talk, the other is still on its way."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

from django.apps import apps

from feedback.accounts.models import User
from feedback.anonymisation.rehearsing import read_talks_that_wait
from feedback.anonymisation.talk_actions import (
    USABLE,
    Marked,
    Recorded,
    Said,
    decide_talk_text,
    keep_up_with_talks,
    read_talk_text,
    record_talk,
)
from feedback.anonymisation.telling_talk import Size, TalkKind, quarters_to_choose, waiting_texts
from surveys.frame.models import Area

# Screening notices nothing in these, so that the worries of the demo stay those that it is about.
FOCUS_GROUP = (
    Said(
        "same_worker",
        "Most of them said that they see a new worker too often.",
        "It helps when the new worker has read the plan.",
        "AGE_12_17",
    ),
    Said(
        "say",
        "They want to know before a meeting what will be talked about, and who comes.",
        "I would say more if I knew the questions before.",
        "AGE_12_17",
    ),
    Said("came", "Most would like a text message when somebody is late."),
)
INTERVIEW = (
    Said(
        "conference",
        "A parent found the conference long, and was glad of a break in the middle.",
        "When somebody explained the letters to me, I could follow.",
        "PARENT_CARER",
    ),
)


def people_talk_together(area: Area, *, today: date, recorders: tuple[User, User], lead: User, moderator: User) -> None:
    """A focus group last quarter, decided on and told; and an interview of this one, of which a quote still waits."""
    last_quarter = quarters_to_choose(today)[1]
    officer, worker = recorders
    _record(area, TalkKind.FOCUS_GROUP, last_quarter, {"AGE_12_17": Size.MANY}, FOCUS_GROUP, by=officer)
    # Written down before this quarter began, so that it is told now.
    apps.get_model("responses", "Talk").objects.filter(area=area).update(recorded_on=_day_before_quarter(today))
    read_talks_that_wait(area, by=lead)
    for key in list(waiting_texts(moderator).values_list("pk", flat=True)):
        _is_usable(key, moderator)
    keep_up_with_talks()
    _record(area, TalkKind.INTERVIEW, quarters_to_choose(today)[0], {"PARENT_CARER": Size.FEW}, INTERVIEW, by=worker)
    read_talks_that_wait(area, by=lead)
    _is_usable(waiting_texts(moderator).values_list("pk", flat=True)[0], moderator)


def _record(area: Area, kind: str, quarter: str, people: dict[str, str], said: tuple[Said, ...], *, by: User) -> None:
    recorded = Recorded(
        kind=kind, quarter=quarter, people=people, said=said, is_about_me=False, agreed=True, words_agreed=True
    )
    record_talk(area, recorded, sent_as=uuid.uuid4(), by=by)


def _is_usable(key: uuid.UUID, moderator: User) -> None:
    """With what redaction proposes to leave out."""
    shown = read_talk_text(key, by=moderator)
    decide_talk_text(key, USABLE, Marked({piece.number for piece in shown.pieces if piece.label}), by=moderator)


def _day_before_quarter(today: date) -> date:
    return date(today.year, today.month - (today.month - 1) % 3, 1) - timedelta(days=20)
