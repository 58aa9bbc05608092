"""What happens on the board of what is in the way: worded, published by a second person, answered, joined, recalled."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from feedback.anonymisation.blockage_actions import decide_blockage
from feedback.anonymisation.named_blockages import to_decide, waiting_blockages
from feedback.promises import policies
from feedback.promises.blockages import REVIEW, Blockage, BlockageReview, BlockageStep, answers_for, mark_of, week_of
from feedback.promises.models import LONGEST_SHOWN_AS, LONGEST_TOLD, LONGEST_WORDS
from feedback.promises.quoted import released_words
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed, check_may_move
from surveys.instrument.wording import LANGUAGES

Status = Blockage.Status
ANSWERS = (Status.WILL, Status.CHANGED, Status.CANNOT)
MISSING = {
    Status.WILL: "What you will do",
    Status.CHANGED: "What you changed",
    Status.CANNOT: "Why it can’t be changed",
}


@dataclass(frozen=True)
class Answer:
    """What is answered in public: what becomes of it, in which words, and by when."""

    status: str
    text: str
    due_on: date | None = None


@transaction.atomic
def word_named(key: uuid.UUID, words: str, *, language: str = "en", by) -> Blockage:
    """Writes down for everybody what somebody named, in words of ours; another person publishes it."""
    named = to_decide(key, by)
    area = named.area.merged_into or named.area
    made = Blockage.objects.create(
        area=area,
        words=_checked(words, area, "What gets in the way", LONGEST_WORDS),
        language=_spoken(language),
        week=week_of(named.named_on),
        worded_by=by,
    )
    _step(made, by=by)
    decide_blockage(named, joined_to=made.pk, by=by)
    log(made, "promises.word_blockage", user=by)
    return made


@transaction.atomic
def join_named(key: uuid.UUID, blockage: Blockage, *, by) -> None:
    """Says that what somebody named is on the board already; it has waited since the first who named it."""
    _lock(blockage)
    named = to_decide(key, by)
    if blockage.place != (named.area.merged_into or named.area):
        raise NotAllowed("This is the board of another area.")
    if blockage.status not in (Status.WORDED, *Blockage.PUBLIC):
        raise NotAllowed("This is not on the board any more. Choose another, or word it anew.")
    blockage.week = min(blockage.week, week_of(named.named_on))
    blockage.save(update_fields=["week"])
    decide_blockage(named, joined_to=blockage.pk, by=by)
    log(blockage, "promises.join_named", user=by)


@transaction.atomic
def reword_blockage(blockage: Blockage, words: str, *, by) -> None:
    """Changes words that nobody has published yet; who changes them is who worded them, so another publishes them."""
    _lock(blockage)
    _check_reviews(blockage, by)
    if blockage.status != Status.WORDED:
        raise NotAllowed("These words are public, so they stay as they are. Take it off the board, and word it anew.")
    blockage.words = _checked(words, blockage.area, "What gets in the way", LONGEST_WORDS)
    blockage.worded_by = by
    blockage.save(update_fields=["words", "worded_by"])
    log(blockage, "promises.reword_blockage", user=by)


@transaction.atomic
def publish_blockage(blockage: Blockage, *, words: str, by) -> None:
    """Puts onto the board what somebody else worded, as this person read it."""
    _lock(blockage)
    _check_reviews(blockage, by)
    check_may_move(blockage.status, Status.OPEN, Blockage.TRANSITIONS)
    if blockage.worded_by_id == by.pk:
        raise NotAllowed("You worded this, so somebody else publishes it.")
    if words != blockage.words:
        raise NotAllowed("The words were changed in the meantime. Read them again, and then publish them.")
    _check_may_be_said(blockage.words, blockage.area)
    blockage.published_by = by
    _move(blockage, Status.OPEN, by=by)
    log(blockage, "promises.publish_blockage", user=by)


@transaction.atomic
def give_blockage(blockage: Blockage, owner, shown_as: str, *, by) -> None:
    """Says who looks after it, and as whom they are shown."""
    _lock(blockage)
    _check_answers_for(blockage, by)
    _check_is_there(blockage)
    policies.check_owner(owner, blockage.place)
    policies.check_text(policies.clean(shown_as), "How the owner is shown", LONGEST_SHOWN_AS)
    blockage.owner, blockage.shown_as = owner, policies.clean(shown_as)
    blockage.clean_fields(exclude=["owner", "worded_by", "published_by", "area", "joined_to", "due_on"])
    blockage.save(update_fields=["owner", "shown_as"])
    log(blockage, "promises.give_blockage", user=by)


@transaction.atomic
def answer_blockage(blockage: Blockage, answer: Answer, *, by) -> None:
    """Answers in public: we changed it; we will, by a day; or we can’t, because."""
    _lock(blockage)
    _check_answers_for(blockage, by)
    if answer.status not in ANSWERS:
        raise NotAllowed("Choose what you answer.")
    check_may_move(blockage.status, answer.status, Blockage.TRANSITIONS)
    if blockage.owner is None:
        raise NotAllowed("Say first who looks after this, so that everybody knows whose answer it is.")
    text = _checked(answer.text, blockage.area, MISSING[Status(answer.status)], LONGEST_TOLD)
    if answer.status == Status.WILL:
        policies.check_day(answer.due_on, today=timezone.localdate())
    _check_is_new(blockage, answer)
    blockage.due_on = answer.due_on if answer.status == Status.WILL else None
    _move(blockage, answer.status, text, by=by)
    log(blockage, "promises.answer_blockage", user=by)


def _check_is_new(blockage: Blockage, answer: Answer) -> None:
    """A form that is sent twice says everything once."""
    if blockage.status == answer.status and blockage.due_on == answer.due_on:
        raise NotAllowed("This is what everybody reads already. Choose another day, or another answer.")


@transaction.atomic
def join_blockages(blockage: Blockage, other: Blockage, *, by) -> None:
    """Says that two are the same: one stays on the board, since the first of both was named."""
    first, second = sorted([blockage, other], key=lambda one: one.pk)
    _lock(first)
    _lock(second)
    _check_reviews(blockage, by)
    if blockage.pk == other.pk or blockage.place != other.place:
        raise NotAllowed("Choose another of the same area.")
    if other.status not in Blockage.PUBLIC:
        raise NotAllowed("The other one is not on the board. Choose one that everybody reads.")
    check_may_move(blockage.status, Status.JOINED, Blockage.TRANSITIONS)
    other.week = min(other.week, blockage.week)
    other.save(update_fields=["week"])
    blockage.joined_to, blockage.due_on = other, None
    _move(blockage, Status.JOINED, by=by)
    log(blockage, "promises.join_blockages", user=by)


@transaction.atomic
def recall_blockage(blockage: Blockage, because: str, *, by) -> None:
    """Takes something off the board: nobody reads its words any more, only that it was there, and why not now."""
    _lock(blockage)
    _check_reviews(blockage, by)
    was_public = blockage.status in Blockage.PUBLIC
    check_may_move(blockage.status, Status.RECALLED, Blockage.TRANSITIONS)
    text = _checked(because, blockage.area, "Why it is taken off", LONGEST_TOLD) if was_public else ""
    blockage.due_on = None
    _move(blockage, Status.RECALLED, text, by=by)
    log(blockage, "promises.recall_blockage", user=by)


@transaction.atomic
def recall_blockages_again(marks: Collection[str], *, by=None) -> int:
    """Takes off what came back with a backup, and says how many those were; nobody is behind it, so `by` is empty."""
    back = [one for one in Blockage.objects.exclude(status=Status.RECALLED) if mark_of(one) in marks]
    for one in back:
        one.due_on, one.joined_to = None, None
        _move(one, Status.RECALLED, "It had been taken off before.", by=by)
        log(one, "promises.recall_blockage", user=by)
    return len(back)


@transaction.atomic
def finish_review(area: Area, *, by) -> None:
    """Says that the board of an area was looked through; refused while something is unread."""
    if not by.has_perm(REVIEW, area):
        raise PermissionDenied("You have no role in this area that lets you do this.")
    if waiting_blockages(by).of(area).exists():
        raise NotAllowed("Something that was named has not been read yet. Read it first.")
    BlockageReview.objects.get_or_create(area=area, on=timezone.localdate(), defaults={"by": by})
    log(area, "promises.finish_review", user=by)


def _lock(blockage: Blockage) -> None:
    """Whoever acts at the same moment waits, and finds what the first one did."""
    blockage.refresh_from_db(from_queryset=Blockage.objects.select_for_update(of=("self",)))


def _check_reviews(blockage: Blockage, by) -> None:
    if not by.has_perm(REVIEW, blockage.place):
        raise PermissionDenied("You have no role in this area that lets you do this.")


def _check_answers_for(blockage: Blockage, by) -> None:
    if not answers_for(blockage, by):
        raise PermissionDenied("Only who looks after this, and who reviews the board, answers it.")


def _check_is_there(blockage: Blockage) -> None:
    if blockage.status not in (Status.WORDED, *Blockage.PUBLIC):
        raise NotAllowed("This is not on the board any more.")


def _spoken(language: str) -> str:
    if language not in LANGUAGES:
        raise NotAllowed("Choose the language in which it is written.")
    return language


def _checked(text: str, area: Area, what: str, longest: int) -> str:
    kept = policies.clean(text.encode("utf-8", "replace").decode("utf-8"))
    try:
        policies.check_text(kept, what, longest)
    except ValidationError as problem:
        raise NotAllowed(" ".join(problem.messages)) from problem
    _check_may_be_said(kept, area)
    return kept


def _check_may_be_said(text: str, area: Area) -> None:
    """Words of those who wrote are told in ours, or stand in a quote that anybody can read now."""
    policies.check_quotes_only([text], released_words(area))


def _move(blockage: Blockage, status: str, text: str = "", *, by) -> None:
    blockage.status = status
    blockage.save()
    _step(blockage, text, by=by)


def _step(blockage: Blockage, text: str = "", *, by) -> None:
    BlockageStep.objects.create(
        blockage=blockage,
        number=blockage.steps.count() + 1,
        status=blockage.status,
        text=text,
        due_on=blockage.due_on,
        by=by,
        on=timezone.localdate(),
    )
