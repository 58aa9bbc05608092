"""Makes tagged PDFs (PDF/UA-1) of the same HTML that a browser shows, one at a time, and keeps each for a minute.

What is kept is kept under what is in it: where a quote was recalled the HTML differs, so the PDF is made anew.
"""

from __future__ import annotations

import base64
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import quote_etag
from django.utils.text import slugify

from surveys.frame.logos import KINDS, logo_stored

KEPT_FOR, MOST_KEPT, LONGEST_WAIT = 60, 8, 45
NOT_HERE = 503
STYLES = (
    "answering/tokens.css", "pages/pages.css", "pages/widths.css", "pages/report.css", "pages/report_print.css",
)  # fmt: skip


class NoPdf(Exception):
    """Raised where this server cannot make a PDF, or is busy with others."""


class Kept:
    """The PDFs of the last minute, by what is in them; a few, so that memory stays small."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._found: OrderedDict[str, tuple[float, bytes]] = OrderedDict()

    def get(self, key: str) -> bytes | None:
        """The PDF of this content, if it is not older than a minute."""
        with self._lock:
            made, content = self._found.get(key, (0.0, b""))
            return content if content and self._clock() - made < KEPT_FOR else None

    def keep(self, key: str, content: bytes) -> None:
        """Keeps one, and forgets the oldest."""
        with self._lock:
            self._found[key] = (self._clock(), content)
            self._found.move_to_end(key)
            while len(self._found) > MOST_KEPT:
                self._found.popitem(last=False)


kept = Kept()
# Making one takes a processor for a second or more: two at once would take both from those who answer.
one_at_a_time = threading.Lock()


def pdf_of(request: HttpRequest, context: dict[str, Any], template: str, *, name: str) -> HttpResponse:
    """The PDF of a template; or a page that says that there is none here, and offers to print."""
    html = render_to_string(template, {**context, "logo": _logo(context.get("area"))}, request=request)
    css = styles_of(context.get("area"))
    key = hashlib.sha256(f"{css}\0{html}".encode()).hexdigest()
    tag = quote_etag(key[:32])
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    try:
        content = made_once(key, html, css)
    except NoPdf:
        return render(request, "pages/report/no_pdf.html", context, status=NOT_HERE)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{slugify(name)}.pdf"'
    response["ETag"] = tag
    return response


def made_once(key: str, html: str, css: str) -> bytes:
    """The PDF of this content: kept, or made by one while the others wait."""
    if content := kept.get(key):
        return content
    if not one_at_a_time.acquire(timeout=LONGEST_WAIT):
        raise NoPdf("Others are waiting for a PDF.")
    try:
        # Whoever waited may find it made.
        content = kept.get(key) or make_pdf(html, css)
    finally:
        one_at_a_time.release()
    kept.keep(key, content)
    return content


def make_pdf(html: str, css: str) -> bytes:
    """A tagged PDF of a whole HTML document; its pictures are in it, and nothing is fetched from anywhere."""
    try:
        # Not before somebody asks: it needs libraries that not every server has, and takes a second.
        from cms.pages.tagging import write_tagged
    except (ImportError, OSError) as problem:
        raise NoPdf("The libraries that make a PDF are not on this server.") from problem
    return write_tagged(html, css)


def styles_of(area: Any) -> str:
    """The style sheets of the web page, those of print, and the colour of the area."""
    sheets = [Path(found).read_text(encoding="utf-8") for name in STYLES if (found := finders.find(name))]
    accent = f":root{{--sea:{area.accent};--on-sea:#fff}}" if area and area.accent else ""
    return "\n".join([*sheets, accent])


def _logo(area: Any) -> str:
    """The area's logo, in the document itself; nothing where there is none."""
    if not area or not area.logo:
        return ""
    try:
        content = logo_stored(area.logo)
    except FileNotFoundError:
        return ""
    return f"data:{KINDS[area.logo.rsplit('.', 1)[-1]]};base64,{base64.b64encode(content).decode()}"
