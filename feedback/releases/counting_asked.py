"""How many were asked, as a release is made: by the frame, or by cards where a card was the only way in.

What is stored is what may be said. Groups that the release withholds have no row, and numbers go in steps of five.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from feedback.anonymisation.models import CodedResponse
from feedback.disclosure.blocks import Decision, Period, Window
from feedback.disclosure.rules import ProtectionRules, Table
from feedback.disclosure.turnout import Reached, in_steps, told_of
from feedback.releases.models import Release
from feedback.releases.questions import WHO_WAS_THERE
from feedback.releases.response_rates import ResponseRate
from surveys.fieldwork.models import Wave
from surveys.frame.counts import newest_counts
from surveys.frame.models import Area
from surveys.instrument.wording import Audience, Voice, voice_of


@dataclass(frozen=True)
class Denominator:
    """How many were asked, by what, and where the number comes from; the day is that of the oldest count in it."""

    people: int
    basis: str
    source: str
    counted_on: date


def store_response_rates(
    release: Release, windows: Mapping[str, Sequence[Window]], rules: ProtectionRules, areas: Iterable[Area]
) -> None:
    """Stores with a release how many of those who could be asked answered, for groups that it shows."""
    areas = list(areas)
    rows = [
        row
        for voice, question in WHO_WAS_THERE.items()
        for window in windows.get(question, [])
        for row in _of_window(release, voice, window, rules, areas)
    ]
    ResponseRate.objects.bulk_create(rows)


def _of_window(
    release: Release, voice: Voice, window: Window, rules: ProtectionRules, areas: Sequence[Area]
) -> Iterator[ResponseRate]:
    if window.table not in {Table.OVERALL, Table.AUDIENCE}:
        return
    asked = asked_in(areas, window.period)
    for decision in window.decisions:
        if not decision.reason:
            yield _row(release, voice, window.period, decision, asked, rules)


def _row(
    release: Release,
    voice: Voice,
    period: Period,
    decision: Decision,
    asked: Mapping[Audience, Denominator | None],
    rules: ProtectionRules,
) -> ResponseRate:
    audience = decision.group.audience or ""
    of = [one for of, one in asked.items() if voice_of(of) is voice and audience in ("", of.value)]
    row = ResponseRate(
        release=release,
        voice=voice.value,
        audience=audience,
        first_quarter=str(period.first),
        last_quarter=str(period.last),
        answered=decision.respondents,
    )
    if found := together(of):
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


def asked_in(areas: Iterable[Area], period: Period) -> dict[Audience, Denominator | None]:
    """How many of each audience were asked in a period, in all of these areas; nothing where nobody can say."""
    by_audience: dict[Audience, list[Denominator | None]] = defaultdict(list)
    for area in areas:
        for audience, waves in _waves(area, period).items():
            by_audience[audience].append(_denominator(waves, audience))
    return {audience: together(parts) for audience, parts in by_audience.items()}


def _waves(area: Area, period: Period) -> dict[Audience, list[Wave]]:
    """The waves in which an area asked: those in the field then; where there is none, those answered then."""
    first, last = _days(period)
    waves = Wave.objects.filter(Q(area=area) | Q(area__merged_into=area)).exclude(opened_on=None)
    waves = waves.select_related("area", "edition").order_by("pk")
    then = [wave for wave in waves if wave.opened_on <= last and (wave.closed_on or last) >= first]
    found = _by_audience(then)
    quarters = [str(quarter) for quarter in period.quarters()]
    answered = CodedResponse.objects.counted().filter(area=area, quarter__in=quarters).order_by()
    editions = set(answered.values_list("edition_id", flat=True).distinct())
    for audience, of_audience in _by_audience(wave for wave in waves if wave.edition_id in editions).items():
        found.setdefault(audience, of_audience)
    return found


def _by_audience(waves: Iterable[Wave]) -> dict[Audience, list[Wave]]:
    found: dict[Audience, list[Wave]] = defaultdict(list)
    for wave in waves:
        audience = Audience(wave.edition.document["audience"])
        if audience is not Audience.AGE_4_5:
            found[audience].append(wave)
    return found


def _days(period: Period) -> tuple[date, date]:
    after = period.last.next()
    first = date(period.first.year, 3 * period.first.number - 2, 1)
    return first, date.fromordinal(date(after.year, 3 * after.number - 2, 1).toordinal() - 1)


def _denominator(waves: Sequence[Wave], audience: Audience) -> Denominator | None:
    """Each wave asks anew, so that their numbers are added up; not those of one day, which may ask the same people."""
    if _ask_the_same_people(waves):
        return None
    return together(_by_frame(wave, audience) or _by_cards(wave) for wave in waves)


def _ask_the_same_people(waves: Sequence[Wave]) -> bool:
    """Whether two waves were in the field at once in parts of the frame that may hold the same child."""
    return any(
        (one.area_id, one.service_id) == (other.area_id, other.service_id) or None in (one.service_id, other.service_id)
        for place, one in enumerate(waves)
        for other in waves[:place]
        if one.area_id == other.area_id and _at_once(one, other)
    )


def _at_once(one: Wave, other: Wave) -> bool:
    later = max(one, other, key=lambda wave: wave.opened_on)
    earlier = other if later is one else one
    return earlier.closed_on is None or earlier.closed_on >= later.opened_on


def _by_frame(wave: Wave, audience: Audience) -> Denominator | None:
    counted = newest_counts(wave.area, audience.value).get((wave.service_id, wave.stage_id))
    if counted is None:
        return None
    return Denominator(counted.children, ResponseRate.Basis.FRAME, counted.source, counted.counted_on)


def _by_cards(wave: Wave) -> Denominator | None:
    """Cards made, where nobody could answer without one."""
    made = wave.invitations.count() if wave.needs_card else 0
    day = wave.closed_on or timezone.localdate()
    return Denominator(made, ResponseRate.Basis.CARDS, f"Cards made for {wave.name}", day) if made else None
