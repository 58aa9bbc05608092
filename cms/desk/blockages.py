"""What gets in the way, at the desk: naming it, looking through the board each week, and answering in public."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from cms.desk.blockage_forms import AnswerForm, JoinForm, LooksAfterForm, RecallForm, WordedForm
from cms.desk.promise_forms import said_by
from cms.desk.trying import attempt
from feedback.anonymisation.blockage_actions import leave_blockage, read_blockage, worry_about_blockage
from feedback.anonymisation.named_blockages import may_identify
from feedback.promises import blockage_actions as actions
from feedback.promises.blockages import NAME, REVIEW, SEE, Blockage, answers_for
from feedback.promises.boards import boards_for, days_since, same_as, same_as_named, seen_by
from surveys.answering.naming import LONGEST_NAMED, name_at_desk
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed

Status = Blockage.Status
SIGNER = Signer(salt="blockage at the desk")


def _check(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied("Your role does not include this.")


@never_cache
def blockages(request: HttpRequest) -> HttpResponse:
    """This week’s, what waits, and how long the oldest has waited; for whoever reviews it, area by area."""
    _check(request, SEE)
    if request.method == "POST":
        area = get_object_or_404(Area.objects.visible_to(request.user, REVIEW), code=request.POST.get("area", ""))
        done = f"Looked through. Everybody reads that you looked at the board of {area} today."
        attempt(request, done, lambda: actions.finish_review(area, by=request.user))
        return redirect("desk:blockages")
    names = request.user.has_perm(NAME)
    return render(request, "desk/blockages.html", {"boards": boards_for(request.user), "names": names})


@never_cache
def name_blockage(request: HttpRequest, code: str) -> HttpResponse:
    """Names what gets in the way; nothing says who did."""
    area = get_object_or_404(Area.objects.visible_to(request.user, NAME), code=code)
    words = request.POST.get("words", "")
    if request.method == "POST":
        done = "Kept, without your name. Somebody reads it within a week; what becomes of it is on the board."
        if attempt(request, done, lambda: _name(area, words, request.POST.get("token", ""))):
            return redirect("desk:blockages")
    token = SIGNER.sign(uuid.uuid4().hex)
    context = {"area": area, "words": words[:5000], "token": token, "longest": LONGEST_NAMED}
    return render(request, "desk/blockage_name.html", context)


def _name(area: Area, words: str, signed: str) -> None:
    try:
        sent_as = uuid.UUID(SIGNER.unsign(signed))
    except (BadSignature, ValueError) as problem:
        raise NotAllowed("This page was not whole. Press Send once more.") from problem
    name_at_desk(area, words, sent_as=sent_as)


@never_cache
def named_blockage(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One thing that somebody named, beside how redaction would tell it; and what becomes of it."""
    _check(request, REVIEW)
    try:
        named = read_blockage(key, by=request.user)
    except NotAllowed as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("desk:blockages")
    others = same_as_named(named.area)
    forms = {
        "word": WordedForm(request, "word", initial={"words": named.proposed, "language": named.language}),
        "join": JoinForm(request, others),
    }
    if request.method == "POST" and _decides(request, key, forms):
        return redirect("desk:blockages")
    return render(request, "desk/blockage_named.html", {"named": named, "forms": forms, "others": others})


def _decides(request: HttpRequest, key: uuid.UUID, forms: dict) -> bool:
    by, step = request.user, request.POST.get("step", "")
    if step == "word" and forms["word"].is_valid():
        given = forms["word"].cleaned_data
        done = "Worded. A second person reads it before everybody does."
        return attempt(
            request, done, lambda: actions.word_named(key, given["words"], language=given["language"], by=by)
        )
    if step == "join" and forms["join"].is_valid():
        return attempt(
            request, "Put together with what is there.", lambda: actions.join_named(key, forms["join"].chosen(), by=by)
        )
    if step == "leave":
        return attempt(request, "Left out. It is erased in four weeks.", lambda: leave_blockage(key, by=by))
    if step == "worry":
        done = "It is with the safeguarding leads now. It comes back here once they are done with it."
        return attempt(request, done, lambda: worry_about_blockage(key, by=by))
    return False


@never_cache
def blockage(request: HttpRequest, number: int) -> HttpResponse:
    """One thing of the board: its words, its steps, who looks after it, and what this person can do."""
    _check(request, SEE)
    found = get_object_or_404(seen_by(request.user), pk=number)
    reviews, answers = request.user.has_perm(REVIEW, found.place), answers_for(found, request.user)
    if found.status == Status.WORDED and not reviews:
        raise PermissionDenied("This is not on the board yet.")
    forms = _forms(request, found, reviews, answers)
    if request.method == "POST" and _acts(request, found, forms):
        return redirect("desk:blockage", number=number)
    context = {
        "blockage": found,
        "forms": forms,
        "reviews": reviews,
        "is_own": found.worded_by_id == request.user.pk,
        "days": days_since(found.week),
        "days_late": found.days_late(timezone.localdate()),
        "may_identify": may_identify(found.words, language=found.language) if found.status == Status.WORDED else (),
    }
    return render(request, "desk/blockage.html", context)


def _forms(request: HttpRequest, found: Blockage, reviews: bool, answers: bool) -> dict:
    """What this person can do with it now, each with a form of its own."""
    there, may = found.status in (Status.WORDED, *Blockage.PUBLIC), Blockage.TRANSITIONS[Status(found.status)]
    forms: dict = {}
    if answers and there:
        forms["give"] = LooksAfterForm(request, found)
    if answers and may & set(actions.ANSWERS):
        forms["answer"] = AnswerForm(request, found)
    if reviews and found.status == Status.WORDED:
        forms["reword"] = WordedForm(request, "reword", initial={"words": found.words, "language": found.language})
    if reviews and Status.JOINED in may:
        forms["join"] = JoinForm(request, same_as(found))
    if reviews and Status.RECALLED in may:
        forms["recall"] = RecallForm(request, found)
    return forms


def _acts(request: HttpRequest, found: Blockage, forms: dict) -> bool:
    by, step = request.user, request.POST.get("step", "")
    if step == "publish":
        done = "Published. Everybody reads it, and how many days it waits for an answer."
        words = request.POST.get("words", "")
        return attempt(request, done, lambda: actions.publish_blockage(found, words=words, by=by))
    form = forms.get(step)
    if form is None or not form.is_valid():
        return False
    done, do = STEPS[step]
    try:
        do(found, form, by)
    except ValidationError as problem:
        said_by(problem, form)
        return False
    messages.success(request, done)
    return True


STEPS: dict[str, tuple[str, Callable[[Blockage, object, object], None]]] = {
    "give": (
        "Given to them.",
        lambda found, form, by: actions.give_blockage(
            found, form.people[form.cleaned_data["owner"]], form.cleaned_data["shown_as"], by=by
        ),
    ),
    "answer": (
        "Answered, for everybody to read.",
        lambda found, form, by: actions.answer_blockage(found, form.answer(), by=by),
    ),
    "reword": (
        "Changed. Now somebody else publishes it.",
        lambda found, form, by: actions.reword_blockage(found, form.cleaned_data["words"], by=by),
    ),
    "join": ("Put together.", lambda found, form, by: actions.join_blockages(found, form.chosen(), by=by)),
    "recall": (
        "Taken off the board.",
        lambda found, form, by: actions.recall_blockage(found, form.cleaned_data["because"], by=by),
    ),
}
