"""For whom there is a page of promises, and what it says around them, in the voice of its readers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from feedback.promises.models import EVERYBODY, SLUGS
from surveys.answering.promise_words import Text
from surveys.answering.words import ADULTS, Words, words_for
from surveys.instrument.wording import LIMITS, Audience


@dataclass(frozen=True)
class Readers:
    """Whom a page is for: how they are named in its address, and what it says first."""

    slug: str
    audience: str
    name: Text
    lead: Text

    @property
    def words(self) -> Words:
        """The voice they are spoken to with."""
        return words_for(Audience(self.audience)) if self.audience else ADULTS

    @property
    def target(self) -> int:
        """How large what is touched is, in pixels."""
        return LIMITS[Audience(self.audience)].target if self.audience else 44

    @property
    def has_pictures(self) -> bool:
        """Whether every part has a picture beside it."""
        return self.words.family == "children"


PAGES: Mapping[str, Readers] = {
    one.slug: one
    for one in (
        Readers(
            "",
            EVERYBODY,
            _("Everybody"),
            _("What children, young people and families told us, what we said we would do, and whether we did it."),
        ),
        Readers(
            SLUGS[Audience.AGE_6_7],
            Audience.AGE_6_7,
            _("6 and 7 year olds"),
            _("You told us things. Here is what we said we will do."),
        ),
        Readers(
            SLUGS[Audience.AGE_8_11],
            Audience.AGE_8_11,
            _("8 to 11 year olds"),
            _("Children told us what should change. Here is what we said we will do, and what we did."),
        ),
        Readers(
            SLUGS[Audience.AGE_12_17],
            Audience.AGE_12_17,
            _("12 to 17 year olds"),
            _("Young people told us what should change. Here is what we said we would do, and whether we did it."),
        ),
        Readers(
            SLUGS[Audience.CARE_LEAVER],
            Audience.CARE_LEAVER,
            _("Care leavers"),
            _("Care leavers told us what should change. Here is what we said we would do, and whether we did it."),
        ),
        Readers(
            SLUGS[Audience.PARENT_CARER],
            Audience.PARENT_CARER,
            _("Parents and carers"),
            _("Parents and carers told us what should change. Here is what we said we would do and whether we did."),
        ),
    )
}
