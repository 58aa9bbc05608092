"""What templates of figures ask for: one answer of a group, and the picture that stood beside an answer."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from cms.pages.line_drawing import bar_drawn, line_drawn
from feedback.releases.service_information import GroupInformation, Line
from surveys.answering.drawings import drawing

register = template.Library()


dot = register.simple_tag(line_drawn, name="dot")
bar = register.simple_tag(bar_drawn, name="bar")


@register.filter
def line(group: GroupInformation | None, option: str) -> Line | None:
    """What is shown of one answer of a group."""
    return group.line(option) if group else None


@register.simple_tag
def drawn(picture: str) -> SafeString:
    """The picture that children saw beside an answer; nothing where there was none."""
    return drawing(picture)
