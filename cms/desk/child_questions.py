"""Children's questions at the desk: found among comments, let out by a second person, answered by two."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from cms.desk.trying import attempt
from feedback.promises import question_actions as actions
from feedback.promises.child_questions import (
    ANSWER,
    ANY_OF,
    APPROVE,
    BY_PEOPLE,
    DAYS_TO_ANSWER,
    LET_OUT,
    LONGEST_ANSWER,
    LONGEST_ASKED,
    LONGEST_REASON,
    MARK,
    ChildQuestion,
    QuestionAnswer,
)
from feedback.promises.question_policies import Draft, advice_on_answer, names_in, somebody_answers, stands
from feedback.promises.question_reading import comments_to_ask
from surveys.frame.models import Area
from surveys.instrument.wording import LANGUAGES

ON_A_PAGE = 20
# Longer than what is kept, so that a sentence says by how much.
MOST_TYPED = 5000
Status, Written = ChildQuestion.Status, QuestionAnswer.Status


class AnswerForm(forms.Form):
    """An answer in one language, in words that a child reads."""

    language = forms.ChoiceField(label="The language you write in", choices=list(LANGUAGES.items()), initial="en")
    asked = forms.CharField(
        label="The question in that language, if it was asked in another",
        help_text=f"At most {LONGEST_ASKED} letters.",
        required=False,
        max_length=MOST_TYPED,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    text = forms.CharField(
        label="The answer",
        help_text=f"Short sentences, as you would say it to a child. No names. At most {LONGEST_ANSWER} letters.",
        max_length=MOST_TYPED,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        error_messages={"required": "Write an answer."},
    )

    def draft(self) -> Draft:
        """What was written."""
        return Draft(**{name: self.cleaned_data[name] for name in ("language", "text", "asked")})


def _check(request: HttpRequest) -> None:
    if not any(request.user.has_perm(permission) for permission in ANY_OF):
        raise PermissionDenied("Your role does not include this.")


def _areas(request: HttpRequest, *permissions: str) -> list[Area]:
    found = {area for permission in permissions for area in Area.objects.visible_to(request.user, permission)}
    return sorted((area for area in found if area.merged_into_id is None), key=str)


def _mine(request: HttpRequest):
    """Those of this person's areas; what nobody let out yet only for those who mark or let out."""
    marks, lets = (ChildQuestion.objects.visible_to(request.user, one) for one in (MARK, LET_OUT))
    answers, approves = (ChildQuestion.objects.visible_to(request.user, one) for one in (ANSWER, APPROVE))
    found = marks | lets | (answers | approves).exclude(status=Status.MARKED)
    return found.standing().distinct().select_related("area__merged_into").prefetch_related("replies")


@never_cache
def child_questions(request: HttpRequest) -> HttpResponse:
    """Every question of somebody's areas: what waits for a second person, for an answer, or for a second reader."""
    _check(request)
    today = timezone.localdate()
    rows = [_row(one, today) for one in _mine(request) if stands(one)]
    _note_looks(request, [one["question"] for one in rows])
    context = {
        "marked": [one for one in rows if one["question"].status == Status.MARKED],
        "to_approve": [one for one in rows if one["written"]],
        "waiting": sorted(
            (one for one in rows if one["question"].status == Status.WAITING), key=lambda one: -one["days"]
        ),
        "answered": [one for one in rows if one["question"].status == Status.ANSWERED],
        "finds": _areas(request, MARK),
        "pages": _areas(request, *ANY_OF),
        "nobody_answers": [area for area in _areas(request, *ANY_OF) if not somebody_answers(area)],
        "days": DAYS_TO_ANSWER,
    }
    return render(request, "desk/child_questions.html", context)


def _note_looks(request: HttpRequest, shown: Iterable[ChildQuestion]) -> None:
    """Writes into the log of each area that somebody reads what is not public."""
    for area in {one.place for one in shown if one.status == Status.MARKED}:
        actions.look_at_questions(area, by=request.user)


def _row(question: ChildQuestion, today) -> dict[str, Any]:
    days = question.days_waited(today)
    written = any(one.status == Written.WRITTEN for one in question.replies.all())
    return {"question": question, "days": days, "is_overdue": days > DAYS_TO_ANSWER, "written": written}


@never_cache
def find_questions(request: HttpRequest, code: str) -> HttpResponse:
    """The usable comments of an area among which somebody looks for questions; each look is logged."""
    area = get_object_or_404(Area.objects.visible_to(request.user, MARK), code=code)
    if request.method == "POST":
        mark = request.POST.get("mark", "")
        done = "Marked. A second person lets it out before anybody reads it."
        attempt(request, done, lambda: actions.mark_question(area, mark, by=request.user))
        return redirect(request.get_full_path())
    actions.look_for_questions(area, by=request.user)
    words = request.GET.get("words", "")
    page = Paginator(comments_to_ask(area, words=words), ON_A_PAGE).get_page(request.GET.get("p"))
    return render(request, "desk/child_questions_find.html", {"area": area, "page": page, "words": words})


@never_cache
def child_question(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One question: what was asked, the answers, and what this person can do."""
    _check(request)
    found = _mine(request).filter(pk=key).first()
    if found is None or not stands(found):
        messages.error(request, "This question is not there: it was recalled, taken back, or is of another area.")
        return redirect("desk:child_questions")
    is_answer = request.method == "POST" and request.POST.get("step") in {"answer", "check"}
    form = AnswerForm(request.POST if is_answer else None, initial={"language": "en"})
    if request.method == "POST":
        done = _write(request, found, form) if is_answer else _do(request, found)
        if done is not None:
            return done
    _note_looks(request, [found])
    checked = form.draft() if is_answer and form.is_valid() and request.POST.get("step") == "check" else None
    return render(
        request, "desk/child_question.html", _shown(request, found, form, checked), status=422 if form.errors else 200
    )


def _shown(request: HttpRequest, found: ChildQuestion, form: AnswerForm, checked: Draft | None) -> dict[str, Any]:
    user, place = request.user, found.place
    can = {permission: user.has_perm(permission, place) for permission in ANY_OF}
    is_public = found.status != Status.MARKED
    return {
        "question": found,
        "days": found.days_waited(timezone.localdate()),
        "overdue_after": DAYS_TO_ANSWER,
        "lets_out": can[LET_OUT] and not is_public and found.marked_by_id != user.pk,
        "marked_it": not is_public and found.marked_by_id == user.pk,
        "unmarks": (can[MARK] or can[LET_OUT]) and not is_public,
        "recalls": (can[MARK] or can[LET_OUT]) and is_public,
        "reasons": [(reason.value, reason.label) for reason in BY_PEOPLE],
        "answers": [(one, can[APPROVE] and one.by_id != user.pk) for one in found.replies.select_related("by")],
        "form": form if can[ANSWER] and is_public else None,
        "advice": advice_on_answer(found, checked) if checked else None,
        "names": names_in(checked.text) if checked else (),
        "longest_reason": LONGEST_REASON,
    }


def _write(request: HttpRequest, found: ChildQuestion, form: AnswerForm) -> HttpResponse | None:
    """Keeps an answer; nothing where it is only looked at, or cannot be kept."""
    if not form.is_valid() or request.POST.get("step") == "check":
        return None
    try:
        actions.write_answer(found, form.draft(), by=request.user)
    except ValidationError as problem:
        form.add_error(None, problem.messages)
        return None
    messages.success(request, "Written. A second person, or the care council, lets it out.")
    return redirect("desk:child_question", key=found.pk)


def _do(request: HttpRequest, found: ChildQuestion) -> HttpResponse:
    """Does what a button asks for."""
    step, by = request.POST.get("step", ""), request.user
    if step == "let_out":
        done = "Let out. Everybody sees it, and from today how long it waits."
        attempt(request, done, lambda: actions.let_question_out(found, by=by))
    elif step == "unmark":
        if attempt(request, "It is a comment like others again.", lambda: actions.unmark_question(found, by=by)):
            return redirect("desk:child_questions")
    elif step == "recall":
        because = request.POST.get("because", "")
        done = "Recalled for good: its words are gone everywhere."
        if attempt(request, done, lambda: actions.recall_question(found, because=because, by=by)):
            return redirect("desk:child_questions")
    elif step in {"approve", "send_back"}:
        _decide(request, found, step)
    return redirect("desk:child_question", key=found.pk)


def _decide(request: HttpRequest, found: ChildQuestion, step: str) -> None:
    number = request.POST.get("number", "")
    some = found.replies.filter(number=int(number)) if number.isascii() and number.isdigit() and len(number) < 5 else ()
    answer = next(iter(some), None)
    if answer is None:
        messages.error(request, "This answer is not there any more.")
    elif step == "approve":
        done = "Let out. Children read it from now on."
        attempt(request, done, lambda: actions.approve_answer(answer, by=request.user))
    else:
        reason = request.POST.get("reason", "")
        attempt(request, "Sent back.", lambda: actions.send_answer_back(answer, reason, by=request.user))
