"""Where the phone gets the words at which it shows help: the same for everybody, and kept for later."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from surveys.answering.help_words import served

# Not in the survey's page: its first visit has to fit into few bytes, and this comes after the first question.
SAID = (
    _("If you are not safe now, or want to talk to someone:"),
    _("A person reads what you write, but not straight away."),
    _("Close"),
)


@require_safe
def help_words(request: HttpRequest, language: str) -> HttpResponse:
    """The pattern of one language and English, and what is said beside the numbers to call."""
    with override(language):
        sentences = [str(sentence) for sentence in SAID]
    content = served(language, sentences).encode()
    answer = HttpResponse(content, content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = "public, max-age=3600"
    answer["ETag"] = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    return get_conditional_response(request, etag=answer["ETag"], response=answer)
