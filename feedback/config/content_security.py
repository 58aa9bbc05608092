"""The headers by which a browser shuts what a page does not need, for each kind of page, chosen by its address."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
# Wagtail's admin still has inline scripts (date pickers, inline panels) and previews in a frame of its own.
DESK = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; connect-src 'self'; frame-ancestors 'self'; form-action 'self'; "
    "object-src 'none'; base-uri 'none'"
)
DESK_PREFIX = "/desk/"
# What a page could ask a browser for, and none of ours does. Passkeys are what browsers allow by themselves.
NOTHING_OF_A_DEVICE = ", ".join(
    f"{one}=()"
    for one in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "hid",
        "idle-detection",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "screen-wake-lock",
        "serial",
        "usb",
    )
)
# Open data is for every page of everybody, and published pictures are in previews too, whose frame belongs to no site;
# anything else is for pages of ours.
FOR_EVERY_SITE = ("/open-data/", "/shown/")
# Where passwords and codes are typed, and on our own screens, where children's words are read, nothing is let in that
# Wagtail's other screens need.
STRICT_AT_DESK = ("/desk/login/", "/desk/sign-in/", "/desk/password_reset/", "/desk/work/")


class ContentSecurityMiddleware:
    """Sets the policies of the page's kind: strict everywhere but at the desk."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers the request with the policies that fit its address."""
        response = self.get_response(request)
        used_by = "cross-origin" if request.path.startswith(FOR_EVERY_SITE) else "same-origin"
        response.headers.setdefault("Cross-Origin-Resource-Policy", used_by)
        response.headers.setdefault("Permissions-Policy", NOTHING_OF_A_DEVICE)
        # Also of what is refused before the middleware that says so of every view's answer.
        response.headers.setdefault("X-Frame-Options", "DENY")
        at_desk = request.path.startswith(DESK_PREFIX) and not request.path.startswith(STRICT_AT_DESK)
        if at_desk:
            # Also of a preview, which Wagtail lets the public page answer, as if nobody framed it.
            response.headers["Content-Security-Policy"] = DESK
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        else:
            response.headers.setdefault("Content-Security-Policy", STRICT)
        return response
