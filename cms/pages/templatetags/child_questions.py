"""Small parts of the page of children's questions."""

from __future__ import annotations

from django import template

from cms.pages.child_questions import days_waited_said, questions_at

register = template.Library()
days_waited = register.simple_tag(days_waited_said, name="days_waited")
questions_address = register.simple_tag(questions_at, name="questions_address")
