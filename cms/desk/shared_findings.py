"""Shared findings at the desk: an analyst writes, a second person publishes, other areas say that they found it too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from cms.desk.finding_promises import of_finding, says_so_of_finding
from cms.desk.trying import attempt
from feedback.findings import actions
from feedback.findings.exchange import MOST_BYTES
from feedback.findings.exchange_actions import bring_in
from feedback.findings.models import (
    CHECK,
    KEEP_KINDS,
    LONGEST_TEXT,
    LONGEST_TITLE,
    VIEW,
    WRITE,
    FindingKind,
    SharedFinding,
)
from feedback.findings.policies import OPEN, what_fell
from feedback.findings.shown import (
    alike_of,
    citable,
    citable_in,
    public_finding,
    public_findings,
    rests_on,
    stages_of_the_journey,
    together,
)
from surveys.bank.themes import Theme
from surveys.frame.models import Area

ANY_OF = (VIEW, WRITE, CHECK, KEEP_KINDS)
ALL_AREAS = "all"


class FindingForm(forms.Form):
    """A finding in an area's own words."""

    kind = forms.ModelChoiceField(label="Kind", queryset=None, empty_label=None)
    title = forms.CharField(label="What was found, in a line", max_length=LONGEST_TITLE)
    description = forms.CharField(
        label="What was found, in your own words",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="So that somebody in another area recognises it. No names, and nothing that only one child said.",
    )
    did = forms.CharField(
        label="What was done about it",
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Or what was tried and did not work. Leave it empty if nothing was done yet: that is said.",
    )
    theme = forms.ChoiceField(label="Theme", choices=Theme.choices)
    stage = forms.ModelChoiceField(
        label="Step of the journey", queryset=None, required=False, empty_label="No step in particular"
    )

    def __init__(self, request: HttpRequest, data=None, **given) -> None:
        super().__init__(data, **given)
        self.fields["kind"].queryset = FindingKind.objects.visible_to(request.user, WRITE).offered()
        self.fields["stage"].queryset = stages_of_the_journey()


@never_cache
def shared_findings(request: HttpRequest) -> HttpResponse:
    """What this person writes or checks, and what every area has published."""
    if not any(request.user.has_perm(permission) for permission in ANY_OF):
        raise PermissionDenied("Your role does not include this.")
    own = SharedFinding.objects.visible_to(request.user, WRITE) | SharedFinding.objects.visible_to(request.user, CHECK)
    context = {
        "areas": _areas(request),
        "own": own.select_related("area", "kind").distinct().exclude(status=SharedFinding.Status.WITHDRAWN),
        "kinds": together(public_findings()),
        "may_keep_kinds": request.user.has_perm(KEEP_KINDS),
        "has_kinds": FindingKind.objects.visible_to(request.user, VIEW).offered().exists(),
    }
    return render(request, "desk/shared_findings.html", context)


def _areas(request: HttpRequest) -> list[tuple[str, str]]:
    """Where this person writes findings."""
    areas = Area.objects.visible_to(request.user, WRITE).filter(merged_into=None)
    found = [(area.code, area.name) for area in areas]
    return [(ALL_AREAS, "All areas together"), *found] if request.user.holds_everywhere(WRITE) else found


def _area_of(request: HttpRequest, code: str) -> Area | None:
    if code == ALL_AREAS and request.user.holds_everywhere(WRITE):
        return None
    return get_object_or_404(Area.objects.visible_to(request.user, WRITE), code=code)


@never_cache
def write(request: HttpRequest, code: str) -> HttpResponse:
    """A form for a new finding of an area."""
    area = _area_of(request, code)
    form = FindingForm(request, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made: list[SharedFinding] = []
        words = form.cleaned_data
        done = "Begun. Say now what it rests on."
        if attempt(request, done, lambda: made.append(actions.write_finding(area, **words, by=request.user))):
            return redirect("desk:shared_finding", code=made[0].code)
    context = {"form": form, "area": area or "All areas together"}
    return render(request, "desk/shared_finding_write.html", context, status=422 if form.errors else 200)


@never_cache
def shared_finding(request: HttpRequest, code: str) -> HttpResponse:
    """One finding: its words, what it rests on, and the steps that are open to this person."""
    one = _readable(request, code)
    form = FindingForm(request, _sent(request), initial=_words(one))
    if request.method == "POST" and (done := _do(request, one, form)):
        return done
    return render(request, "desk/shared_finding.html", _shown(request, one, form), status=422 if form.errors else 200)


def _readable(request: HttpRequest, code: str) -> SharedFinding:
    """A finding of one's own areas, or one that anybody may read."""
    if not any(request.user.has_perm(permission) for permission in ANY_OF):
        raise PermissionDenied("Your role does not include this.")
    mine = SharedFinding.objects.visible_to(request.user, WRITE) | SharedFinding.objects.visible_to(request.user, CHECK)
    found = mine.select_related("area", "kind", "stage", "same_as__area").filter(code=code).first()
    if (found := found or public_finding(code)) is None:
        raise Http404("There is no such finding.")
    return found


def _sent(request: HttpRequest):
    return request.POST if request.method == "POST" and "reword" in request.POST else None


def _words(one: SharedFinding) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ("kind", "title", "description", "did", "theme", "stage")}


def _shown(request: HttpRequest, one: SharedFinding, form: FindingForm) -> dict[str, Any]:
    may_write = request.user.has_perm(WRITE, one) and one.status in OPEN
    is_public = one.status == SharedFinding.Status.PUBLISHED
    return {
        "finding": one,
        "form": form if may_write else None,
        "states": one.states.select_related("by"),
        "rests_on": rests_on(one),
        "fell": what_fell(one),
        "alike": alike_of(one, public_findings()),
        "steps": _steps(request, one),
        "releases": citable(one) if may_write else [],
        "public_address": reverse("nation:finding", args=[one.code]) if is_public else "",
        "areas_too": _areas(request) if is_public else [],
        **of_finding(request, one),
    }


STEPS: tuple[tuple[str, str, str, tuple[str, ...], str, bool], ...] = (
    ("propose", "Propose", WRITE, ("draft", "returned"), "Proposed. A second person checks it now.", False),
    ("publish", "Publish", CHECK, ("proposed",), "Published. Everybody can read it now.", False),
    ("return", "Send it back", CHECK, ("proposed",), "Sent back.", True),
    ("withdraw", "Withdraw", CHECK, ("published",), "Withdrawn. Its address says so.", True),
)
ACTS: dict[str, Callable[..., None]] = {
    "propose": actions.propose_finding,
    "publish": actions.publish_finding,
    "return": actions.return_finding,
    "withdraw": actions.withdraw_finding,
}


def _steps(request: HttpRequest, one: SharedFinding) -> list[dict[str, Any]]:
    is_author = request.user.pk in one.authors()
    return [
        {"name": name, "label": label, "needs_a_reason": needs_a_reason}
        for name, label, permission, states, _, needs_a_reason in STEPS
        if one.status in states
        and request.user.has_perm(permission, one)
        and not (is_author and name in {"publish", "return"})
    ]


def _do(request: HttpRequest, one: SharedFinding, form: FindingForm) -> HttpResponse | None:
    """Does what a button asks for; nothing where words that were sent cannot be kept."""
    if "reword" in request.POST:
        if not form.is_valid():
            return None
        words = form.cleaned_data
        attempt(request, "It says this now.", lambda: actions.reword_finding(one, **words, by=request.user))
    elif "too" in request.POST:
        return _find_too(request, one)
    elif "link" in request.POST or "unlink" in request.POST:
        says_so_of_finding(request, one)
    else:
        name = request.POST.get("step", "")
        done = next((step[4] for step in STEPS if step[0] == name), "")
        reason = {"reason": request.POST.get("reason", "")} if name in {"return", "withdraw"} else {}
        if name in ACTS:
            attempt(request, done, lambda: ACTS[name](one, by=request.user, **reason))
    return redirect("desk:shared_finding", code=one.code)


def _find_too(request: HttpRequest, one: SharedFinding) -> HttpResponse:
    area, made = _area_of(request, request.POST["too"]), []
    done = "Begun. Say in your own words what was found here, and what it rests on."
    attempt(request, done, lambda: made.append(actions.find_too(one, area, by=request.user)))
    return redirect("desk:shared_finding", code=made[0].code if made else one.code)


@never_cache
def cite(request: HttpRequest, code: str, release: str) -> HttpResponse:
    """What a finding rests on in one published release: ticked on this page."""
    found = get_object_or_404(SharedFinding.objects.visible_to(request.user, WRITE), code=code)
    of_release = next((one for one in citable(found) if one.code == release), None)
    if of_release is None:
        raise Http404("This finding can rest on no such release.")
    there = citable_in(found, of_release)
    if request.method == "POST":
        ticked = {name: set(request.POST.getlist(name)) for name in ("question", "quote", "theme")}
        chosen = {
            "questions": [name for name, _ in there.questions if name in ticked["question"]],
            "quotes": [one.key for one in there.quotes if str(one.key) in ticked["quote"]],
            "themes": [one.key for one in there.themes if str(one.key) in ticked["theme"]],
        }
        if attempt(request, "Kept.", lambda: actions.cite(found, of_release, **chosen, by=request.user)):
            return redirect("desk:shared_finding", code=code)
    context = {"finding": found, "release": of_release, "there": there}
    return render(request, "desk/shared_finding_cite.html", context)


class KindForm(forms.Form):
    """A kind of finding."""

    code = forms.SlugField(label="Code, which never changes", max_length=63, required=False)
    name = forms.CharField(label="Name", max_length=LONGEST_TITLE)
    means = forms.CharField(label="What it means", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    is_offered = forms.BooleanField(label="Findings may be of this kind", required=False, initial=True)


@never_cache
def finding_kinds(request: HttpRequest) -> HttpResponse:
    """The open list of kinds, and files of findings from elsewhere, for whoever keeps them."""
    if not request.user.has_perm(KEEP_KINDS):
        raise PermissionDenied("Your role does not include this.")
    kinds = FindingKind.objects.visible_to(request.user, KEEP_KINDS).newest()
    form = KindForm(request.POST if "name" in request.POST else None)
    if request.method == "POST" and (done := _keep(request, form, kinds)):
        return done
    context = {"kinds": kinds, "form": form}
    return render(request, "desk/finding_kinds.html", context, status=422 if form.errors else 200)


def _keep(request: HttpRequest, form: KindForm, kinds) -> HttpResponse | None:
    if "start" in request.POST:
        attempt(request, "The kinds we begin with are on the list.", lambda: actions.start_kinds(by=request.user))
    elif "bring_in" in request.POST:
        _bring_in(request)
    elif form.is_valid():
        after = kinds.filter(code=request.POST.get("after", "")).first()
        attempt(
            request, "It is on the list.", lambda: actions.word_kind(**form.cleaned_data, after=after, by=request.user)
        )
    else:
        return None
    return redirect("desk:finding_kinds")


def _bring_in(request: HttpRequest) -> None:
    file = request.FILES.get("file")
    if file is None:
        messages.error(request, "Choose a file first.")
        return
    # One byte more than may be, so that what is too long is refused and not cut.
    content = file.read(MOST_BYTES + 1)
    site = request.build_absolute_uri("/").rstrip("/")
    done = "Brought in. What is new waits for a second person; what was here already stays as it is."
    attempt(request, done, lambda: bring_in(content, site=site, by=request.user))
