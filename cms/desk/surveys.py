"""Where a survey goes from a draft to an edition and on into the field."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from cms.desk.findings import report_of
from cms.desk.parts import part_asked, parts_of
from cms.desk.trying import attempt
from cms.workflow import actions as approval
from cms.workflow.history import history_of, latest, trees_for
from surveys.design.actions import answer_refusal
from surveys.design.linting_actions import override
from surveys.design.models import SurveyPage
from surveys.design.policies import awaits_an_answer, why_not_second_person
from surveys.fieldwork.actions import plan_wave

VIEW = "design.view"


@never_cache
def surveys(request: HttpRequest) -> HttpResponse:
    """The surveys of this person's areas, and the way to draft another."""
    if not request.user.has_perm(VIEW):
        raise PermissionDenied("Your role does not include this.")
    context = {"surveys": mine(request), "trees": trees_to_draft_in(request)}
    return render(request, "desk/surveys.html", {**context, "may_try": request.user.has_perm("design.write")})


def mine(request: HttpRequest):
    """The surveys of this person's areas, in the language in which they are designed."""
    found = SurveyPage.objects.visible_to(request.user, VIEW).designed()
    return found.select_related("care_council__area").order_by("care_council__area__name", "title")


def trees_to_draft_in(request: HttpRequest) -> list:
    """Below which page a new survey of each area is drafted."""
    return trees_for(request.user, "design.write")


@never_cache
def survey(request: HttpRequest, number: int) -> HttpResponse:
    """One survey: how far it is, what happened to it, and what this person may do with it."""
    if not request.user.has_perm(VIEW):
        raise PermissionDenied("Your role does not include this.")
    found = get_object_or_404(mine(request), id=number)
    if request.method == "POST":
        return _act(request, found)
    steps = steps_open(request, found)
    context = {
        "survey": found,
        "steps": steps,
        "why_not": _why_not(request, found),
        "report": report_of(latest(found)),
        "may_override": "override" in steps,
        "history": history_of(found),
        "editions": found.editions.prefetch_related("waves").order_by("-number"),
        "may_plan": request.user.has_perm("fieldwork.plan_wave", found),
        **parts_of(found.care_council.area),
        "may_write": request.user.has_perm("design.write", found),
    }
    return render(request, "desk/survey.html", context)


def steps_open(request: HttpRequest, found: SurveyPage) -> set[str]:
    """What this person may do with it now."""
    status, person = found.status, request.user
    is_second = not why_not_second_person(found, by=person)
    waits, council = status == SurveyPage.Status.IN_APPROVAL, found.approved_by_id is None
    may_decide = waits and is_second and person.has_perm("design.approve" if council else "design.freeze", found)
    may_submit = person.has_perm("design.submit", found)
    steps = {
        "submit": status == SurveyPage.Status.DRAFT and may_submit,
        "approve": may_decide and council,
        "freeze": may_decide and not council,
        "send_back": may_decide,
        "override": status == SurveyPage.Status.DRAFT and person.has_perm("design.override", found),
        "take_back": status != SurveyPage.Status.DRAFT and may_submit,
        "answer": may_submit and awaits_an_answer(found),
    }
    return {name for name, is_open in steps.items() if is_open}


def _why_not(request: HttpRequest, found: SurveyPage) -> str:
    """Why somebody whose role decides on it does not decide on this one."""
    permission = "design.approve" if found.approved_by_id is None else "design.freeze"
    if found.status != SurveyPage.Status.IN_APPROVAL or not request.user.has_perm(permission, found):
        return ""
    return why_not_second_person(found, by=request.user)


def _act(request: HttpRequest, found: SurveyPage) -> HttpResponse:
    by, step = request.user, request.POST.get("step", "")
    doing: dict[str, tuple[Callable[[], object], str]] = {
        "submit": (lambda: approval.send_for_approval(found, by=by), "Submitted. The care council decides on it now."),
        "approve": (lambda: approval.decide(found, approved=True, by=by), "Approved. A second person freezes it now."),
        "freeze": (lambda: approval.decide(found, approved=True, by=by), "Frozen. A wave can be planned now."),
        "send_back": (lambda: approval.decide(found, approved=False, reason=_reason(request), by=by), "Sent back."),
        "answer": (
            lambda: answer_refusal(found, answer=_reason(request), by=by),
            "Your answer is on record. The wording still has to change before it can be submitted again.",
        ),
        "override": (
            lambda: override(found, reason=_reason(request), by=by, **_meant(request)),
            "It passes, with your reason, as long as the question is worded like this.",
        ),
        "take_back": (lambda: approval.take_back(found, by=by), "It is a draft again. Editions stay as they are."),
    }
    if step == "plan":
        return _plan(request, found)
    if step not in doing:
        raise PermissionDenied("There is no such step.")
    # What the page showed may be over: the step is looked at as it is now, and named as it was pressed.
    if step in {"approve", "freeze"} and step not in steps_open(request, found):
        messages.error(request, _why_not(request, found) or "This is not to be decided by you now.")
        return redirect("desk:survey", number=found.pk)
    do, done = doing[step]
    attempt(request, done, do)
    return redirect("desk:survey", number=found.pk)


def _meant(request: HttpRequest) -> dict[str, str]:
    """Which finding, in which question, worded how."""
    return {field: request.POST.get(field, "").replace("\0", "")[:64] for field in ("item", "rule", "wording")}


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "").replace("\0", "")[:500]


def _plan(request: HttpRequest, found: SurveyPage) -> HttpResponse:
    """Plans a wave with the edition that was chosen, in the area of the survey."""
    edition = get_object_or_404(found.editions, number=_number(request.POST.get("edition", "")))
    code, name = (request.POST.get(field, "").replace("\0", "").strip() for field in ("code", "name"))
    area = found.care_council.area
    done = f"{name[:120]} is planned. Open it when it may be answered."

    def plan() -> None:
        plan_wave(edition, code=code, name=name, area=area, **part_asked(request, area), by=request.user)

    planned = attempt(request, done, plan)
    return redirect("desk:wave", code=code) if planned else redirect("desk:survey", number=found.pk)


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 6 else 0
