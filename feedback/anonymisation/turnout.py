"""How many have answered of those who could be asked, as it may be shown to those who ask them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, QuerySet
from django.utils import timezone

from feedback.anonymisation.rules_of_an_area import rules_of
from feedback.disclosure.blocks import Quarter
from feedback.disclosure.rules import ProtectionRules
from feedback.disclosure.turnout import Reached, Told, told_of, told_of_line, told_of_table
from surveys.design.frozen import instrument_of
from surveys.fieldwork.models import Turnout, Wave
from surveys.fieldwork.occasions import OccasionPack
from surveys.frame.counts import Part as Place
from surveys.frame.counts import newest_counts
from surveys.frame.models import JourneyStage, Service, Stratum


@dataclass(frozen=True)
class Part:
    """One part of the frame: how many it holds, how they were asked, and what may be said of how many answered."""

    name: str
    counted: Stratum | None
    told: Told | None
    cards: int = 0
    cards_used: Told | None = None
    links: int = 0


@dataclass(frozen=True)
class WaveTurnout:
    """What may be said of a wave: of the whole, and of each part; of what names no service, apart."""

    counted_through: date | None
    is_counted: bool
    whole: Part
    services: list[Part] = field(default_factory=list)
    stages: list[Part] = field(default_factory=list)
    both: list[Part] = field(default_factory=list)
    without_service: Told | None = None


def last_sunday(today: date) -> date:
    """The last Sunday that is over."""
    return today - timedelta(days=today.isoweekday())


def turnout_of(wave: Wave) -> WaveTurnout:
    """What may be said of a wave of one area now; the numbers are those of the last count."""
    rules = rules_of(wave.area, Quarter.of(timezone.localdate()))
    return _Wave(wave, rules).said()


def whole_of(wave: Wave) -> WaveTurnout:
    """The same of the whole wave alone, which is quickly read."""
    instrument = instrument_of(wave.edition_id)
    counted = newest_counts(wave.area, instrument.audience.value).get((wave.service_id, wave.stage_id))
    row = wave.turnout.filter(line=Turnout.Line.WHOLE).first() or Turnout()
    rules = rules_of(wave.area, Quarter.of(timezone.localdate()))
    told = told_of(Reached(row.answered, counted.children if counted else None), rules)
    whole = Part("All together", counted, told if instrument.is_counted else None)
    return WaveTurnout(wave.counted_through, instrument.is_counted, whole)


def used_both_of(pack: OccasionPack) -> Told | None:
    """What may be said of how many cards of a pack were used both times; the number is that of the last count."""
    made = pack.after.invitations.count()
    return told_of(Reached(pack.used_both, made), rules_of(pack.area, Quarter.of(timezone.localdate())))


class _Wave:
    """What is known of one wave, read once."""

    def __init__(self, wave: Wave, rules: ProtectionRules) -> None:
        self.wave, self.rules = wave, rules
        instrument = instrument_of(wave.edition_id)
        self.is_counted = instrument.is_counted
        self.counts = newest_counts(wave.area, instrument.audience.value)
        self.kept = {(row.line, row.service_id, row.stage_id): row for row in wave.turnout.all()}
        self.cards = _asked(wave.invitations.all())
        self.links = _asked(wave.open_links.all())

    def said(self) -> WaveTurnout:
        """What may be said of it."""
        line = Turnout.Line
        without = self.kept.get((line.SERVICE, None, None))
        return WaveTurnout(
            counted_through=self.wave.counted_through,
            is_counted=self.is_counted,
            whole=self._whole(),
            services=self._line(line.SERVICE, {(one.pk, None): one.name for one in self._services()}),
            stages=self._line(line.STAGE, {(None, one.pk): one.name for one in self._stages()}),
            both=self._table(),
            without_service=told_of(Reached(without.answered), self.rules) if without and self.is_counted else None,
        )

    def _services(self) -> QuerySet[Service]:
        found = self.wave.area.services.order_by("name")
        return found.filter(pk=self.wave.service_id) if self.wave.service_id else found

    def _stages(self) -> QuerySet[JourneyStage]:
        """Those that a count, a card or a link names."""
        named = {stage for _, stage in (*self.counts, *self.cards, *self.links) if stage}
        return JourneyStage.objects.filter(pk__in=named)

    def _whole(self) -> Part:
        counted = self.counts.get((self.wave.service_id, self.wave.stage_id))
        reached = self._reached(Turnout.Line.WHOLE, (None, None), counted)
        made, links = _total(self.cards), _total(self.links)
        used = told_of(Reached(self._row(Turnout.Line.WHOLE, (None, None)).cards_used, made), self.rules)
        told = told_of(reached, self.rules) if self.is_counted else None
        return Part("All together", counted, told, made, used, links)

    def _line(self, line: str, names: Mapping[Place, str]) -> list[Part]:
        groups = {place: self._reached(line, place, self.counts.get(place)) for place in names}
        whole = self.counts.get((None, None))
        told = told_of_line(groups, self.rules, whole=whole.children if whole else None)
        return self._parts(line, names, told)

    def _table(self) -> list[Part]:
        services, stages = {one.pk: one for one in self._services()}, {one.pk: one for one in self._stages()}
        names = {
            (service, stage): f"{services[service].name}, {stages[stage].name}"
            for service, stage in self.counts
            if service in services and stage in stages
        }
        groups = {place: self._reached(Turnout.Line.BOTH, place, self.counts[place]) for place in names}
        rows = {one: found.children for one in services if (found := self.counts.get((one, None)))}
        columns = {one: found.children for one in stages if (found := self.counts.get((None, one)))}
        told = told_of_table(groups, self.rules, rows=rows, columns=columns)
        return sorted(self._parts(Turnout.Line.BOTH, names, told), key=lambda part: part.name)

    def _parts(self, line: str, names: Mapping[Place, str], told: Mapping[Place, Told | None]) -> list[Part]:
        made = {place: _of_place(self.cards, place) for place in names}
        used = {place: Reached(self._row(line, place).cards_used, made[place]) for place in names if made[place]}
        cards_told = told_of_line(used, self.rules, whole=_total(self.cards))
        return [
            Part(
                name,
                self.counts.get(place),
                told[place] if self.is_counted else None,
                made[place],
                cards_told.get(place),
                _of_place(self.links, place),
            )
            for place, name in names.items()
        ]

    def _reached(self, line: str, place: Place, counted: Stratum | None) -> Reached:
        return Reached(self._row(line, place).answered, counted.children if counted else None)

    def _row(self, line: str, place: Place) -> Turnout:
        return self.kept.get((line, *place)) or Turnout()


def _asked(rows) -> Counter[Place]:
    """How many cards, or links, each part of the frame has."""
    found = rows.order_by().values_list("service_id", "stage_id").annotate(Count("pk"))
    return Counter({(service, stage): many for service, stage, many in found})


def _total(asked: Counter[Place]) -> int:
    return sum(asked.values())


def _of_place(asked: Counter[Place], place: Place) -> int:
    """How many were made for a part, whatever else they name."""
    service, stage = place
    return sum(many for (of, at), many in asked.items() if service in (None, of) and stage in (None, at))
