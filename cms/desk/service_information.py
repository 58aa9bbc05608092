"""Service information for a board: every stored table and period of a release, and four sources side by side."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.desk.releases import readable
from feedback.releases.board import LEADING, TABLES, Chosen, looked_at, periods_in, sources_of, tables_over_time
from feedback.releases.models import Release
from feedback.releases.service_information import QuestionInformation
from feedback.releases.telling import Told, beside_it, told_of_everybody, told_of_question


@never_cache
@require_safe
def figures(request: HttpRequest, code: str) -> HttpResponse:
    """Any stored table of a release; whatever is asked for that is not stored is the first that is."""
    release = _release(request, code)
    everybody = told_of_everybody(release)
    asked = request.GET.get("question", "")
    known = everybody.question(asked) or next(iter(everybody.questions), None)
    context: dict[str, Any] = {"release": release, "by_voice": _by_voice(everybody)}
    if known is not None:
        context |= _looked_at(request, release, told_of_question(release, known.code).question(known.code))
    return render(request, "desk/figures.html", context)


def _release(request: HttpRequest, code: str) -> Release:
    return get_object_or_404(readable(request).select_related("area"), code=code)


def _by_voice(told: Told) -> dict[str, list[QuestionInformation]]:
    found: dict[str, list[QuestionInformation]] = {}
    for question in told.questions:
        found.setdefault(question.voice, []).append(question)
    return found


def _looked_at(request: HttpRequest, release: Release, question: QuestionInformation | None) -> dict[str, Any]:
    if question is None:
        return {}
    tables = tables_over_time(release, question)
    there = {name: title for name, title in TABLES.items() if name == "overall" or any(t.table == name for t in tables)}
    answers = _answers(question)
    chosen = Chosen(_one_of(request, "table", there), "", _one_of(request, "answer", answers))
    periods = ["", *periods_in(question, tables, chosen)]
    chosen = Chosen(chosen.table, _one_of(request, "period", periods), chosen.answer)
    return {
        "question": question,
        "tables": there.items(),
        "answers": answers.items(),
        "answer": answers[chosen.answer],
        "periods": periods[1:],
        "chosen": chosen,
        "shown": looked_at(question, tables, chosen),
    }


def _answers(question: QuestionInformation) -> dict[str, str]:
    latest = question.latest
    leading = question.lead.label if question.lead else "No answer stands for it"
    lines = latest.lines if latest else ()
    return {LEADING: leading} | {line.option: line.label for line in lines if line.percent}


def _one_of(request: HttpRequest, name: str, known) -> str:
    """What was asked for, if it is there; otherwise the first."""
    asked = request.GET.get(name, "")
    return asked if asked in known else next(iter(known))


@never_cache
@require_safe
def sources(request: HttpRequest, code: str) -> HttpResponse:
    """Four sources side by side, theme by theme, with the gaps said (progress report 5.33)."""
    release = _release(request, code)
    themes = sources_of(told_of_everybody(release), beside_it(release))
    return render(request, "desk/sources.html", {"release": release, "themes": themes})
