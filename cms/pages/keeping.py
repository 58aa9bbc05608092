"""How long others may keep a page."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.cache import patch_cache_control

# A quote that was recalled is gone everywhere within a minute (issue 7).
SECONDS = 60


def for_a_minute(response: HttpResponse) -> HttpResponse:
    """A page with words of respondents: nobody keeps it for longer than a minute without asking again."""
    patch_cache_control(response, max_age=SECONDS, must_revalidate=True)
    return response
