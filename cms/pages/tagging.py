"""The one place that knows WeasyPrint; importing it needs pango on the server."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

# It tells of every rule of a style sheet that is for screens; what fails is raised.
for name in ("weasyprint", "weasyprint.progress"):
    logging.getLogger(name).setLevel(logging.CRITICAL)


class FromNowhere(URLFetcher):
    """Fetches what is in the document itself, and nothing from a network or a disk."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=["data"], allow_redirects=False)


def write_tagged(html: str, css: str) -> bytes:
    """A PDF/UA-1 document."""
    fonts, fetcher = FontConfiguration(), FromNowhere()
    sheet = CSS(string=css, font_config=fonts, url_fetcher=fetcher)
    document = HTML(string=html, url_fetcher=fetcher, base_url=None)
    return document.write_pdf(
        stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1", finisher=say_languages, uncompressed_pdf=False
    )


def say_languages(document: Any, pdf: Any) -> None:
    """Says of each quotation in which language it is; WeasyPrint says that of the document alone.

    Quotations are tagged in the order in which their boxes stand on the pages, so both lists run alike.
    """
    boxes = [box for page in document.pages for box in _quotations(page._page_box)]
    tags = [one for one in pdf.objects if isinstance(one, pydyf.Dictionary) and one.get("S") == "/BlockQuote"]
    if len(boxes) == len(tags):
        for box, tag in zip(boxes, tags, strict=True):
            if language := box.element.get("lang"):
                tag["Lang"] = pydyf.String(language)


def _quotations(box: Any) -> Iterator[Any]:
    box = getattr(box, "_box", box)
    if getattr(box, "element_tag", None) == "blockquote" and box.element is not None:
        yield box
    for child in getattr(box, "children", ()):
        yield from _quotations(child)
