"""Children's questions as anybody may read them: with the answer, or with how long they have waited for one."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from feedback.anonymisation.quotable import marks_that_stand, may_be_asked, words_by_mark
from feedback.promises.child_questions import (
    ANSWER,
    APPROVE,
    DAYS_TO_ANSWER,
    LET_OUT,
    ChildQuestion,
    QuestionAnswer,
)
from feedback.promises.reading import ENGLISH, Told
from surveys.design.frozen import instrument_of
from surveys.frame.models import Area

# What a question in our languages has in it, so that those are offered first; a person says what is one.
MARKS_OF_A_QUESTION = ("?", "؟")


@dataclass(frozen=True)
class AskedBack:
    """One question of a child, as it is read."""

    key: uuid.UUID
    asked: Told
    answer: Told
    answered_on: date | None
    days_waited: int

    @property
    def is_overdue(self) -> bool:
        """Whether staff should have answered it by now."""
        return not self.answer and self.days_waited > DAYS_TO_ANSWER


def questions_of(area: Area, *, language: str = ENGLISH, today: date | None = None) -> list[AskedBack]:
    """The questions of an area that may be read now: the newest answers first, then what waits, the longest first."""
    today = today or timezone.localdate()
    found = list(ChildQuestion.objects.of(area).public().select_related("area").prefetch_related("replies"))
    stand = {place: marks_that_stand(place) for place in {one.area for one in found}}
    told = [_told(one, language, today) for one in found if one.mark in stand[one.area]]
    answered = sorted((one for one in told if one.answered_on), key=lambda one: one.answered_on or today, reverse=True)
    return [*answered, *sorted((one for one in told if not one.answered_on), key=lambda one: -one.days_waited)]


def _told(question: ChildQuestion, language: str, today: date) -> AskedBack:
    answer = _answer_in(language, question.replies.all())
    asked = Told(question.words, question.language)
    if answer and answer.asked and answer.language == language:
        asked = Told(answer.asked, language)
    return AskedBack(
        key=question.pk,
        asked=asked,
        answer=Told(answer.text, answer.language) if answer else Told(),
        answered_on=answer.decided_on if answer else None,
        days_waited=question.days_waited(today),
    )


def _answer_in(language: str, answers: Iterable[QuestionAnswer]) -> QuestionAnswer | None:
    """The newest answer that is out in the reader's language; else in English, else in any."""
    out = [one for one in answers if one.status == QuestionAnswer.Status.APPROVED]
    newest = {one.language: one for one in out}
    return newest.get(language) or newest.get(ENGLISH) or (out[-1] if out else None)


@dataclass(frozen=True)
class MayBeAsked:
    """A usable comment that may be a question, for whoever marks them."""

    mark: str
    words: str
    asked: str
    language: str
    is_talk: bool


def comments_to_ask(area: Area, *, words: str = "") -> list[MayBeAsked]:
    """What may be a question: what has the sign of one first; nothing that ever was marked. Callers log the look."""
    found = may_be_asked(area)
    taken = set(ChildQuestion.objects.filter(mark__in=[one.mark for one in found]).values_list("mark", flat=True))
    said, wanted = words_by_mark(found), words.casefold().split()
    offered = [
        MayBeAsked(one.mark, said[one.mark], _asked(one), one.language, one.is_talk)
        for one in found
        if one.mark not in taken and all(word in said.get(one.mark, "").casefold() for word in wanted)
    ]
    return sorted(offered, key=lambda one: not any(sign in one.words for sign in MARKS_OF_A_QUESTION))


def _asked(one) -> str:
    return instrument_of(one.edition_id).item(one.item).texts[ENGLISH]


@dataclass(frozen=True)
class QuestionsWaiting:
    """How many of each kind wait for one person, and for how many days the longest."""

    to_let_out: int = 0
    to_answer: int = 0
    overdue: int = 0
    to_approve: int = 0


def questions_waiting(user, *, today: date | None = None) -> QuestionsWaiting:
    """What of children's questions waits for a person."""
    today = today or timezone.localdate()
    to_answer = ChildQuestion.objects.visible_to(user, ANSWER).to_answer()
    late = to_answer.filter(let_out_on__lt=today - timedelta(days=DAYS_TO_ANSWER))
    written = QuestionAnswer.objects.filter(
        status=QuestionAnswer.Status.WRITTEN, question__in=ChildQuestion.objects.visible_to(user, APPROVE).standing()
    )
    return QuestionsWaiting(
        to_let_out=ChildQuestion.objects.visible_to(user, LET_OUT).to_let_out_by(user).count(),
        to_answer=to_answer.count(),
        overdue=late.count(),
        to_approve=written.exclude(by=user).count(),
    )
