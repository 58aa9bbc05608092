"""Where moderators decide on comments, one after another, beside what was written."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from cms.desk.trying import attempt
from feedback.anonymisation.comments import DECIDE, Comment
from feedback.anonymisation.moderation import KINDS, MOST_PIECES, corrected_for, how_many_wait, next_comment
from feedback.anonymisation.moderation_actions import (
    decide_comment,
    pass_to_leads,
    read_comment,
    take_back_decision,
    words_to_propose,
)
from feedback.anonymisation.proposal_actions import propose_words
from feedback.anonymisation.proposals import Correction

LAST = "last_comment"
# One key for each kind, none of which is the key of a decision.
KEYS = dict(zip((label for label, _ in KINDS), "1234567890dlx", strict=True))
# Whoever presses twice must not decide on what came up between the two: nobody reads anything in less.
AT_LEAST_SECONDS = 0.7
TOO_QUICK = "That was quicker than anybody reads, so nothing was decided. Here it is."
SHOWN = "moderation.shown"
SAID = {
    "usable": "Usable.",
    "change_more": "Put aside with your marks; it comes again after the others.",
    "not_usable": "Not usable: no word of it is kept.",
    "second_opinion": "A colleague is asked.",
}


def _check(request: HttpRequest) -> None:
    if not request.user.has_perm(DECIDE):
        raise PermissionDenied("Your role does not include this.")


@never_cache
def comments(request: HttpRequest) -> HttpResponse:
    """How many comments wait, and the way to the next."""
    _check(request)
    user = request.user
    context = {"found": how_many_wait(user), "next": next_comment(user), "corrected": corrected_for(user)}
    return render(request, "desk/comments.html", context)


@dataclass(frozen=True)
class Asked:
    """What the form says: which pieces are marked, what they are, and what was answered."""

    marked: set[int]
    called: dict[int, str]
    label: str
    reasons: list[str]
    reads: bool

    @classmethod
    def of(cls, request: HttpRequest) -> Asked:
        """What came: `7` for a marked piece, `7:SCHOOL` for one that somebody called so; nonsense is left out."""
        sent = [one.partition(":") for one in request.POST.getlist("mark")]
        called = {int(number): label for number, _, label in sent if _is_a_number(number)}
        named = {number: label for number, label in called.items() if label}
        kind, yes = request.POST.get("kind", ""), request.POST.getlist("yes")
        return cls(set(called), named, kind, yes, "reads" in request.POST)


def _is_a_number(sent: str) -> bool:
    return sent.isascii() and sent.isdigit() and len(sent) <= len(str(MOST_PIECES))


def came_too_quickly(request: HttpRequest) -> bool:
    """Whether the comment had only just been shown; a form that does not say since when was not made by this page."""
    try:
        age = time.time() - signing.loads(request.POST.get("since", ""), salt=SHOWN)
    except (signing.BadSignature, TypeError):
        return False
    # Less than nothing where a clock was set back.
    return 0 <= age < AT_LEAST_SECONDS


@never_cache
def comment(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One comment, which is logged as read; once it is decided on, the next."""
    _check(request)
    found = Comment.objects.visible_to(request.user, DECIDE).filter(pk=key).first()
    if found is None:
        messages.error(request, "This comment is not there: it was taken back, or is of another area.")
        return redirect("desk:comments")
    if request.method != "POST":
        return _show(request, found)
    step = request.POST.get("step", "")
    if step in {"try", "propose"}:
        return _show(request, found, Asked.of(request))
    if step == "propose_these":
        return _propose(request, found)
    if step in SAID and came_too_quickly(request):
        messages.error(request, TOO_QUICK)
        return _show(request, found, Asked.of(request))
    return _act(request, found, step)


def _corrected(request: HttpRequest, found: Comment, asked: Asked) -> list[Correction]:
    return words_to_propose(found, by=request.user, marked=asked.marked, label=asked.label, called=asked.called)


def _propose(request: HttpRequest, found: Comment) -> HttpResponse:
    """Keeps the words that were ticked, of those that were corrected here, for another person to decide on."""
    asked = Asked.of(request)
    wanted = {one for one in request.POST.getlist("word") if _is_a_number(one)}

    def propose() -> None:
        corrected = _corrected(request, found, asked)
        some = [one for number, one in enumerate(corrected) if str(number) in wanted]
        if not some:
            raise ValidationError("Tick the words that redaction should know.")
        propose_words(found, some, by=request.user)

    attempt(request, "Proposed. Another person decides; now decide on the comment.", propose)
    return _show(request, found, asked)


def _act(request: HttpRequest, found: Comment, step: str) -> HttpResponse:
    key, by = found.pk, request.user
    if step == "take_back":
        request.session.pop(LAST, None)
        attempt(request, "Taken back. Decide anew.", lambda: take_back_decision(found, by=by))
        return redirect("desk:comment", key=key)
    if step == "worry":
        done = attempt(request, "The safeguarding leads have it now.", lambda: pass_to_leads(found, by=by))
    else:
        done = _decide(request, found, step)
    if not done:
        # With what was ticked, so that nobody does it twice.
        return _show(request, found, Asked.of(request))
    return _go_on(request)


def _decide(request: HttpRequest, found: Comment, step: str) -> bool:
    asked = Asked.of(request)
    done = attempt(
        request,
        lambda: _said(step, by=request.user),
        lambda: decide_comment(
            found,
            decision=step,
            marked=asked.marked,
            label=asked.label,
            called=asked.called,
            reasons=asked.reasons,
            reads_the_language=asked.reads,
            by=request.user,
        ),
    )
    if done and step in {"usable", "not_usable"}:
        request.session[LAST] = str(found.pk)
    return done


def _said(step: str, *, by) -> str:
    """What was done, and that the next follows where there is one."""
    follows = step in {"usable", "not_usable"} and next_comment(by) is not None
    return SAID.get(step, "") + (" Here is the next." if follows else "")


def _go_on(request: HttpRequest) -> HttpResponse:
    following = next_comment(request.user)
    return redirect("desk:comment", key=following) if following else redirect("desk:comments")


def _show(request: HttpRequest, found: Comment, asked: Asked | None = None) -> HttpResponse:
    tried = {"marked": asked.marked, "label": asked.label, "called": asked.called} if asked else {}
    try:
        shown = read_comment(found, by=request.user, **tried)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("desk:comments")
    corrected = _corrected(request, found, asked) if asked and request.POST.get("step") == "propose" else None
    context = {
        "shown": shown,
        "corrected": corrected,
        "kinds": [(label, stands, KEYS[label]) for label, stands in KINDS],
        "pen": asked.label if asked and asked.label in KEYS else next(iter(KEYS)),
        "called": asked.called if asked else {},
        "since": signing.dumps(time.time(), salt=SHOWN),
        "asked": asked,
        "earlier": found.moderations.select_related("by"),
        "found": how_many_wait(request.user),
        "last": request.session.get(LAST),
    }
    return render(request, "desk/comment.html", context)
