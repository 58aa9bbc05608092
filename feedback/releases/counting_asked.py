"""How many were asked, as a release is made: by the frame, or by cards where a card was the only way in.

What is stored is what may be said. Groups that the release withholds have no row, and numbers go in steps of five.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db.models import Q
from django.utils import timezone

from feedback.anonymisation.models import CodedResponse
from feedback.disclosure.blocks import Decision, Period, Window
from feedback.disclosure.rules import NOT_TABULATED, ProtectionRules, Table
from feedback.disclosure.turnout import Reached, in_steps, told_of
from feedback.releases.models import Release
from feedback.releases.questions import WHO_WAS_THERE
from feedback.releases.response_rates import ResponseRate
from surveys.fieldwork.models import Invitation, Wave
from surveys.frame.counts import newest_counts_of
from surveys.frame.models import Area
from surveys.instrument.wording import Audience, Voice, voice_of


@dataclass(frozen=True)
class Denominator:
    """How many were asked, by what, and where the number comes from; the day is that of the oldest count in it."""

    people: int
    basis: str
    source: str
    counted_on: date


@dataclass(frozen=True)
class AskedIn:
    """One wave as far as it asks: where, whom, and from when until when."""

    wave: int
    name: str
    area: int | None  # nothing for a wave of all areas
    service: int | None
    stage: int | None
    edition: int
    audience: str
    needs_card: bool
    opened_on: date
    closed_on: date | None

    def was_in_the_field(self, first: date, last: date) -> bool:
        """Whether it asked on one of these days."""
        return self.opened_on <= last and (self.closed_on is None or self.closed_on >= first)

    def may_ask_who(self, other: AskedIn) -> bool:
        """Whether another wave at the same time asks in a part of the frame that may hold the same person."""
        if self.area != other.area or (None not in {self.service, other.service} and self.service != other.service):
            return False
        earlier, later = sorted((self, other), key=lambda one: one.opened_on)
        return earlier.was_in_the_field(later.opened_on, later.opened_on)


ByAudience = Mapping[str, Denominator | None]


def store_response_rates(
    release: Release, windows: Mapping[str, Sequence[Window]], rules: ProtectionRules, areas: Iterable[Area]
) -> None:
    """Stores with a release how many of those who could be asked answered, for groups that it shows."""
    there = _Field(areas)
    asked_in = cache(there.asked_in)
    rows = [
        _row(release, voice, window.period, decision, asked_in(window.period), rules)
        for voice, question in WHO_WAS_THERE.items()
        for window in windows.get(question, [])
        for decision in _with_a_rate(window, voice)
    ]
    ResponseRate.objects.bulk_create(rows)


def _with_a_rate(window: Window, voice: Voice) -> Iterator[Decision]:
    """Everybody; and each audience of children, because adults of a voice are one audience."""
    if window.table is Table.OVERALL or (window.table is Table.AUDIENCE and voice is Voice.CHILD):
        yield from (decision for decision in window.decisions if not decision.reason)


def _row(
    release: Release, voice: Voice, period: Period, decision: Decision, asked: ByAudience, rules: ProtectionRules
) -> ResponseRate:
    audience = decision.group.audience or ""
    row = ResponseRate(
        release=release,
        voice=voice.value,
        audience=audience,
        first_quarter=str(period.first),
        last_quarter=str(period.last),
        answered=decision.respondents,
    )
    found = together(
        one for of, one in asked.items() if voice_of(Audience(of)) is voice and audience in ("", of)
    )  # fmt: skip
    if found:
        _say(row, found, rules)
    return row


def _say(row: ResponseRate, found: Denominator, rules: ProtectionRules) -> None:
    """Puts in what may be said of a share: never that all or nearly all of a group have answered."""
    told = told_of(Reached(in_steps(row.answered), found.people), rules)
    row.is_beyond = row.answered > found.people
    row.basis, row.source, row.counted_on = found.basis, found.source, found.counted_on
    row.percent = None if told is None or row.is_beyond else told.percent
    may_be_told = told is not None and (row.is_beyond or row.answered <= found.people - rules.mask)
    row.asked = in_steps(found.people) if may_be_told else None


def together(parts: Iterable[Denominator | None]) -> Denominator | None:
    """Several denominators added up; nothing as soon as one of them is not known, or they are of different things."""
    known = list(parts)
    found = [one for one in known if one is not None]
    if not found or len(found) < len(known) or len({one.basis for one in found}) > 1:
        return None
    return Denominator(
        people=sum(one.people for one in found),
        basis=found[0].basis,
        source="; ".join(sorted({one.source for one in found if one.source}))[:300],
        counted_on=min(one.counted_on for one in found),
    )


def asked_in(areas: Iterable[Area], period: Period) -> ByAudience:
    """How many of each audience were asked in a period, in these areas together; nothing where nobody can say."""
    return _Field(areas).asked_in(period)


class _Field:
    """Who was asked in some areas and in those that became part of them; read once for a release."""

    def __init__(self, areas: Iterable[Area]) -> None:
        wanted = {area.pk for area in areas}
        merged = Area.objects.filter(merged_into__in=wanted).values_list("pk", "merged_into")
        # By the area it is counted in now.
        self.home: dict[int | None, int] = {pk: pk for pk in wanted} | dict(merged)
        self.counts = newest_counts_of(Area.objects.filter(pk__in=self.home))
        # Of a wave of all areas nobody can say how many it asked in one of them.
        self.home[None] = 0
        self.waves = list(_waves(self.home))

    def asked_in(self, period: Period) -> ByAudience:
        """How many of each audience were asked in a period; nothing where nobody can say."""
        by_place: dict[tuple[int, str], list[AskedIn]] = defaultdict(list)
        first, last = _days(period)
        for wave in self.waves:
            if wave.was_in_the_field(first, last):
                by_place[self._place(wave)].append(wave)
        others = [one for one in self.waves if one.area and self._place(one) not in by_place]
        for wave in self._answered_then(period, among=others):
            by_place[self._place(wave)].append(wave)
        parts: dict[str, list[Denominator | None]] = defaultdict(list)
        for (_, audience), waves in by_place.items():
            parts[audience].append(self._denominator(waves))
        return {audience: together(found) for audience, found in parts.items()}

    def _place(self, wave: AskedIn) -> tuple[int, str]:
        return self.home[wave.area], wave.audience

    def _answered_then(self, period: Period, *, among: Sequence[AskedIn]) -> list[AskedIn]:
        """Waves that were not in the field then and whose edition was answered: the answers came from a file."""
        if not among:
            return []
        quarters = [str(quarter) for quarter in period.quarters()]
        rows = CodedResponse.objects.counted().filter(
            area__in={self.home[one.area] for one in among}, edition__in={one.edition for one in among},
            quarter__in=quarters,
        )  # fmt: skip
        answered = set(rows.order_by().values_list("area_id", "edition_id").distinct())
        return [one for one in among if (self.home[one.area], one.edition) in answered]

    def _denominator(self, waves: Sequence[AskedIn]) -> Denominator | None:
        """Each wave asks anew, so that their numbers are added up; not those of one time that may ask the same."""
        if any(one.may_ask_who(other) for place, one in enumerate(waves) for other in waves[:place]):
            return None
        return together(self._by_frame(wave) or _by_cards(wave) for wave in waves)

    def _by_frame(self, wave: AskedIn) -> Denominator | None:
        counted = self.counts.get((wave.area, wave.audience, (wave.service, wave.stage)))
        if counted is None:
            return None
        return Denominator(counted.children, ResponseRate.Basis.FRAME, counted.source, counted.counted_on)


def _waves(areas: Iterable[int | None]) -> Iterator[AskedIn]:
    """Every wave of these areas that was ever open and asks somebody who is counted; no document is read whole."""
    here = Q(area__in=[area for area in areas if area]) | Q(area=None)
    waves = Wave.objects.filter(here).exclude(opened_on=None).order_by("pk")
    columns = ("pk", "name", "area_id", "service_id", "stage_id", "edition_id", "edition__document__audience")
    for row in waves.values_list(*columns, "needs_card", "opened_on", "closed_on"):
        wave = AskedIn(*row)
        if wave.audience not in NOT_TABULATED:
            yield wave


def _by_cards(wave: AskedIn) -> Denominator | None:
    """Cards made, where nobody could answer without one."""
    made = Invitation.objects.filter(wave=wave.wave).count() if wave.needs_card else 0
    day = wave.closed_on or timezone.localdate()
    return Denominator(made, ResponseRate.Basis.CARDS, f"Cards made for {wave.name}", day) if made else None


def _days(period: Period) -> tuple[date, date]:
    after = period.last.next()
    first = date(period.first.year, 3 * period.first.number - 2, 1)
    return first, date.fromordinal(date(after.year, 3 * after.number - 2, 1).toordinal() - 1)
