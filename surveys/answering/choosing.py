"""Whom somebody can choose to be heard by on the phone, and what of a choice that was sent is believed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from surveys.answering.hearer_words import CALLED
from surveys.answering.words import words_around
from surveys.fieldwork.hearers import Hearer, hearers_of
from surveys.fieldwork.models import Wave
from surveys.instrument.document import Instrument, InvalidAnswers
from surveys.instrument.hearers import HEARERS, NOBODY_ELSE
from surveys.instrument.promises import terms_of


def hearers_to_choose(instrument: Instrument, wave: Wave) -> tuple[tuple[str, str], ...]:
    """Each choice as it is sent and as it is called, nobody else the last; none where the promise lets nobody choose.

    In a draft that is only tried nobody is named yet, so it shows everybody there could be.
    """
    if not terms_of(instrument.kept_promise).keeps_hearers:
        return ()
    offered = [(one.code, one.category) for one in hearers_of(wave)] if wave.pk else [(code, code) for code in HEARERS]
    last = (NOBODY_ELSE, str(words_around(instrument).hear_nobody))
    return (*((value, str(CALLED[category])) for value, category in offered), last)


def words_in(sent: object) -> tuple[str, ...]:
    """The choices of a delivery that are words; none of what is no list."""
    return tuple(one for one in sent if isinstance(one, str)) if isinstance(sent, list) else ()


def chosen(instrument: Instrument, wave: Wave, sent: object) -> frozenset[int]:
    """The keys of those whom somebody chose, as they were named when they chose; InvalidAnswers if nobody was.

    Leaving it out is choosing nobody, as the screen says: what was written without signal must arrive. Whoever was
    named then and is not any more keeps their place, so that nobody who came after them takes it.
    """
    if not terms_of(instrument.kept_promise).keeps_hearers:
        return frozenset()
    words = words_in(sent)
    asked = set(words) - {NOBODY_ELSE}
    named = {one.code: one.pk for one in Hearer.objects.of(wave)} if asked else {}
    is_list_of_words = sent is None or (isinstance(sent, list) and len(words) == len(sent))
    if not is_list_of_words or not asked <= named.keys() or (asked and NOBODY_ELSE in words):
        raise InvalidAnswers({"hearers": _("Please choose again who may hear this.")})
    return frozenset(named[code] for code in asked)
