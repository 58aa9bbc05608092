"""Pages are compressed on their way; sound is compressed already, and its pieces are counted in bytes as they are."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware


class CompressionMiddleware(GZipMiddleware):
    """Compresses everything but sound."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """The response as it goes out."""
        if response.get("Content-Type", "").startswith("audio/"):
            return response
        return super().process_response(request, response)
