"""Promises at the desk: what is promised, by whom, how late it is; making one, and saying what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from cms.desk.finding_promises import of_promise, says_so_of_promise
from cms.desk.promise_forms import OutcomeForm, OwnedForm, PromiseForm, WordsForm, said_by
from cms.desk.trying import attempt
from feedback.promises import actions
from feedback.promises.advising import advice_on
from feedback.promises.models import DOUBT, PROMISE, SEE, Promise
from feedback.promises.policies import NAMES, answers_for, has_left
from feedback.promises.reading import promises_of
from feedback.promises.unanswered import unanswered
from surveys.frame.models import Area

CHECK = "check"
Status = Promise.Status


@dataclass(frozen=True)
class Step:
    """Something that can be said of a promise: its button, its heading, and from which states it leads on."""

    button: str
    label: str
    done: str
    do: Callable[..., None]
    states: frozenset[str]
    asks_day: bool = False


STEPS = {
    "keep": Step("It is done", "What we did", "Said to everybody: it is done.", actions.keep, frozenset({Status.MADE})),
    "cannot": Step(
        "It cannot be done", "Why it cannot be done", "Said to everybody, with the reason.", actions.say_cannot,
        frozenset({Status.MADE}),
    ),
    "move": Step(
        "Move the day", "Why it is another day", "Moved. Children see both days, and why.", actions.move_day,
        frozenset({Status.MADE}), asks_day=True,
    ),
    "again": Step(
        "Promise it again", "Why it is promised again", "Promised again, for everybody to see.",
        actions.promise_again, frozenset({Status.KEPT, Status.CANNOT}), asks_day=True,
    ),
    "take-back": Step(
        "Take it back, as a mistake", "Why it is taken back",
        "Taken back: its words are not shown any more, only that there was a promise, and why it is gone.",
        actions.take_back, frozenset({Status.MADE, Status.KEPT, Status.CANNOT}),
    ),
}  # fmt: skip


@never_cache
def promises(request: HttpRequest) -> HttpResponse:
    """The promises of somebody's areas: what is late first, and what nobody has answered in time."""
    if not request.user.has_perm(SEE):
        raise PermissionDenied("Your role does not include this.")
    areas = list(Area.objects.visible_to(request.user, SEE).filter(merged_into=None))
    making = {area.pk for area in Area.objects.visible_to(request.user, PROMISE)}
    shown = [
        {"area": area, "promises": promises_of(area), "late": unanswered(area), "makes": area.pk in making}
        for area in areas
    ]
    # With many areas, those where there is something to see.
    some = [one for one in shown if one["promises"] or one["late"] or len(areas) < MOST_EMPTY]
    return render(request, "desk/promises.html", {"areas": some, "names": NAMES, "user_id": request.user.pk})


MOST_EMPTY = 10


@never_cache
def new_promise(request: HttpRequest, code: str) -> HttpResponse:
    """Promises something in an area; the linter can look at the words first."""
    area = get_object_or_404(Area.objects.visible_to(request.user, PROMISE), code=code)
    form, is_check = PromiseForm(request, area), request.POST.get("step") == CHECK
    if form.is_valid() and not is_check:
        made = form.try_to(lambda: actions.promise(area, form.plan(), by=request.user))
        if made:
            messages.success(request, "Promised, for everybody to see.")
            return redirect("desk:promise", number=made.pk)
    context = {"form": form, "area": area, "advice": advice_on(form.texts()) if is_check else None}
    return render(request, "desk/promise_new.html", context)


def _mine(request: HttpRequest) -> QuerySet[Promise]:
    found = Promise.objects.visible_to(request.user, SEE).select_related("area__merged_into", "owner", "made_by")
    return found.prefetch_related("words", "states__words", "states__by", "doubts")


def _promise(request: HttpRequest, number: int) -> Promise:
    """One promise of this person's areas."""
    if not request.user.has_perm(SEE):
        raise PermissionDenied("Your role does not include this.")
    return get_object_or_404(_mine(request), pk=number)


@never_cache
def promise(request: HttpRequest, number: int) -> HttpResponse:
    """One promise: its words, its steps, who answers for it, and what this person can say of it."""
    found = _promise(request, number)
    if request.method == "POST":
        return _say(request, found)
    answers, words = answers_for(found, request.user), request.user.has_perm(PROMISE, found.place)
    can = [(name, step) for name, step in STEPS.items() if _is_offered(found, name, step, answers, words)]
    doubted = next((one for one in found.doubts.all() if one.ended_on is None), None)
    context = {
        "promise": found,
        "days_late": found.days_late(timezone.localdate()),
        "steps": can,
        "hands_over": answers and found.status != Status.TAKEN_BACK,
        "words": words and found.status != Status.TAKEN_BACK,
        "doubts": request.user.has_perm(DOUBT, found.place) and found.status == Status.KEPT,
        "doubted": doubted,
        "has_left": has_left(found),
        "names": NAMES,
        **of_promise(request, found),
    }
    return render(request, "desk/promise.html", context)


def _is_offered(found: Promise, name: str, step: Step, answers: bool, words: bool) -> bool:
    if name == "again" and any(not one.we_will for one in found.words.all()):
        return False
    return found.status in step.states and (words if name == "take-back" else answers)


def _say(request: HttpRequest, found: Promise) -> HttpResponse:
    if "link" in request.POST or "unlink" in request.POST:
        says_so_of_promise(request, found)
    elif request.POST.get("step") == "doubt":
        done = "Everybody sees now that the care council does not think this is done."
        attempt(request, done, lambda: actions.doubt(found, by=request.user))
    elif request.POST.get("step") == "end_doubt":
        attempt(request, "Taken down.", lambda: actions.end_doubt(found, by=request.user))
    return redirect("desk:promise", number=found.pk)


@never_cache
def promise_step(request: HttpRequest, number: int, step: str) -> HttpResponse:
    """Says one thing of a promise, in the words of each audience it is about."""
    found, wanted = _promise(request, number), STEPS.get(step)
    if wanted is None:
        raise Http404("Nothing like this can be said of a promise.")
    allowed = request.user.has_perm(PROMISE, found.place) if step == "take-back" else False
    if not (allowed or (step != "take-back" and answers_for(found, request.user))):
        raise PermissionDenied("Only the owner of a promise and the board officers of its area say what came of it.")
    form = OutcomeForm(request, found, asks_day=wanted.asks_day, label=wanted.label)
    is_check = request.POST.get("step") == CHECK
    if form.is_valid() and not is_check and _takes(form, wanted, found, request):
        messages.success(request, wanted.done)
        return redirect("desk:promise", number=number)
    advice = advice_on(form.texts()) if is_check else None
    return render(request, "desk/promise_step.html", {"promise": found, "form": form, "step": wanted, "advice": advice})


def _takes(form: OutcomeForm, step: Step, found: Promise, request: HttpRequest) -> bool:
    day: list[Any] = [form.cleaned_data["due_on"]] if step.asks_day else []
    try:
        step.do(found, *day, form.told(), by=request.user)
    except ValidationError as problem:
        said_by(problem, form)
        return False
    return True


@never_cache
def promise_owner(request: HttpRequest, number: int) -> HttpResponse:
    """Gives a promise to another owner."""
    found = _promise(request, number)
    if not answers_for(found, request.user):
        raise PermissionDenied("Only the owner of a promise and the board officers of its area give it to another.")
    form = OwnedForm(request, found.place, initial={"shown_as": found.shown_as})
    if form.is_valid():
        owner, shown_as = form.people[form.cleaned_data["owner"]], form.cleaned_data["shown_as"]
        try:
            actions.hand_over(found, owner, shown_as, by=request.user)
        except ValidationError as problem:
            said_by(problem, form)
        else:
            messages.success(request, "Given to them.")
            return redirect("desk:promise", number=number)
    return render(request, "desk/promise_owner.html", {"promise": found, "form": form})


@never_cache
def promise_words(request: HttpRequest, number: int) -> HttpResponse:
    """Adds the words of a promise in another language."""
    found = _promise(request, number)
    if not request.user.has_perm(PROMISE, found.place):
        raise PermissionDenied("Your role does not include this.")
    form = WordsForm(request, found)
    if form.is_valid():
        said, told = form.words()
        try:
            actions.add_words(found, said, told, by=request.user)
        except ValidationError as problem:
            said_by(problem, form)
        else:
            messages.success(request, "Added.")
            return redirect("desk:promise", number=number)
    return render(request, "desk/promise_words.html", {"promise": found, "form": form})
