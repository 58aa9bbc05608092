"""Questions handed from area to area: packed into a file, and looked at before anything of a file is stored."""

from __future__ import annotations

import hashlib

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.desk.exchange import LONGEST_WAITING, content_of, download, sealed, unsealed
from cms.desk.surveys import VIEW, mine
from cms.workflow.history import latest
from surveys.bank.models import QuestionPage
from surveys.bank.pack_actions import WORD, import_questions
from surveys.bank.packs import NEW, beside_bank, pack_of, questions_of_bank, read_brought
from surveys.design.translating import Translation
from surveys.instrument.packs import LARGEST, BadPack, Pack, write_pack

CONTENT_TYPE = "application/json"
REFUSED = 422


def _check(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied("Your role does not include this.")


@never_cache
def packs(request: HttpRequest) -> HttpResponse:
    """Choose questions to hand on, or a file to bring in."""
    _check(request, WORD)
    step = request.POST.get("step", "")
    if request.method == "POST" and step not in {"pack", "look", "keep"}:
        raise PermissionDenied("There is no such step.")
    if step == "pack":
        chosen = set(request.POST.getlist("code"))
        return _packed(request, [page for page in questions_of_bank() if page.code in chosen], "questions")
    if step == "look":
        return _look(request)
    if step == "keep":
        return _keep(request)
    return _choose(request)


def _choose(request: HttpRequest, faults: list[str] | None = None) -> HttpResponse:
    context = {"questions": questions_of_bank(), "faults": faults}
    return render(request, "desk/packs.html", context, status=REFUSED if faults else 200)


def _packed(request: HttpRequest, questions: list[QuestionPage], name: str) -> HttpResponse:
    if not questions:
        messages.error(request, "There is no question to pack. Choose one first.")
        return redirect("desk:packs")
    return download(write_pack(pack_of(questions)).encode(), CONTENT_TYPE, f"{name}.json")


@never_cache
@require_safe
def pack_of_survey(request: HttpRequest, number: int) -> HttpResponse:
    """The questions of a survey as a pack."""
    _check(request, VIEW)
    found = get_object_or_404(mine(request), id=number)
    return _packed(request, list(Translation(latest(found), "cy").questions.values()), found.slug)


def _content(file: UploadedFile | None) -> bytes:
    if file is None:
        raise ValidationError("Choose the file first.")
    return content_of(file, LARGEST)


def _look(request: HttpRequest) -> HttpResponse:
    try:
        content = _content(request.FILES.get("file"))
        pack = read_brought(content)
    except BadPack as problem:
        return _choose(request, problem.faults)
    except ValidationError as problem:
        return _choose(request, problem.messages)
    brought = beside_bank(pack)
    # A pack with recordings is too much for a page to hold; then the same file is asked for once more.
    waits = {"sha256": hashlib.sha256(content).hexdigest(), "pack": content.decode("utf-8-sig")}
    waiting = sealed(request, "pack", waits)
    if is_long := len(waiting) > LONGEST_WAITING:
        waiting = sealed(request, "pack", {**waits, "pack": ""})
    is_new = any(one.state == NEW for one in brought)
    context = {"brought": brought, "waiting": waiting, "is_long": is_long, "is_new": is_new, "sounds": len(pack.sounds)}
    return render(request, "desk/pack_look.html", context)


def _keep(request: HttpRequest) -> HttpResponse:
    try:
        made = import_questions(_looked_at(request), request.POST.getlist("code"), by=request.user)
    except (BadPack, ValidationError) as problem:
        messages.error(request, " ".join(getattr(problem, "messages", [str(problem)])))
        return redirect("desk:packs")
    many = len(made)
    messages.success(
        request, f"{many} question{'' if many == 1 else 's'} came into the bank, as draft{'s' * (many > 1)}."
    )
    return redirect("desk:packs")


def _looked_at(request: HttpRequest) -> Pack:
    waited = unsealed(request, "pack")
    content = waited["pack"].encode() or _content(request.FILES.get("file"))
    if not waited["pack"] and hashlib.sha256(content).hexdigest() != waited["sha256"]:
        raise ValidationError("This is another file than the one you looked at. Look at this one first.")
    return read_brought(content)
