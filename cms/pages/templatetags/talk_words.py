"""Small parts of the page of focus groups and interviews."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cms.pages.talk_words import age_said, said_in
from cms.pages.theme_words import theme_heading
from surveys.answering.languages import direction_of

register = template.Library()
register.filter("said_in", said_in)
register.filter("age_said", age_said)
register.filter("theme_heading", theme_heading)


@register.simple_tag
def said_as(stored: str, language: str) -> SafeString:
    """In which language somebody said something, where it is not the page’s; which way it is read, the words tell."""
    if stored == language:
        return format_html(' dir="{}"', "auto")
    return format_html(' lang="{}" dir="{}"', stored, direction_of(stored))
