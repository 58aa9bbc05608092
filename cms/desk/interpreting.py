"""Where an analyst says, question by question, what the figures of a release may mean."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from feedback.releases.comparing import last_before
from feedback.releases.interpretation_actions import interpret
from feedback.releases.interpretations import LABELS, LONGEST, Reading
from feedback.releases.models import Release
from feedback.releases.policies import check_may_interpret, check_reading
from feedback.releases.readings import questions_to_interpret, readings_of
from feedback.releases.service_information import QuestionInformation, service_information
from surveys.frame.policies import NotAllowed

# So that a part of the longest texts, in any script, fits into one request.
QUESTIONS_A_PAGE = 12
SOMEBODY_ELSE = "Somebody else wrote here meanwhile. What they wrote is below it; put the two together and keep again."


@dataclass
class Asked:
    """One question of the form: its figures, what is kept, what was typed, and what is wrong with it."""

    question: QuestionInformation
    kept: Reading
    last: Reading | None
    typed: Reading = field(default_factory=Reading)
    error: str = ""

    @property
    def seen(self) -> str:
        """A mark of what is kept, by which it is noticed that somebody else changed it meanwhile."""
        return hashlib.sha256(json.dumps(self.kept.texts).encode()).hexdigest()[:16]

    @property
    def fields(self) -> list[tuple[str, str, str]]:
        """Name, label and text of each of the three boxes."""
        return [(f"{name}.{self.question.code}", LABELS[name], text) for name, text in self.typed.texts.items()]

    @property
    def is_changed(self) -> bool:
        """Whether something else was typed than is kept."""
        return self.typed.texts != self.kept.texts

    def read(self, request: HttpRequest) -> None:
        """Takes over what was sent; and the words of the last release if that was ticked."""
        sent = {name: request.POST.get(f"{name}.{self.question.code}", "") for name in LABELS}
        self.typed = Reading(**{name: text.replace("\r\n", "\n").strip() for name, text in sent.items()})
        if self.last and self.typed.is_empty and f"last.{self.question.code}" in request.POST:
            self.typed = Reading(**self.last.texts)
        if self.is_changed:
            self.error = self._problem(request.POST.get(f"seen.{self.question.code}", ""))

    def _problem(self, seen: str) -> str:
        if seen != self.seen:
            return SOMEBODY_ELSE
        try:
            check_reading(self.typed)
        except NotAllowed as problem:
            return " ".join(problem.messages)
        return ""


@never_cache
def interpreting(request: HttpRequest, code: str) -> HttpResponse:
    """Every question of a draft with its protected figures, and three boxes for what they may mean."""
    mine = Release.objects.visible_to(request.user, "releases.propose").select_related("area")
    release = get_object_or_404(mine, code=code)
    every = _asked(release)
    part = Paginator(every, QUESTIONS_A_PAGE).get_page(request.GET.get("page"))
    status = 200
    if request.method == "POST":
        for one in part:
            one.read(request)
        if _keep(request, release, part):
            return redirect(_next_after(request, release, part))
        status = 422
    context = {
        "release": release,
        "part": part,
        "asked": every,
        "missing": sum(one.kept.is_empty for one in every),
        "longest": LONGEST,
        "why_not": _why_not(release),
    }
    return render(request, "desk/interpreting.html", context, status=status)


def _next_after(request: HttpRequest, release: Release, part: Page) -> str:
    """The same part again, the next, or the release once there is no other."""
    here = reverse("desk:interpreting", args=[release.code])
    if "stay" in request.POST:
        return f"{here}?page={part.number}"
    return f"{here}?page={part.next_page_number()}" if part.has_next() else reverse("desk:release", args=[release.code])


def _asked(release: Release) -> list[Asked]:
    kept, wanted = readings_of(release), set(questions_to_interpret(release))
    earlier = last_before(release)
    last = readings_of(earlier) if earlier else {}
    found = []
    for question in service_information(release):
        if question.code in wanted:
            before = last.get(question.code)
            usable = before if before and not before.is_left_open else None
            reading = kept.get(question.code, Reading())
            found.append(Asked(question, reading, usable, reading))
    return found


def _why_not(release: Release) -> str:
    try:
        check_may_interpret(release)
    except NotAllowed as problem:
        return " ".join(problem.messages)
    return ""


def _keep(request: HttpRequest, release: Release, asked: Iterable[Asked]) -> bool:
    """Keeps every question that was changed, or none of them if one cannot be kept."""
    changed = [one for one in asked if one.is_changed]
    if any(one.error for one in changed):
        messages.error(request, "Nothing is kept yet: look at what is said at the questions below.")
        return False
    try:
        interpret(release, {one.question.code: one.typed for one in changed}, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return False
    messages.success(request, f"Kept: {len(changed)} {'question' if len(changed) == 1 else 'questions'}.")
    return True
