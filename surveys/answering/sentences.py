"""What the pure room says to respondents, in the language that is active."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_noop

from surveys.instrument.sentences import Sentence

# The pure room knows no translations; here its sentences are found for the catalogues. A guard compares the two.
SENTENCES = (
    gettext_noop("One of them has two places. Please give each a place of its own, or none."),
    gettext_noop("One of your answers cannot go together with the others. Please choose again."),
    gettext_noop("Please choose from the answers shown."),
    gettext_noop("Please choose one of the answers shown."),
    gettext_noop("Please draw again. The drawing did not arrive whole."),
    gettext_noop("Please write your answer in words."),
    gettext_noop("The answers did not arrive whole. Please try again."),
    gettext_noop("This drawing is too big to send. Please draw it with fewer lines."),
    gettext_noop("This is too long to send. Please use at most %(longest)s letters."),
    gettext_noop("This screen does not ask anything."),
    gettext_noop("This survey does not ask that."),
)


def in_their_language(message: str) -> str:
    """A sentence of the pure room in the language that is active; what was said here is in theirs already."""
    if not isinstance(message, Sentence):
        return message
    said = gettext(message.template)
    return said % message.values if message.values else said
