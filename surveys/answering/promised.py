"""What was promised about what people like a respondent said: a room above tells it, which this one does not know."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail import hooks

from surveys.frame.models import Area
from surveys.instrument.wording import RIGHT_TO_LEFT

# Registered by whoever knows: each takes area, audience and language.
PROMISED, ADDRESS = "promised_to", "promised_at"


@dataclass(frozen=True)
class Words:
    """A few words of staff, and the language they are in."""

    text: str
    language: str

    @property
    def direction(self) -> str:
        """Which way they are read."""
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"


@dataclass(frozen=True)
class Promised:
    """One promise: what people said, and what is or was done about it, or why not."""

    you_said: Words
    what: Words
    is_kept: bool = False
    is_impossible: bool = False
    days_late: int = 0

    @property
    def how_late(self) -> str:
        """How late it is, in a sentence; nothing if it is not."""
        return days_late_said(self.days_late) if self.days_late else ""


def promised_to(area: Area | None, audience: str, language: str) -> list[Promised]:
    """What was promised to people like them, the most pressing first; it knows nothing of what anybody answered."""
    found = hooks.get_hooks(PROMISED) if area else []
    return [promise for tell in found for promise in tell(area, audience, language)]


def promised_at(area: Area | None, audience: str, language: str) -> str:
    """The address of the page that says all of it; blank where there is none."""
    found = hooks.get_hooks(ADDRESS) if area else []
    return next((tell(area, audience, language) for tell in found), "")


def days_late_said(days: int) -> str:
    """How late something is, in days, as plainly as a child counts them."""
    if days == 1:
        return _("This should have been done yesterday.")
    return _("This should have been done %(days)s days ago.") % {"days": days}
