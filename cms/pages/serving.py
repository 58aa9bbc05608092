"""The only addresses of uploaded files: outside what is for everybody, at the desk what somebody may choose."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.permissions import policy_registry

from cms.pages.documents import KINDS
from cms.pages.uploaded import Picture, PictureRendition, PublicDocument

ANY = ("choose", "add", "change", "delete")
KINDS_OF_PICTURE = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp", "gif": "image/gif"}
# Even where a browser would show it, nothing in it may run.
SEALED = "default-src 'none'; sandbox"


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """A picture of a public page."""
    found = _rendition(name)
    if not found.image.is_open():
        raise Http404("This picture is not for everybody.")
    return _kept_for(_picture(found), "public, max-age=3600")


@never_cache
@require_safe
def picture_at_desk(request: HttpRequest, name: str) -> HttpResponse:
    """A picture for those who may choose it."""
    found = _rendition(name)
    _check_may_see(request, found.image)
    return _picture(found)


@require_safe
def document(request: HttpRequest, document_id: int) -> HttpResponse:
    """A document of a public page."""
    found = get_object_or_404(PublicDocument, pk=document_id)
    if not found.is_open():
        raise Http404("This document is not for everybody.")
    return _kept_for(_document(found), "public, max-age=300")


@never_cache
@require_safe
def document_at_desk(request: HttpRequest, document_id: int) -> HttpResponse:
    """A document for those who may choose it."""
    found = get_object_or_404(PublicDocument, pk=document_id)
    _check_may_see(request, found)
    return _document(found)


def _rendition(name: str) -> PictureRendition:
    return get_object_or_404(PictureRendition.objects.select_related("image__collection"), file=f"images/{name}")


def _check_may_see(request: HttpRequest, what: Picture | PublicDocument) -> None:
    policy = policy_registry.get_by_type(type(what))
    if not policy.user_has_any_permission_for_instance(request.user, ANY, what):
        raise PermissionDenied("Your role does not include this.")


def _picture(found: PictureRendition) -> HttpResponse:
    kind = KINDS_OF_PICTURE.get(found.file.name.rsplit(".", 1)[-1], "application/octet-stream")
    return _sealed(HttpResponse(_content(found.file), content_type=kind))


def _document(found: PublicDocument) -> HttpResponse:
    """To be saved, under a name made of its title."""
    ending = found.file_extension
    name = f"{slugify(found.title)[:80] or 'document'}.{ending}"
    kind = KINDS.get(ending, "application/octet-stream")
    response = _sealed(HttpResponse(_content(found.file), content_type=kind))
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _content(file: FieldFile) -> bytes:
    """All of it, which is 10 MB at most."""
    try:
        with file.open("rb") as opened:
            return opened.read()
    except FileNotFoundError as problem:
        raise Http404("This file is not in the store.") from problem


def _sealed(response: HttpResponse) -> HttpResponse:
    response["Content-Security-Policy"] = SEALED
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _kept_for(response: HttpResponse, how_long: str) -> HttpResponse:
    response["Cache-Control"] = how_long
    return response
