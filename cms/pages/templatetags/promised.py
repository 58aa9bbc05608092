"""Small parts of the pages of promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cms.pages.promises import address_of
from cms.pages.theme_words import theme_said
from feedback.findings.models import SharedFinding
from feedback.promises.reading import Told
from surveys.answering.drawings import drawing
from surveys.answering.languages import direction_of
from surveys.answering.promised import days_late_said

register = template.Library()
picture = register.simple_tag(drawing, name="picture")
days_late = register.simple_tag(days_late_said, name="days_late")
theme = register.filter("theme", theme_said)
promises_address = register.simple_tag(address_of, name="promises_address")


@register.simple_tag
def spoken(told: Told, language: str) -> SafeString | str:
    """Which language words of staff are in, where it is not the page's."""
    if told.language == language:
        return ""
    return format_html(' lang="{}" dir="{}"', told.language, direction_of(told.language))


@register.filter
def at(found: Mapping[int, Sequence[SharedFinding]], number: int) -> Sequence[SharedFinding]:
    """The findings that a promise answers."""
    return found.get(number, ())


@register.filter
def isolated(text: str) -> str:
    """A name inside a sentence of another direction, so that neither is read in pieces."""
    return f"\u2068{text}\u2069"
