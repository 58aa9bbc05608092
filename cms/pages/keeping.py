"""How long others may keep a page."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.cache import patch_cache_control


def asked_for_each_time(response: HttpResponse) -> HttpResponse:
    """A page with words of respondents: whoever keeps it asks us before showing it, so what is recalled is gone."""
    patch_cache_control(response, no_cache=True, max_age=0, must_revalidate=True)
    return response
