"""Where an administrator loads a scale that the area holds under licence, and ends its use."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from cms.desk.exchange import content_of
from cms.desk.trying import attempt
from surveys.fieldwork.licence_actions import end_scale, load_scale
from surveys.fieldwork.licences import LOAD, LicensedScale
from surveys.frame.models import Area
from surveys.frame.tables import BadTable
from surveys.instrument.licensed_reading import COLUMNS
from surveys.instrument.locker import RECORDS

LARGEST = 1024 * 1024
REFUSED = 422


@never_cache
def licensed(request: HttpRequest) -> HttpResponse:
    """What is loaded in this person’s areas, what the locker knows, and a place to load a file."""
    if not request.user.has_perm(LOAD):
        raise PermissionDenied("Your role does not include this.")
    faults: list[str] = []
    if request.method == "POST" and not (faults := _change(request)):
        return redirect("desk:licensed")
    found = LicensedScale.objects.visible_to(request.user, LOAD).select_related("area", "loaded_by")
    today = timezone.localdate()
    context = {
        "scales": [(scale, scale.is_over(today)) for scale in found.current()],
        "records": RECORDS.values(),
        "columns": COLUMNS,
        "areas": Area.objects.visible_to(request.user, LOAD),
        "faults": faults,
        "given": request.POST,
    }
    return render(request, "desk/licensed.html", context, status=REFUSED if faults else 200)


def _change(request: HttpRequest) -> list[str]:
    """Does what a button asks for; what is wrong with the file, if anything is."""
    step = request.POST.get("step")
    if step == "end":
        number = request.POST.get("scale", "")
        mine = LicensedScale.objects.visible_to(request.user, LOAD)
        scale = get_object_or_404(mine, pk=int(number) if number.isascii() and number.isdigit() else 0)
        attempt(request, "Ended. Nobody is asked with it any more.", lambda: end_scale(scale, by=request.user))
        return []
    if step != "load":
        raise PermissionDenied("There is no such step.")
    return _load(request)


def _load(request: HttpRequest) -> list[str]:
    areas = {area.code: area for area in Area.objects.visible_to(request.user, LOAD)}
    area = areas.get(request.POST.get("area", ""))
    file = request.FILES.get("file")
    if area is None or file is None:
        return ["Choose the area and the file first."]
    done = "Loaded whole. Practitioners of the area can use it from now on."
    try:
        content = content_of(file, LARGEST)
        return [] if attempt(request, done, lambda: load_scale(area, content, by=request.user)) else ["Nothing loaded."]
    except BadTable as problem:
        return problem.faults
    except ValidationError as problem:
        return problem.messages
