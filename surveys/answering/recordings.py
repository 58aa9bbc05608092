"""What was read aloud, from an address of our own. Some players play nothing that they cannot get in pieces."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from surveys.bank.recordings import sound_stored

TYPE = "audio/mpeg"
# From here to there, from here on, or the last so many. Several at once are answered with the whole, as is allowed.
PIECE = re.compile(r"bytes=(?:(\d{1,15})-(\d{0,15})|-(\d{1,15}))\Z")


@require_safe
def recording(request: HttpRequest, sha256: str) -> HttpResponse:
    """A recording, whole or in the piece that is asked for. What is at this address never changes."""
    try:
        sound = sound_stored(sha256)
    except FileNotFoundError:
        return HttpResponse(status=404, content_type="text/plain")
    etag = f'"{sha256}"'
    asked = PIECE.match(request.headers.get("Range", "")) if request.headers.get("If-Range", etag) == etag else None
    answer = _piece(sound, *asked.groups()) if asked else HttpResponse(sound, content_type=TYPE)
    answer["Accept-Ranges"] = "bytes"
    answer["Cache-Control"] = "public, max-age=31536000, immutable"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=answer)


def _piece(sound: bytes, first: str | None, last: str | None, tail: str | None) -> HttpResponse:
    size = len(sound)
    begin = max(0, size - int(tail)) if tail else int(first or 0)
    if last and int(last) < begin:
        return HttpResponse(sound, content_type=TYPE)
    end = min(int(last), size - 1) if last else size - 1
    if begin > end:
        return HttpResponse(status=416, content_type="text/plain", headers={"Content-Range": f"bytes */{size}"})
    headers = {"Content-Range": f"bytes {begin}-{end}/{size}"}
    return HttpResponse(sound[begin : end + 1], status=206, content_type=TYPE, headers=headers)
