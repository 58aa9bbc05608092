"""The question bank: finding a question, and agreeing on its words."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.desk.question_panel import linted_wordings
from cms.desk.trying import attempt
from cms.workflow.history import bank_page
from cms.workflow.wording_history import FOR, wording_history
from surveys.bank import actions
from surveys.bank.models import QuestionPage, QuestionPageQuerySet, Stage, Theme
from surveys.bank.policies import latest, left_to, refused_words, why_not_second_person
from surveys.bank.words import WAY, changed, how_it_asks
from surveys.design.uses import uses_of
from surveys.instrument.wording import LANGUAGES, Audience

VIEW = "bank.write"
LINES_PER_PAGE = 25
ANOTHER = {"invalid_choice": "Choose one of these."}
Status = QuestionPage.Status
AUDIENCES = {
    Audience.AGE_4_5: "4 and 5", Audience.AGE_6_7: "6 and 7", Audience.AGE_8_11: "8 to 11",
    Audience.AGE_12_17: "12 to 17", Audience.CARE_LEAVER: "care leavers", Audience.PARENT_CARER: "parents and carers",
    Audience.PROFESSIONAL: "professionals", Audience.REFERRER: "referrers",
}  # fmt: skip
LANGUAGE_STATES = {"checked": "Checked", "drafted": "Drafted, not checked", "missing": "Not worded yet"}


def _choice(label: str, everything: str, choices) -> forms.ChoiceField:
    offered = [("", everything), *choices]
    return forms.ChoiceField(label=label, required=False, choices=offered, error_messages=ANOTHER)


class Narrowing(forms.Form):
    """Which questions somebody looks for."""

    words = forms.CharField(label="Words, code or purpose", required=False, max_length=200)
    theme = _choice("Theme", "Every theme", Theme.choices)
    stage = _choice("Journey stage", "Every stage", Stage.choices)
    audience = _choice("For", "Everybody", [(audience.value, name) for audience, name in AUDIENCES.items()])
    status = _choice("State", "Every state", Status.choices)
    about = _choice("Asks about", "Both", [("outcome", "An outcome"), ("process", "A process")])
    language = _choice("Language", "Every language", [(c, n) for c, n in LANGUAGES.items() if c != "en"])
    in_language = _choice("In that language", "Worded", LANGUAGE_STATES.items())


def _bank(request: HttpRequest) -> QuestionPageQuerySet:
    """The questions, for those whose role it is."""
    if not request.user.has_perm(VIEW):
        raise PermissionDenied("Your role does not include this.")
    return QuestionPage.objects.visible_to(request.user, VIEW)


@require_safe
@never_cache
def questions(request: HttpRequest) -> HttpResponse:
    """The bank: every question, or those somebody looks for."""
    everything = _bank(request)
    asked = Narrowing(request.GET)
    found = _narrowed(everything, **asked.cleaned_data) if asked.is_valid() else everything.none()
    found = found.defer("purpose", "provenance").order_by("theme", "code")
    page = Paginator(found.prefetch_related("wordings"), LINES_PER_PAGE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "asked": asked,
        "page": page,
        "lines": _lines(everything, page),
        "kept": kept.urlencode(),
        "is_narrowed": any(request.GET.get(name) for name in asked.fields),
        "tree": bank_page(),
    }
    return render(request, "desk/bank.html", context)


def _narrowed(everything: QuestionPageQuerySet, *, words, audience, about, language, in_language, **equal):
    found = everything.original()
    if stage := equal.pop("stage"):
        # What belongs to no stage is asked at each.
        found = found.filter(stage__in=[stage, ""])
    found = found.filter(**{name: value for name, value in equal.items() if value})
    if words:
        said = everything.filter(wordings__text__icontains=words).values("translation_key")
        in_words = Q(code__icontains=words) | Q(purpose__icontains=words) | Q(translation_key__in=said)
        found = found.filter(in_words)
    if audience:
        found = found.filter(wordings__audience=audience)
    if about:
        found = found.filter(is_outcome=about == "outcome")
    return _worded(found, everything, language, in_language) if language else found


def _worded(found: QuestionPageQuerySet, everything: QuestionPageQuerySet, language: str, state: str):
    there = everything.filter(locale__language_code=language)
    if state in {"checked", "drafted"}:
        there = there.filter(is_checked=state == "checked")
    keys = there.values("translation_key")
    return found.exclude(translation_key__in=keys) if state == "missing" else found.filter(translation_key__in=keys)


def _lines(everything: QuestionPageQuerySet, page) -> list[dict]:
    """Each question with whom it is worded for and in which languages, in as many queries however many there are."""
    keys = [question.translation_key for question in page]
    rows = everything.filter(translation_key__in=keys).order_by("locale__language_code")
    languages: dict = {}
    for key, code, is_checked in rows.values_list("translation_key", "locale__language_code", "is_checked"):
        languages.setdefault(key, {True: [], False: []})[is_checked].append(LANGUAGES.get(code, code))
    return [
        {
            "question": question,
            "audiences": [AUDIENCES[Audience(wording.audience)] for wording in question.wordings.all()],
            "checked": languages[question.translation_key][True],
            "drafted": languages[question.translation_key][False],
        }
        for question in page
    ]


@never_cache
def question(request: HttpRequest, number: int) -> HttpResponse:
    """One question: its words, where it is asked, how it came to be, and what this person may do with it."""
    everything = _bank(request)
    # By `id` and not `pk`: only of that does Django know which numbers are too large to be one.
    found = get_object_or_404(everything.original(), id=number)
    if request.method == "POST":
        return _act(request, found)
    draft, asked = latest(found), how_it_asks(found)
    versions = everything.filter(translation_key=found.translation_key).exclude(pk=found.pk)
    context = {
        "question": found,
        "draft": draft,
        "versions": [_version(draft), *map(_version, versions.select_related("locale").order_by("locale"))],
        "changes": [(FOR[key], *said) for key, said in changed(asked, how_it_asks(draft)).items() if key != WAY],
        "scales": [item.scale for item in found.in_scales.select_related("scale")],
        "uses": uses_of(found, request.user),
        "history": wording_history(found),
        "steps": steps_open(request, found),
        "why_not": _why_not(request, found),
        **linted_wordings(draft),
    }
    return render(request, "desk/bank_question.html", context)


def _version(page: QuestionPage) -> dict:
    """What a question says in one language: for whom, and the answers this audience chooses from."""
    said = [
        (wording, AUDIENCES[Audience(wording.audience)], page.options_for(Audience(wording.audience)))
        for wording in page.wordings.all()
    ]
    return {"page": page, "language": LANGUAGES.get(page.locale.language_code, page.locale.language_code), "said": said}


def steps_open(request: HttpRequest, found: QuestionPage) -> set[str]:
    """What this person may do with it now."""
    person, status, is_councils = request.user, found.status, found.approved_by_id is None
    waits = status == Status.IN_APPROVAL
    turn = "bank.approve" if is_councils else "bank.confirm"
    may_decide = waits and person.has_perm(turn) and not why_not_second_person(found, by=person)
    may_submit, may_confirm = person.has_perm("bank.submit"), person.has_perm("bank.confirm")
    steps = {
        "submit": status == Status.DRAFT and may_submit,
        "take_back": waits and may_submit,
        "approve": may_decide and is_councils,
        "confirm": may_decide and not is_councils,
        "send_back": may_decide,
        "answer_refusal": status == Status.DRAFT and may_confirm and bool(refused_words(found)),
        "retire": status in {Status.DRAFT, Status.APPROVED} and person.has_perm("bank.retire"),
        "take_up": status == Status.RETIRED and may_submit,
    }
    return {name for name, is_open in steps.items() if is_open}


def questions_to_decide(request: HttpRequest) -> list[QuestionPage]:
    """The questions that wait for this very person."""
    may_approve, may_confirm = (request.user.has_perm(turn) for turn in ("bank.approve", "bank.confirm"))
    if not may_approve and not may_confirm:
        return []
    waiting = QuestionPage.objects.visible_to(request.user, VIEW).original().filter(status=Status.IN_APPROVAL)
    turns = [found for found in waiting if (may_approve if found.approved_by_id is None else may_confirm)]
    return left_to(turns, by=request.user)


def _why_not(request: HttpRequest, found: QuestionPage) -> str:
    """Why somebody whose role decides on it does not decide on this one."""
    turn = "bank.approve" if found.approved_by_id is None else "bank.confirm"
    if found.status != Status.IN_APPROVAL or not request.user.has_perm(turn):
        return ""
    return why_not_second_person(found, by=request.user)


def _act(request: HttpRequest, found: QuestionPage) -> HttpResponse:
    by, step = request.user, request.POST.get("step", "")
    reason = request.POST.get("reason", "").replace("\0", "")[:500]
    doing: dict[str, tuple[Callable[[], object], str]] = {
        "submit": (lambda: actions.submit(found, by=by), "Submitted. A care council decides on it now."),
        "take_back": (lambda: actions.take_back(found, by=by), "It is a draft again."),
        "approve": (lambda: actions.approve(found, by=by), "Approved. A second adult confirms it now."),
        "confirm": (lambda: actions.confirm(found, by=by), "Confirmed. These words are asked from now on."),
        "send_back": (lambda: actions.send_back(found, reason=reason, by=by), "Sent back."),
        "answer_refusal": (
            lambda: actions.answer_refusal(found, reason=reason, by=by),
            "Your answer is in its history.",
        ),
        "retire": (lambda: actions.retire(found, reason=reason, by=by), "Retired. Editions that ask it stay."),
        "take_up": (lambda: actions.take_up(found, by=by), "It is a draft again, to be approved anew."),
    }
    if step not in doing:
        raise PermissionDenied("There is no such step.")
    # What the page showed may be over: a decision is looked at as it is now.
    if step in {"approve", "confirm", "send_back"} and step not in steps_open(request, found):
        messages.error(request, _why_not(request, found) or "This is not to be decided by you now.")
    else:
        do, done = doing[step]
        attempt(request, done, do)
    return redirect("desk:question", number=found.pk)
