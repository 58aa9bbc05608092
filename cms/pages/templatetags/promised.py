"""Small parts of the pages of promises."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cms.pages.promises import address_of
from feedback.promises.reading import Told
from surveys.answering.drawings import drawing
from surveys.answering.languages import direction_of

register = template.Library()
picture = register.simple_tag(drawing, name="picture")
promises_address = register.simple_tag(address_of, name="promises_address")


@register.simple_tag
def days_late(days: int) -> str:
    """How late something is, in days, as plainly as a child counts them."""
    if days == 1:
        return _("This should have been done yesterday.")
    return _("This should have been done %(days)s days ago.") % {"days": days}


@register.simple_tag
def spoken(told: Told, language: str) -> SafeString | str:
    """Which language words of staff are in, where it is not the page's."""
    if told.language == language:
        return ""
    return format_html(' lang="{}" dir="{}"', told.language, direction_of(told.language))
