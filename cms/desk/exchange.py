"""Surveys from other programs and for them: what would be kept is shown first, and stored on a second press."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.desk.surveys import VIEW, mine
from cms.workflow.history import latest
from surveys.design.composition import compose
from surveys.design.incoming import Settled, reused_note
from surveys.design.xlsform_actions import look_at_content, store_design
from surveys.design.xlsform_files import LARGEST
from surveys.design.xlsform_out import CONTENT_TYPE, workbook_of
from surveys.frame.models import Area
from surveys.instrument.document import BadInstrument, read, write
from surveys.instrument.items import Kind
from surveys.instrument.wording import AUDIENCE_CHOICES, LANGUAGES, Audience
from surveys.instrument.xlsform import BadXlsform, Loss

DRAFT, WORD = "design.write", "bank.write"
REFUSED = 422
# What was looked at waits in the page itself; nothing is stored until it is kept.
WAITS_SECONDS = 60 * 60
LONGEST_WAITING = 200 * 1024


class BringIn(forms.Form):
    """A form from another program, and for whom it will be asked."""

    area = forms.ChoiceField(help_text="Its care council owns the survey.")
    audience = forms.ChoiceField(
        choices=AUDIENCE_CHOICES, initial=Audience.AGE_12_17, help_text="A form does not say whom it is for; choose it."
    )
    prefix = forms.CharField(
        label="what to put before a code that is taken",
        max_length=20,
        required=False,
        help_text="Where the bank has another question of the same code, that one stays. Left empty: from the title.",
    )
    file = forms.FileField(
        label="the form", help_text=f"XLSForm as .xlsx, .xls, .csv or .md, {LARGEST // 1024 // 1024} MB at most."
    )

    def __init__(self, *args: Any, areas: list[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [(area.code, area.name) for area in areas]


@never_cache
def bring_in(request: HttpRequest) -> HttpResponse:
    """Takes an XLSForm, lists item by item what it becomes and what it loses, and keeps it when that was read."""
    if not (request.user.has_perm(DRAFT) and request.user.has_perm(WORD)):
        raise PermissionDenied("Your role does not include this.")
    areas = list(Area.objects.visible_to(request.user, DRAFT))
    if request.POST.get("step") == "keep":
        return _keep(request, areas)
    form = BringIn(request.POST or None, request.FILES or None, areas=areas)
    if request.method == "POST" and form.is_valid() and (settled := _look(request, form)):
        return _show(request, form, settled)
    return render(request, "desk/bring_in.html", {"form": form}, status=REFUSED if request.method == "POST" else 200)


def content_of(file: UploadedFile, largest: int) -> bytes:
    """What was sent; a file that is too large was not even read."""
    if (file.size or 0) > largest:
        raise ValidationError(f"The file is larger than {largest // 1024 // 1024} MB.")
    return file.read()


def _look(request: HttpRequest, form: BringIn) -> Settled | None:
    sent, audience = form.cleaned_data["file"], Audience(form.cleaned_data["audience"])
    try:
        content = content_of(sent, LARGEST)
        return look_at_content(
            content, name=sent.name, audience=audience, prefix=form.cleaned_data["prefix"], by=request.user
        )
    except BadXlsform as problem:
        for sentence in str(problem).split("\n"):
            form.add_error("file", sentence)
    except ValidationError as problem:
        form.add_error("file", problem)
    return None


def _show(request: HttpRequest, form: BringIn, settled: Settled) -> HttpResponse:
    area = form.cleaned_data["area"]
    waiting = _wrapped(request, settled, area)
    if len(waiting) > LONGEST_WAITING:
        form.add_error("file", "This form is too long for this page. An administrator can load it at the console.")
        return render(request, "desk/bring_in.html", {"form": form}, status=REFUSED)
    context = {
        "settled": settled,
        "waiting": waiting,
        "area": area,
        "note": reused_note(settled) if settled.reused else "",
        "languages": [LANGUAGES[code] for code in settled.instrument.languages],
        "new": [item for item in settled.instrument.items if item.kind is not Kind.INFORMATION],
    }
    return render(request, "desk/bring_in_look.html", context)


def sealed(request: HttpRequest, what: str, about: dict[str, Any]) -> str:
    """What somebody looked at, for themselves alone to send back unchanged within the hour."""
    return signing.dumps(about, salt=f"{what}-{request.user.pk}", compress=True)


def unsealed(request: HttpRequest, what: str) -> dict[str, Any]:
    """What was sealed for this person; a sentence if it is too old or not what was shown."""
    try:
        return signing.loads(request.POST.get("waiting", ""), salt=f"{what}-{request.user.pk}", max_age=WAITS_SECONDS)
    except signing.BadSignature as problem:
        raise ValidationError("This page has waited for more than an hour. Choose the file again.") from problem


def _wrapped(request: HttpRequest, settled: Settled, area: str) -> str:
    about = {
        "document": write(settled.instrument),
        "reused": sorted(settled.reused),
        "losses": [[loss.sheet, loss.row, loss.what] for loss in settled.losses],
        "area": area,
        "slug": f"imported-{uuid.uuid4().hex[:12]}",
    }
    return sealed(request, "xlsform", about)


def _keep(request: HttpRequest, areas: list[Area]) -> HttpResponse:
    try:
        about = unsealed(request, "xlsform")
        settled = Settled(
            read(about["document"]), frozenset(about["reused"]), tuple(Loss(*loss) for loss in about["losses"])
        )
        area = next((area for area in areas if area.code == about["area"]), None)
        if area is None:
            raise PermissionDenied("You have no role in this area that lets you do this.")
        survey = store_design(settled, area=area, by=request.user, slug=about["slug"])
    except (ValidationError, BadXlsform) as problem:
        messages.error(request, " ".join(getattr(problem, "messages", [str(problem)])))
        return redirect("desk:bring_in")
    messages.success(
        request, f"“{survey.title}” is a draft now, and so are its new questions. Read each before you go on."
    )
    return redirect("desk:survey", number=survey.pk)


@never_cache
@require_safe
def take_out(request: HttpRequest, number: int) -> HttpResponse:
    """The survey, as it is drafted now, as an XLSForm for other programs."""
    if not request.user.has_perm(VIEW):
        raise PermissionDenied("Your role does not include this.")
    survey = get_object_or_404(mine(request), id=number)
    try:
        content = workbook_of(compose(latest(survey)))
    except (BadInstrument, ValidationError) as problem:
        messages.error(
            request, f"It cannot be downloaded yet: {' '.join(getattr(problem, 'messages', [str(problem)]))}"
        )
        return redirect("desk:survey", number=number)
    return download(content, CONTENT_TYPE, f"{survey.slug}.xlsx")


def download(content: bytes, content_type: str, name: str) -> HttpResponse:
    """A file to be kept, not shown."""
    reply = HttpResponse(content, content_type=content_type)
    reply.headers["Content-Disposition"] = content_disposition_header(True, name)
    return reply
