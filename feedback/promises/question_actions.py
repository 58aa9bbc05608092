"""What happens to children's questions: marked, let out by a second person, answered by two, and recalled for good."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log

from feedback.anonymisation.quotable import mark_of, may_be_asked
from feedback.anonymisation.quotable_actions import hold_words, strike_words
from feedback.promises import question_policies as policies
from feedback.promises.child_questions import (
    ANSWER,
    APPROVE,
    BY_PEOPLE,
    LET_OUT,
    LONGEST_REASON,
    MARK,
    ChildQuestion,
    QuestionAnswer,
)
from feedback.promises.question_policies import Draft
from feedback.releases.quote_actions import recall_said_elsewhere
from feedback.releases.quotes import Quote
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed, check_is_an_area_still, check_may_move

Status, Written = ChildQuestion.Status, QuestionAnswer.Status
TAKEN = "Somebody has marked this as a question already."
NOT_OFFERED = "This text is not offered any more: it was taken back, recalled, or somebody is worried about it."


def _check(by, place: Area, *permissions: str) -> None:
    if not any(by.has_perm(permission, place) for permission in permissions):
        raise PermissionDenied("You have no role in this area that lets you do this.")


def _lock(question: ChildQuestion) -> None:
    """Two may act at the same moment; the second sees what the first did."""
    found = ChildQuestion.objects.select_for_update(of=("self",)).select_related("area__merged_into")
    try:
        question.refresh_from_db(from_queryset=found)
    except ChildQuestion.DoesNotExist:
        raise NotAllowed(policies.GONE) from None


def _move(question: ChildQuestion, status: str) -> None:
    check_may_move(question.status, status, ChildQuestion.TRANSITIONS)
    question.status = status


@transaction.atomic
def look_for_questions(area: Area, *, by) -> None:
    """Says in the log that somebody looks through usable comments for questions."""
    _check(by, area, MARK)
    log(area, "promises.look_for_questions", user=by)


@transaction.atomic
def look_at_questions(area: Area, *, by) -> None:
    """Says in the log that somebody reads questions that nobody has let out yet."""
    _check(by, area, MARK, LET_OUT)
    log(area, "promises.look_at_questions", user=by)


@transaction.atomic
def mark_question(area: Area, mark: str, *, by) -> ChildQuestion:
    """Makes a usable comment, named by its mark, a question; nobody reads it before a second person lets it out."""
    _check(by, area, MARK)
    check_is_an_area_still(area)
    found = next((one for one in may_be_asked(area) if one.mark == mark), None)
    words = hold_words(found.key, by=by) if found else ""
    if found is None or not words:
        raise NotAllowed(NOT_OFFERED)
    question = ChildQuestion(
        area=area, words=words, audience=found.audience, language=found.language, mark=mark, marked_by=by,
        marked_on=timezone.localdate(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            question.save(force_insert=True)
    except IntegrityError:
        raise NotAllowed(TAKEN) from None
    log(area, "promises.mark_question", user=by)
    return question


@transaction.atomic
def let_question_out(question: ChildQuestion, *, by) -> None:
    """Says as the second person that nobody can be told from it; from now on everybody sees how long it waits."""
    _lock(question)
    _check(by, question.place, LET_OUT)
    _move(question, Status.WAITING)
    if question.marked_by_id == by.pk:
        raise NotAllowed("You marked this question, so somebody else lets it out.")
    policies.check_stands(question)
    question.let_out_by, question.let_out_on = by, timezone.localdate()
    question.save()
    log(question.area, "promises.let_question_out", user=by)


@transaction.atomic
def unmark_question(question: ChildQuestion, *, by) -> None:
    """Says that it is no question after all; nobody has read it, and the comment stays what it was."""
    _lock(question)
    _check(by, question.place, MARK, LET_OUT)
    if question.status != Status.MARKED:
        raise NotAllowed("Everybody can read this question by now. Recall it instead.")
    question.delete()
    log(question.area, "promises.unmark_question", user=by)


@transaction.atomic
def write_answer(question: ChildQuestion, draft: Draft, *, by) -> QuestionAnswer:
    """Writes an answer in one language, for a second person to let out."""
    _lock(question)
    _check(by, question.place, ANSWER)
    if question.status not in {Status.WAITING, Status.ANSWERED}:
        raise NotAllowed("A second person lets this question out first.")
    policies.check_stands(question)
    tidy = policies.check_answer(question, draft)
    if question.replies.filter(language=tidy.language, status=Written.WRITTEN).exists():
        raise NotAllowed("An answer in this language waits for a second person already.")
    answer = QuestionAnswer.objects.create(
        question=question, number=question.replies.count() + 1, language=tidy.language, asked=tidy.asked,
        text=tidy.text, by=by, on=timezone.localdate(),
    )  # fmt: skip
    log(question.area, "promises.answer_question", user=by)
    return answer


def _hold(answer: QuestionAnswer, *, by) -> ChildQuestion:
    """The question first, as everybody locks them."""
    question = answer.question
    _lock(question)
    answer.refresh_from_db()
    answer.question = question
    _check(by, question.place, APPROVE)
    return question


def _decide(answer: QuestionAnswer, status: str, *, by, reason: str = "") -> None:
    check_may_move(answer.status, status, QuestionAnswer.TRANSITIONS)
    answer.status, answer.reason = status, reason
    answer.decided_by, answer.decided_on = by, timezone.localdate()
    answer.save()


@transaction.atomic
def approve_answer(answer: QuestionAnswer, *, by) -> None:
    """Lets an answer out as the second person, or for the care council."""
    question = _hold(answer, by=by)
    policies.check_stands(question)
    policies.check_is_second(answer, by)
    _decide(answer, Written.APPROVED, by=by)
    if question.status == Status.WAITING:
        _move(question, Status.ANSWERED)
        question.save()
    log(question.area, "promises.approve_answer", user=by)


@transaction.atomic
def send_answer_back(answer: QuestionAnswer, reason: str, *, by) -> None:
    """Sends an answer back, also one that is out; where none is left, the question waits again."""
    question = _hold(answer, by=by)
    policies.check_is_second(answer, by)
    _decide(answer, Written.RETURNED, by=by, reason=policies.check_reason(reason, LONGEST_REASON))
    if question.status == Status.ANSWERED and not question.replies.filter(status=Written.APPROVED).exists():
        _move(question, Status.WAITING)
        question.save()
    log(question.area, "promises.send_answer_back", user=by)


@transaction.atomic
def recall_question(question: ChildQuestion, *, because: str, by) -> None:
    """Takes a question back for good, everywhere: its words go here, in the comment and where they are quoted."""
    _check(by, question.place, MARK, LET_OUT)
    if because not in BY_PEOPLE:
        raise NotAllowed("Say why, so that the others can learn from it.")
    if question.mark:
        # Comments before what is made of them, as everybody locks them.
        strike_words(question.area, {question.mark}, by=by)
    _lock(question)
    mark = question.mark
    _recall(question, because, by=by)
    if mark:
        recall_said_elsewhere(mark, because=because, by=by)
    log(question.area, "promises.recall_question", user=by, data={"because": because})


def _recall(question: ChildQuestion, because: str, *, by=None, keeps_mark: bool = True) -> None:
    _move(question, Status.RECALLED)
    question.words, question.audience, question.because = "", "", because
    question.recalled_by, question.recalled_on = by, timezone.localdate()
    # As long as the comment is there, its mark keeps it from coming back.
    question.mark = question.mark if keeps_mark else None
    question.save()
    # An answer says what was asked.
    question.replies.update(asked="", text="", reason="")


@transaction.atomic
def recall_again(question: ChildQuestion, *, because: str, by=None) -> None:
    """Recalls a question that came back with a backup; nobody is behind it, so `by` is empty."""
    if question.mark:
        strike_words(question.area, {question.mark}, by=by)
    _recall(question, because, by=by)
    log(question.area, "promises.recall_question", user=by, data={"because": because})


@transaction.atomic
def recall_fallen_questions(keys: Collection[uuid.UUID], *, is_erased: bool, by=None) -> None:
    """Recalls what was asked in these comments, which are erased or decided on anew; nobody has to ask for it."""
    because = Quote.Reason.TAKEN_BACK if is_erased else Quote.Reason.DECIDED_ANEW
    marks = [mark_of(key) for key in keys]
    for question in ChildQuestion.objects.select_for_update(of=("self",)).filter(mark__in=marks):
        if question.status != Status.RECALLED:
            _recall(question, because, by=by, keeps_mark=not is_erased)
        elif is_erased:
            question.mark = None
            question.save()


@transaction.atomic
def recall_worrying_questions(*, by=None) -> None:
    """Recalls for good what must not be shown any more, which no page shows already; the sweep has nobody behind it."""
    standing = ChildQuestion.objects.standing()
    for question in standing.select_for_update(of=("self",)).select_related("area"):
        if not policies.stands(question):
            _recall(question, Quote.Reason.WORRY, by=by)


@transaction.atomic
def erase_questions_of(area: Area, *, by=None) -> None:
    """Every question of a fictional area, when all its answers are erased."""
    ChildQuestion.objects.filter(area=area).delete()
