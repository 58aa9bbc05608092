"""The people a sample is drawn from, and the words its sheets are read with."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from feedback.anonymisation.models import CodedResponse
from feedback.inspection import sampling
from feedback.inspection.models import InspectionSample
from feedback.inspection.sampling import Drawn, Form, Respondent, Sheet
from surveys.design.frozen import instrument_of
from surveys.frame.models import Area, JourneyStage
from surveys.instrument.document import Instrument
from surveys.instrument.items import Item, Kind
from surveys.instrument.wording import Audience, voice_of

FIRST, LATER = "first", "later"
UNDER_12, FROM_12 = "under_12", "from_12"
AGES = {
    Audience.AGE_6_7: UNDER_12,
    Audience.AGE_8_11: UNDER_12,
    Audience.AGE_12_17: FROM_12,
    Audience.CARE_LEAVER: FROM_12,
}
AGE_GROUP = {"name": "Age", "values": {UNDER_12: "under 12", FROM_12: "12 and over"}}


@dataclass(frozen=True)
class Made:
    """A sample as it is stored: the record of the draw and the sheets, both plain values."""

    record: dict[str, Any]
    sheets: list[dict[str, Any]]


def key_of(area: Area, year: int) -> bytes:
    """The 32 secret bytes under which an area and a year is drawn: from a secret that is not in the database."""
    master = bytes.fromhex(settings.EARSHOT_PROTECTION_SECRET)
    said = f"{area.code} {year}".encode()
    return hashlib.blake2b(said, key=master, digest_size=32, person=b"earshot-inspect").digest()


def in_blocks(area: Area, year: int) -> QuerySet:
    """The coded responses that the figures of a year are made of; who waits for a later block is not among them."""
    return _counted(area, [f"{year}Q{number}" for number in range(1, 5)]).filter(is_in_block=True)


def _counted(area: Area, quarters: Iterable[str]) -> QuerySet:
    return CodedResponse.objects.counted().filter(area=area, quarter__in=quarters)


def make(area: Area, year: int, *, record: Mapping[str, Any] | None = None) -> Made:
    """Draws the sample of an area and a year, or draws it again by its record. Raises NoSample.

    The same coded responses give the same bytes, also where a step of the journey has another name or place meanwhile,
    or a later block holds more of the year.
    """
    key = key_of(area, year)
    quarters = record["quarters"] if record else sorted(set(in_blocks(area, year).values_list("quarter", flat=True)))
    counted = _counted(area, quarters)
    first = record["first_steps"] if record else first_steps(counted.values_list("stage", flat=True))
    columns = ("pk", "edition_id", "stage", "audience", "answers")
    rows = list(counted.values_list(*columns))
    forms = {str(edition): form_of(instrument_of(edition)) for edition in sorted({row[1] for row in rows})}
    population = [
        Respondent(pk.bytes, str(edition), _groups_of(stage, audience, first), _first(answers))
        for pk, edition, stage, audience, answers in rows
    ]
    drawn = sampling.draw(population, forms, key=key)
    marks = {
        "mark_of_drawn": _mark_of_drawn(population, drawn.size, key=key),
        "mark_of_answers": sampling.mark_of_population(population, forms, key=key),
        "mark_of_sheets": sampling.mark_of(sampling.written([asdict(sheet) for sheet in drawn.sheets]), key=key),
    }
    about = {"area": area.code, "year": year, "quarters": quarters, "first_steps": first, **marks}
    groups = (_journey_group(first, {row[2] for row in rows}), AGE_GROUP)
    return Made({**about, **_said(drawn, len(population))}, [_in_words(sheet, groups) for sheet in drawn.sheets])


def _mark_of_drawn(population: Iterable[Respondent], size: int, *, key: bytes) -> str:
    drawn = sampling.chosen(population, size=size, key=key)
    return sampling.mark_of(b"".join(one.key for one in drawn), key=key)


def all_are_there(sample: InspectionSample) -> bool:
    """Whether the answers of everybody who was drawn are still there; without them nobody may read the sheets."""
    key, record = key_of(sample.area, sample.year), sample.record
    keys = _counted(sample.area, record["quarters"]).values_list("pk", flat=True)
    population = [Respondent(pk.bytes, "", (), {}) for pk in keys]
    return _mark_of_drawn(population, record["drawn"], key=key) == record["mark_of_drawn"]


def _said(drawn: Drawn, population: int) -> dict[str, Any]:
    """What a record says of the method, of numbers of people, and of what is on the sheets; no answer."""
    rows = [len(sheet.rows) for sheet in drawn.sheets]
    respondents = sampling.respondents_said(population)
    return {
        "method": sampling.METHOD,
        "respondents_at_least": respondents,
        "drawn": drawn.size,
        "sheets": [
            {"questions": list(sheet.questions), "rows": len(sheet.rows), "groups": list(sheet.groups)}
            for sheet in drawn.sheets
        ],
        "left_out": list(drawn.left_out),
        "how": sampling.method_and_precision(size=drawn.size, respondents=respondents, rows=rows),
    }


def form_of(instrument: Instrument) -> Form:
    """The questions of an edition that can be on a sheet; one asked after another stands on its sheet."""
    units: dict[str, list[str]] = {}
    first_of: dict[str, str] = {}
    for item in instrument.closed_items:
        # Which answers somebody chose together tells more than five questions may.
        if item.kind is Kind.MULTI:
            continue
        first = first_of.get(item.rule.item, item.code) if item.rule else item.code
        first_of[item.code] = first
        units.setdefault(first, []).append(item.code)
    return Form(voice_of(instrument.audience).value, tuple(map(tuple, units.values())))


def _first(answers: Mapping[str, Any]) -> dict[str, str]:
    """One code for each question: of things put in order the first, as in the figures."""
    return {code: answer[0] if isinstance(answer, list) else answer for code, answer in answers.items() if answer}


def first_steps(stages: Iterable[str]) -> list[str]:
    """The steps of the journey up to where the smaller part is largest; decided on numbers of people alone."""
    many = Counter(stages)
    known = [code for code in JourneyStage.objects.values_list("code", flat=True) if many[code]]
    whole, before, best, until = sum(many.values()), 0, 0, 0
    for place, code in enumerate(known, start=1):
        before += many[code]
        if min(before, whole - before) > best:
            best, until = min(before, whole - before), place
    return known[:until]


def _groups_of(stage: str, audience: str, first: Collection[str]) -> tuple[str, str]:
    """A step that is not known counts as later, so that it is no value of its own."""
    return FIRST if stage in first else LATER, AGES.get(Audience(audience), "")


def _journey_group(first: Collection[str], present: Collection[str]) -> dict[str, Any]:
    names = [(code, name) for code, name in JourneyStage.objects.values_list("code", "name") if code in present]
    sides = {FIRST: [name for code, name in names if code in first]}
    sides[LATER] = [*(name for code, name in names if code not in first), "not known"]
    return {"name": "Step of the journey", "values": {side: ", ".join(steps) for side, steps in sides.items()}}


def _in_words(sheet: Sheet, groups: tuple[dict[str, Any], ...]) -> dict[str, Any]:
    instruments = [instrument_of(int(form)) for form in sheet.forms]
    return {
        "voice": sheet.voice,
        "audiences": sorted({instrument.audience.value for instrument in instruments}),
        "questions": [_question(instruments[0].item(code)) for code in sheet.questions],
        "groups": [groups[place] for place in sheet.groups],
        "rows": [{"groups": list(row.groups), "answers": list(row.answers)} for row in sheet.rows],
    }


def _question(item: Item) -> dict[str, Any]:
    options = {option.code: option.labels["en"] for option in item.options}
    return {"code": item.code, "text": item.texts["en"], "options": options}
