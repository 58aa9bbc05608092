"""What an inspector reads of promises, and the record of a draw that they follow again."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms.desk.inspection import for_whom_it_lets_in
from feedback.inspection import actions
from feedback.inspection.models import Grant
from feedback.inspection.policies import NotLetIn, why_not_today
from feedback.inspection.records import LONGEST, NotOurs
from feedback.promises.reading import action_gap, promises_by_theme
from feedback.promises.unanswered import unanswered
from feedback.promises.without import themes_without_a_promise


@for_whom_it_lets_in
@require_safe
def promises(request: HttpRequest, grant: Grant) -> HttpResponse:
    """What the area promised by theme, what came of it, and what nobody has answered."""
    actions.look_at_promises(grant, by=request.user)
    context = {
        "grant": grant,
        "themes": promises_by_theme(grant.area),
        "unanswered": unanswered(grant.area),
        "without": themes_without_a_promise(grant.area),
        "gap": action_gap(grant.area),
    }
    return render(request, "desk/inspection_promises.html", context)


class RecordForm(forms.Form):
    """The file that says how somebody drew a sample."""

    record = forms.FileField(
        label="The signed record of the draw",
        allow_empty_file=True,
        error_messages={"required": "Choose the file that was taken when the sample was drawn."},
    )

    def content(self) -> bytes:
        """What is in it, and no more than any record has."""
        return self.cleaned_data["record"].read(LONGEST + 1)


@for_whom_it_lets_in
def draw_again(request: HttpRequest, grant: Grant) -> HttpResponse:
    """Follows the record of a draw once more, also one that another inspectorate took."""
    if sentence := why_not_today(grant, timezone.localdate()):
        raise NotLetIn(sentence)
    sent = request.method == "POST"
    form = RecordForm(request.POST, request.FILES) if sent else RecordForm()
    context = {"grant": grant, "form": form}
    if sent and form.is_valid():
        try:
            context["record"] = actions.draw_again(grant, form.content(), by=request.user)
        except (NotOurs, ValidationError) as problem:
            form.add_error("record", getattr(problem, "messages", [str(problem)]))
    return render(request, "desk/inspection_draw_again.html", context)
