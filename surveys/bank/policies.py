"""Whether the state of a question allows what somebody wants to do with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from wagtail.models import PageLogEntry

from surveys.bank.scales import Scale
from surveys.bank.words import Words, digest_of, how_it_asks
from surveys.instrument.document import digest

# What the log writes when somebody changes a question, and not when they only decide on it.
EDITS = ("wagtail.create", "wagtail.edit", "wagtail.revert", "wagtail.rename", "bank.change_wording")
NOT_YET_APPROVED = (
    "A care council approved the words that are asked now. Save these as a draft, and submit them under Question bank "
    "in the menu; they are asked once a care council approved them and a second adult confirmed."
)
REFUSED = "A care council refused these words. Change them before they are submitted or asked."
LONGEST_REASON = 500


class NotAllowed(ValidationError):
    """Raised when the state of a question does not allow an action; the message is for the person who tried."""


def check_may_move(question: Any, target: str) -> None:
    """Refuses a step that the transition table does not have, and steps of a translation, which has no state."""
    if not question.is_original:
        raise NotAllowed("This is a translation. What is asked is decided on in English.")
    if target not in question.TRANSITIONS[question.status]:
        now, then = (str(state).replace("_", " ") for state in (question.status, target))
        raise NotAllowed(f"This question is {now}, so it cannot become {then}.")


def check_reason(reason: str) -> None:
    """Refuses a step without a word on why."""
    if not reason.strip():
        raise NotAllowed("Say in a sentence why; it stands in the question's history.")


def why_not_second_person(question: Any, *, by) -> str:
    """What makes this person the first and not the second, in a sentence; nothing if they may decide."""
    if question.submitted_by_id == by.pk:
        return "You submitted this question, so someone else must decide on it."
    if question.approved_by_id == by.pk:
        return "You approved this question for a care council, so someone else must confirm it."
    if by.pk in editors_of(question):
        return "You wrote these words or changed them, so someone else must decide on them."
    return ""


def check_second_person(question: Any, *, by) -> None:
    """Refuses that somebody decides on what they submitted or wrote, or decides twice."""
    if problem := why_not_second_person(question, by=by):
        raise NotAllowed(problem)


def editors_of(question: Any) -> set[int]:
    """The ids of those who wrote the question or changed it since it was last confirmed."""
    edits = PageLogEntry.objects.filter(page=question.pk, action__in=EDITS, user__isnull=False)
    if confirmed := _last(question, "bank.confirm"):
        edits = edits.filter(timestamp__gt=confirmed.timestamp)
    return set(edits.values_list("user", flat=True))


def _last(question: Any, action: str) -> PageLogEntry | None:
    return PageLogEntry.objects.filter(page=question.pk, action=action).order_by("-timestamp", "-pk").first()


def left_to(questions: Iterable[Any], *, by) -> list[Any]:
    """Of questions in approval those this person may decide on as far as it goes by who wrote what; in two queries."""
    mine = {"user": by, "action__in": EDITS}
    edited, confirmed = (_last_times(questions, **which) for which in (mine, {"action": "bank.confirm"}))
    written = {pk for pk, last in edited.items() if pk not in confirmed or last > confirmed[pk]}
    return [q for q in questions if q.pk not in written and by.pk not in {q.submitted_by_id, q.approved_by_id}]


def _last_times(questions: Iterable[Any], **which: Any) -> dict[int, datetime]:
    entries = PageLogEntry.objects.filter(page__in=[question.pk for question in questions], **which)
    return dict(entries.order_by().values_list("page_id").annotate(last=Max("timestamp")))


def refused_words(question: Any) -> str:
    """A hash of the words that were sent back last; nothing if none were, or others were confirmed since."""
    refused, confirmed = _last(question, "bank.send_back"), _last(question, "bank.confirm")
    if refused is None or (confirmed and confirmed.timestamp > refused.timestamp):
        return ""
    return refused.data["words"]


def latest(question: Any) -> Any:
    """The question as its last draft has it, which is what is decided on."""
    return question.get_latest_revision_as_object()


def check_may_be_submitted(question: Any) -> None:
    """Refuses words that came back and were not changed, and a question that asks nobody."""
    draft = latest(question)
    if not draft.wordings.all():
        raise NotAllowed("This question has no wording yet. Add one for at least one audience.")
    if digest_of(draft) == refused_words(question):
        raise NotAllowed(REFUSED)


def check_words_may_be_asked(question: Any, said: Words) -> None:
    """Refuses other words in the place of approved ones, and refused words; a translation only says what is asked."""
    if not question.is_original:
        return
    if question.approved_on and said != how_it_asks(question):
        raise NotAllowed(NOT_YET_APPROVED)
    if digest(said) == refused_words(question):
        raise NotAllowed(REFUSED)


def check_may_be_published(question: Any, draft: Any) -> None:
    """The same, of a draft that is stored."""
    check_words_may_be_asked(type(question).objects.get(pk=question.pk), how_it_asks(draft))


def check_may_be_asked(questions: Iterable[Any]) -> None:
    """Refuses a survey of questions that are retired, or of parts of a scale that is asked as a whole."""
    asked = list(questions)
    for problem in (*_retired_in(asked), *_broken_scales(asked)):
        raise NotAllowed(problem)


def _retired_in(asked: list[Any]) -> Iterator[str]:
    for question in asked:
        if question.status == question.Status.RETIRED:
            yield (
                f"The question {question.code} is retired and cannot be asked any more: {question.retired_because} "
                "Take it out of the survey, or choose another from the bank."
            )


def _broken_scales(asked: list[Any]) -> Iterator[str]:
    """A scale holds only what it measures while all of it is asked, in its order."""
    here = [question.pk for question in asked]
    scales = Scale.objects.filter(asked_singly=False, items__question__in=here).distinct()
    for scale in scales.prefetch_related("items__question"):
        whole = [item.question_id for item in scale.items.all()]
        start = here.index(whole[0]) if whole[0] in here else 0
        if here[start : start + len(whole)] != whole:
            yield (
                f"The questions of {scale} are asked together, one after another: {', '.join(scale.codes())}. "
                "Put all of them into the survey in this order, or none."
            )


def check_scale(questions: list[Any], codes: list[str]) -> None:
    """Refuses a scale of fewer than two questions, of one twice, or of what the bank does not have."""
    found = {question.code for question in questions}
    if missing := [code for code in codes if code not in found]:
        raise NotAllowed(f"The bank has no question with the code {missing[0][:63]}.")
    if len(codes) < 2 or len(set(codes)) < len(codes):
        raise NotAllowed("A scale has two questions or more, and each of them once.")
