"""What the page of focus groups and interviews says beside words: where they are from, and an age."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from surveys.answering.promise_words import Text
from surveys.instrument.wording import Audience

# By the codes of kinds; a blank where to say which of them would say too much.
SAID_IN: Mapping[str, Text] = {
    "focus_group": _("From a focus group"),
    "interview": _("From an interview"),
    "": _("From a focus group or an interview"),
}
AGES: Mapping[str, Text] = {
    Audience.AGE_4_5: _("4 and 5 year olds"),
    Audience.AGE_6_7: _("6 and 7 year olds"),
    Audience.AGE_8_11: _("8 to 11 year olds"),
    Audience.AGE_12_17: _("12 to 17 year olds"),
    Audience.CARE_LEAVER: _("Care leavers"),
    Audience.PARENT_CARER: _("Parents and carers"),
    Audience.PROFESSIONAL: _("Professionals"),
    Audience.REFERRER: _("Referrers"),
}


def said_in(kind: str) -> str:
    """Where words are from, in the present language."""
    return str(SAID_IN[kind])


def age_said(band: str) -> str:
    """Whose words they are, in the present language; empty where that may not be said."""
    return str(AGES[band]) if band else ""
