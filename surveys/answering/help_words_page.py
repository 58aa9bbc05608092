"""Where the phone gets the words at which it shows help: the same for everybody, and kept for later."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from surveys.answering.help_words import served


@require_safe
def help_words(request: HttpRequest, language: str) -> HttpResponse:
    """The pattern of one language and English."""
    content = served(language).encode()
    answer = HttpResponse(content, content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = "public, max-age=3600"
    answer["ETag"] = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    return get_conditional_response(request, etag=answer["ETag"], response=answer)
