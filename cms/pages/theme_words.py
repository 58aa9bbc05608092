"""What promises are about, in the language of whoever reads: the words of the themes that come with the question bank.

A theme that an area names itself is in the area's words, and is not here.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from surveys.answering.promise_words import Text
from surveys.bank.themes import Theme

WORDS: Mapping[str, Text] = {
    Theme.LISTENED: _("Being listened to"),
    Theme.UNDERSTOOD: _("Being understood"),
    Theme.TIME: _("Time alone with the worker"),
    Theme.KEPT_WORD: _("Keeping appointments and promises"),
    Theme.CAME: _("Coming when they said"),
    Theme.EXPLAINED: _("Knowing what happens and why"),
    Theme.COULD_ASK: _("Being able to ask"),
    Theme.HELPED: _("Being helped"),
    Theme.SAFER: _("Feeling safer"),
    Theme.PLAN: _("Knowing the plan"),
    Theme.SAY: _("Having a say"),
    Theme.SAME_WORKER: _("Keeping the same worker"),
    Theme.KIND: _("Kind or scary"),
    Theme.WORRY: _("Parents: understanding the worry"),
    Theme.REPORT: _("Parents: seeing the report"),
    Theme.SKILLS: _("Parents' skills"),
    Theme.RESPECT: _("Parents: being treated with respect"),
    Theme.CONFERENCE: _("Parents: the conference"),
    Theme.OTHER: _("Something else"),
}
# Under this heading nothing is said by it.
SAYS_NOTHING = {Theme.OTHER.value}


def theme_said(theme: str) -> str:
    """The words of a theme in the present language; empty where they would say nothing."""
    return "" if theme in SAYS_NOTHING else str(WORDS[Theme(theme)])


def theme_heading(theme: str) -> str:
    """The words of a theme as a heading."""
    return str(WORDS[Theme(theme)])
