"""How many were asked and how many answered, in sentences: the response rates that a release stores."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from feedback.releases.asked_questions import questions_as_counted
from feedback.releases.models import Release
from feedback.releases.questions import WHO_WAS_THERE
from feedback.releases.response_rates import ResponseRate
from feedback.releases.service_information import AUDIENCES, VOICES, in_words
from feedback.releases.stored import questions_in
from surveys.instrument.wording import Audience, Voice

NOT_KNOWN = "We do not know how many were asked."
# From these shares on (in hundredths) something else may be said of the answers, as in the field.
SOME, HALF = 30, 50


@dataclass(frozen=True)
class Asked:
    """How many of one voice, or of one of its audiences, were asked and answered in a block; as it may be said."""

    voice: Voice
    who: str
    audience: str
    period: str
    answered: int | None
    asked: int | None
    percent: int | None
    is_beyond: bool
    is_known: bool
    basis: str
    source: str
    counted_on: date | None
    # The period as a code.
    block: str = ""

    @property
    def in_words(self) -> str:
        """The response rate with its denominator, or that nobody knows it."""
        if not self.is_known:
            return NOT_KNOWN
        if self.is_beyond:
            return f"{self.answered} answered: more than the {self.asked or 'few'} {self.of_what} by our count."
        if self.asked is None:
            share = f"At least {self.percent} in 100 answered. " if self.percent else ""
            return f"{share}How many could be asked is left out, so that nobody can tell who did not answer."
        share = f", at least {self.percent} in 100" if self.percent is not None else ""
        return f"{self.answered} answered of {self.asked} or a few more {self.of_what}{share}."

    @property
    def of_what(self) -> str:
        """What the number asked is a number of."""
        return str(ResponseRate.Basis(self.basis).label)

    @property
    def meaning(self) -> str:
        """What the share lets anybody say of the answers."""
        if not self.is_known:
            return "So nobody can say whether those who answered stand for the others."
        if self.is_beyond:
            return "Perhaps the count is old, or some answered twice, so there is no share. Ask for a newer count."
        if self.percent is None:
            return "Too few could be asked to give a share."
        if self.percent < SOME:
            return "What they say is theirs: do not say that it holds for all, and look at who is missing."
        if self.percent < HALF:
            return "Fewer than half answered: look at who is missing before you say that it holds for all."
        return "Half or more answered. Look all the same at who is missing."

    @property
    def where_from(self) -> str:
        """The source of the number asked, and its day."""
        if self.counted_on is None:
            return ""
        return f"{self.source}, {date_format(self.counted_on, 'j F Y')}"


def asked_of(release: Release) -> list[Asked]:
    """The response rates of a release: each voice, then its audiences, the latest block last.

    A voice of which it shows figures and stores no rate is there as not known.
    """
    rows = list(release.response_rates.all())
    found = [_asked(row) for row in rows]
    known = {one.voice for one in found}
    missing = [_unknown(voice) for voice in _voices_in(release) if voice not in known]
    voices, audiences = list(Voice), ["", *AUDIENCES]
    return sorted([*found, *missing], key=lambda one: (voices.index(one.voice), audiences.index(one.audience)))


def _asked(row: ResponseRate) -> Asked:
    voice = Voice(row.voice)
    first, last = row.first_quarter, row.last_quarter
    block = first if first == last else f"{first}..{last}"
    return Asked(
        voice=voice,
        who=AUDIENCES[Audience(row.audience)] if row.audience else VOICES[voice],
        audience=row.audience,
        period=in_words(block),
        answered=row.answered,
        asked=row.asked,
        percent=row.percent,
        is_beyond=row.is_beyond,
        is_known=row.basis != ResponseRate.Basis.UNKNOWN,
        basis=row.basis,
        source=row.source,
        counted_on=row.counted_on,
        block=block,
    )


def _unknown(voice: Voice) -> Asked:
    return Asked(voice, VOICES[voice], "", "", None, None, None, False, False, "", "", None)


def _voices_in(release: Release) -> set[Voice]:
    """The voices of which a release holds figures; surveys asked elsewhere say nothing of who sat beside."""
    names = questions_in(release)
    found = {voice for voice, name in WHO_WAS_THERE.items() if name in names}
    if names <= set(WHO_WAS_THERE.values()):
        return found
    asked = questions_as_counted(release.area_id)
    return found.union(*(asked[name].voices for name in names if name in asked))


def rates_of(releases: Iterable[Release]) -> dict[tuple[int | None, Voice], str]:
    """How many of each voice were asked in the last block that each of these releases holds, by area, in words."""
    rows = ResponseRate.objects.filter(release__in=list(releases), audience="").select_related("release")
    found = [(row.release.area_id, _asked(row)) for row in rows.order_by("first_quarter")]
    return {(area, one.voice): one.in_words for area, one in found}
