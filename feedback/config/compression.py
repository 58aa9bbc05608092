"""Pages are compressed on their way; sound is compressed already, and its pieces are counted in bytes as they are."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware


class _WithoutPadding(GZipMiddleware):
    """Adds no random bytes: they hide the length of a secret, and what anybody may keep has none."""

    max_random_bytes = 0


class CompressionMiddleware(GZipMiddleware):
    """Compresses everything but sound."""

    def __init__(self, get_response) -> None:
        super().__init__(get_response)
        self.for_anybody = _WithoutPadding(get_response)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """The response as it goes out."""
        if response.get("Content-Type", "").startswith("audio/"):
            return response
        if response.get("Cache-Control", "").startswith("public"):
            return self.for_anybody.process_response(request, response)
        return super().process_response(request, response)
