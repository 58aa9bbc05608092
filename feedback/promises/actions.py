"""What happens to promises: they are made, moved, kept or not, doubted, made again, and taken back; never deleted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log

from feedback.promises import policies
from feedback.promises.models import (
    DOUBT,
    EVERYBODY,
    PROMISE,
    Promise,
    PromiseDoubt,
    PromiseState,
    PromiseWords,
    StateWords,
)
from feedback.promises.policies import Outcome, Said
from feedback.promises.quoted import released_words
from feedback.releases.models import Release
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed, check_is_an_area_still, check_may_move

Status = Promise.Status


@dataclass(frozen=True)
class Plan:
    """What somebody wants to promise: about what, to whom in which words, who answers for it, and by which day.

    With `because` it is said from the start that it cannot be done, and no day is needed.
    """

    theme: str
    owner: object
    shown_as: str
    words: Sequence[Said]
    due_on: date | None = None
    language: str = "en"
    release: Release | None = None
    question: str = ""
    because: Sequence[Outcome] = ()


@transaction.atomic
def promise(area: Area, plan: Plan, *, by) -> Promise:
    """Promises something in an area, or says from the start that it cannot be done, and why."""
    if not by.has_perm(PROMISE, area):
        raise PermissionDenied("You have no role in this area that lets you do this.")
    check_is_an_area_still(area)
    today, words = timezone.localdate(), [_tidy(said) for said in plan.words]
    because = _told(plan.because)
    _check_plan(area, plan, words, because, today)
    made = Promise(
        area=area,
        theme=plan.theme,
        language=plan.language,
        release=plan.release,
        question=plan.question,
        owner=plan.owner,
        shown_as=policies.clean(plan.shown_as),
        due_on=None if because else plan.due_on,
        status=Status.CANNOT if because else Status.MADE,
        made_on=today,
        made_by=by,
    )
    made.full_clean(validate_constraints=False)
    made.save()
    _word(made, words, by=by)
    _step(made, because, by=by)
    log(made, "promises.promise", user=by)
    return made


def _check_plan(area: Area, plan: Plan, words: Sequence[Said], because: Sequence[Outcome], today: date) -> None:
    released = released_words(area)
    policies.check_owner(plan.owner, area)
    policies.check_cites(area, plan.release, plan.question)
    policies.check_words(words, plan.language, is_promised=not because, released=released)
    policies.check_text(policies.clean(plan.shown_as), "How the owner is shown", 80)
    if because:
        audiences = {said.audience for said in words}
        policies.check_outcome(because, audiences, plan.language, what="Say why it cannot be done.", released=released)
    else:
        policies.check_day(plan.due_on, today=today)


@transaction.atomic
def keep(promise: Promise, told: Sequence[Outcome], *, by) -> None:
    """Says that a promise was kept, and what was done."""
    _end(promise, Status.KEPT, told, "Say what was done.", by=by)
    log(promise, "promises.keep", user=by)


@transaction.atomic
def say_cannot(promise: Promise, told: Sequence[Outcome], *, by) -> None:
    """Says that a promise cannot be kept, and why."""
    _end(promise, Status.CANNOT, told, "Say why it cannot be done.", by=by)
    log(promise, "promises.say_cannot", user=by)


def _end(promise: Promise, status: str, told: Sequence[Outcome], what: str, *, by) -> None:
    _lock(promise)
    _check_answers_for(promise, by)
    check_may_move(promise.status, status, Promise.TRANSITIONS)
    said = _checked(promise, told, what)
    promise.status = status
    promise.save(update_fields=["status"])
    _end_doubts(promise)
    _step(promise, said, by=by)


@transaction.atomic
def move_day(promise: Promise, due_on: date | None, told: Sequence[Outcome], *, by) -> None:
    """Moves the day of a promise, with a reason that children read."""
    _lock(promise)
    _check_answers_for(promise, by)
    if promise.status != Status.MADE:
        raise NotAllowed("Only a promise that is still to be kept has a day that can be moved.")
    _move(promise, due_on, told, "Say why it is another day.", by=by)
    log(promise, "promises.move_day", user=by)


@transaction.atomic
def promise_again(promise: Promise, due_on: date | None, told: Sequence[Outcome], *, by) -> None:
    """Promises again what was said to be done, or impossible, and was not; with a reason that children read."""
    _lock(promise)
    _check_answers_for(promise, by)
    check_may_move(promise.status, Status.MADE, Promise.TRANSITIONS)
    _check_has_something_to_do(promise)
    _move(promise, due_on, told, "Say why it is promised again.", by=by)
    log(promise, "promises.promise_again", user=by)


def _check_has_something_to_do(promise: Promise) -> None:
    if promise.words.filter(we_will="").exists():
        raise NotAllowed("It was said from the start that this cannot be done. Make a new promise instead.")


def _move(promise: Promise, due_on: date | None, told: Sequence[Outcome], what: str, *, by) -> None:
    policies.check_day(due_on, today=timezone.localdate())
    if promise.status == Status.MADE and due_on == promise.due_on:
        raise NotAllowed("This is the day that holds already.")
    said = _checked(promise, told, what)
    promise.status, promise.due_on = Status.MADE, due_on
    promise.save(update_fields=["status", "due_on"])
    _end_doubts(promise)
    _step(promise, said, by=by)


@transaction.atomic
def take_back(promise: Promise, told: Sequence[Outcome], *, by) -> None:
    """Takes back a promise that was a mistake; it stays to be seen, with the reason."""
    _lock(promise)
    if not by.has_perm(PROMISE, promise.place):
        raise PermissionDenied("You have no role in this area that lets you do this.")
    check_may_move(promise.status, Status.TAKEN_BACK, Promise.TRANSITIONS)
    said = _checked(promise, told, "Say why it is taken back.")
    promise.status = Status.TAKEN_BACK
    promise.save(update_fields=["status"])
    _end_doubts(promise)
    _step(promise, said, by=by)
    log(promise, "promises.take_back", user=by)


@transaction.atomic
def hand_over(promise: Promise, owner, shown_as: str, *, by) -> None:
    """Gives a promise to another owner, who is shown as they agreed."""
    _lock(promise)
    _check_answers_for(promise, by)
    policies.check_owner(owner, promise.place)
    policies.check_text(policies.clean(shown_as), "How the owner is shown", 80)
    promise.owner, promise.shown_as = owner, policies.clean(shown_as)
    promise.full_clean(validate_constraints=False)
    promise.save(update_fields=["owner", "shown_as"])
    log(promise, "promises.hand_over", user=by)


@transaction.atomic
def add_words(promise: Promise, words: Sequence[Said], told: Sequence[Outcome] = (), *, by) -> None:
    """Adds words in another language, of the promise and of what came of it last; what is there stays as it is."""
    _lock(promise)
    if not by.has_perm(PROMISE, promise.place):
        raise PermissionDenied("You have no role in this area that lets you do this.")
    is_promised = not promise.words.filter(we_will="").exists()
    released, fresh = released_words(promise.area), [_tidy(said) for said in words]
    for said in fresh:
        policies.check_one(said, is_promised=is_promised, released=released)
    try:
        with transaction.atomic():
            _word(promise, fresh, by=by)
            _word_step(promise.states.last(), _told(told))
    except IntegrityError as problem:
        raise NotAllowed(
            "There are words for this audience in this language already. They stay as they are."
        ) from problem
    log(promise, "promises.add_words", user=by)


@transaction.atomic
def doubt(promise: Promise, *, by) -> None:
    """Says for the care council that it does not think a promise was kept."""
    _lock(promise)
    _check_may_doubt(promise, by)
    if promise.status != Status.KEPT:
        raise NotAllowed("Nobody has said that this was done.")
    if promise.doubts.filter(ended_on=None).exists():
        raise NotAllowed("The care council has said so already.")
    PromiseDoubt.objects.create(promise=promise, by=by, on=timezone.localdate())
    log(promise, "promises.doubt", user=by)


@transaction.atomic
def end_doubt(promise: Promise, *, by) -> None:
    """Says for the care council that it thinks now that a promise was kept."""
    _lock(promise)
    _check_may_doubt(promise, by)
    if not _end_doubts(promise):
        raise NotAllowed("The care council has not said that it doubts this.")
    log(promise, "promises.end_doubt", user=by)


def _end_doubts(promise: Promise) -> int:
    return promise.doubts.filter(ended_on=None).update(ended_on=timezone.localdate())


def _check_may_doubt(promise: Promise, by) -> None:
    if not by.has_perm(DOUBT, promise.place):
        raise PermissionDenied("Only the care council of this area says so.")


def _check_answers_for(promise: Promise, by) -> None:
    if not policies.answers_for(promise, by):
        raise PermissionDenied("Only the owner of a promise and the board officers of its area say what came of it.")


def _lock(promise: Promise) -> None:
    """Whoever acts at the same moment waits, and finds what the first one did."""
    promise.refresh_from_db(from_queryset=Promise.objects.select_for_update(of=("self",)))


def _tidy(said: Said) -> Said:
    return Said(said.audience, said.language, policies.clean(said.you_said), policies.clean(said.we_will))


def _told(told: Iterable[Outcome]) -> list[Outcome]:
    tidy = [Outcome(one.audience, one.language, policies.clean(one.text)) for one in told]
    return [one for one in tidy if one.text]


def _checked(promise: Promise, told: Iterable[Outcome], what: str) -> list[Outcome]:
    said = _told(told)
    audiences = set(promise.words.values_list("audience", flat=True)) | {EVERYBODY}
    released = released_words(promise.area)
    policies.check_outcome(said, audiences, promise.language, what=what, released=released)
    return said


def _word(promise: Promise, words: Iterable[Said], *, by) -> None:
    today = timezone.localdate()
    for said in words:
        PromiseWords.objects.create(
            promise=promise,
            audience=said.audience,
            language=said.language,
            you_said=said.you_said,
            we_will=said.we_will,
            by=by,
            on=today,
        )


def _step(promise: Promise, told: Iterable[Outcome], *, by) -> None:
    number = promise.states.count() + 1
    state = PromiseState.objects.create(
        promise=promise,
        number=number,
        status=promise.status,
        due_on=promise.due_on,
        by=by,
        on=timezone.localdate(),
    )
    _word_step(state, told)


def _word_step(state: PromiseState, told: Iterable[Outcome]) -> None:
    for one in told:
        StateWords.objects.create(state=state, audience=one.audience, language=one.language, text=one.text)
