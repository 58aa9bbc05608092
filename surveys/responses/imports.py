"""Loads answers given elsewhere (paper booklets, another system): all of them, or none."""

from __future__ import annotations

import hashlib
import hmac
import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from surveys.design.frozen import instrument_of
from surveys.design.models import Edition
from surveys.fieldwork.models import Wave
from surveys.fieldwork.policies import check_way_in
from surveys.frame.models import CODE, Area, JourneyStage, Service
from surveys.frame.tables import BadTable, Line, Table, check_columns, read_table, with_progress
from surveys.instrument.document import Instrument, InvalidAnswers, check_answers, read
from surveys.instrument.items import Item, Kind, valid_answer
from surveys.instrument.promises import Way
from surveys.instrument.sentences import InvalidAnswer
from surveys.instrument.wording import Audience
from surveys.responses.actions import Place, new_response
from surveys.responses.models import Helper, Response, Withdrawal
from surveys.responses.receipts import response_digest
from surveys.responses.sealed import CannotOpenWords

NEEDED = ("row_id", "area", "audience", "month")
PLACE_COLUMNS = (*NEEDED, "service", "stage", "helper")
SEVERAL = ";"
MOST_FAULTS_SHOWN = 20
BATCH = 1000
FIRST_YEAR = 2000
# What a row of a file says of its response.
SAID = ("answers", "area_id", "service_id", "stage_id", "audience", "helper", "received_on")


@dataclass(frozen=True)
class Mapped:
    """How the columns of a file from elsewhere are named here.

    `columns` gives the file's name of a column of ours, `constants` the value of one the file does not have,
    `ignore` the columns of the file that are not wanted, `blanks` the values that mean *not answered*.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    ignore: frozenset[str] = frozenset()
    blanks: frozenset[str] = frozenset()

    @classmethod
    def read(cls, file: Path) -> Mapped:
        """The mapping written in a JSON file."""
        try:
            written = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError) as problem:
            raise BadTable([f"The mapping file {file.name} cannot be read: {problem}."]) from problem
        known = {"columns", "constants", "ignore", "blanks"}
        if not isinstance(written, dict) or set(written) - known:
            raise BadTable([f"The mapping file {file.name} may hold {', '.join(sorted(known))} and nothing else."])
        return cls(
            _pairs(written, "columns"),
            _pairs(written, "constants"),
            frozenset(_texts(written, "ignore")),
            frozenset(_texts(written, "blanks")),
        )

    def applied(self, table: Table) -> Table:
        """The table under our names."""
        here = {theirs: ours for ours, theirs in self.columns.items()}
        names = {name: here.get(name, name) for name in table.header if name not in self.ignore}
        if len(set(names.values())) < len(names):
            raise BadTable(["Line 1: with the mapping file a column is named twice. Put the one not wanted in ignore."])
        header = tuple(dict.fromkeys([*names.values(), *self.constants]))
        return Table(header, [Line(line.number, self._values(line, names)) for line in table.lines])

    def _values(self, line: Line, names: Mapping[str, str]) -> dict[str, str]:
        values = {ours: line.values[theirs].strip() for theirs, ours in names.items()}
        values = {name: "" if value in self.blanks else value for name, value in values.items()}
        return {**values, **self.constants}


def _pairs(written: Mapping[str, object], name: str) -> dict[str, str]:
    pairs = written.get(name, {})
    if not isinstance(pairs, dict) or not all(map(_is_text, pairs.values())):
        raise BadTable([f'{name} in the mapping file must be written like {{"area": "psu"}}.'])
    return {ours: str(theirs) for ours, theirs in pairs.items()}


def _texts(written: Mapping[str, object], name: str) -> list[str]:
    texts = written.get(name, [])
    # A single text would be taken for the list of its letters.
    if not isinstance(texts, list) or not all(map(_is_text, texts)):
        raise BadTable([f'{name} in the mapping file must be written like ["weight", "stratum"].'])
    return [str(text) for text in texts]


def _is_text(value: object) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool)


@dataclass(frozen=True)
class Imported:
    """What an import did."""

    accepted: int
    already_present: int
    differing: int


@transaction.atomic
def import_responses(
    file: Path, *, wave: Wave, mapped: Mapped | None = None, create_frame: bool = False, dry_run: bool = False, by=None
) -> Imported:
    """Stores every row of a file as a response, or raises BadTable and stores none.

    `by` is empty when the console is used, which only an administrator of the machine can.
    """
    if by is not None and not by.has_perm("responses.import", wave):
        raise PermissionDenied("You have no role in this area that lets you load answers.")
    check_way_in(instrument_of(wave.edition_id), Way.FILE)
    rows = _Rows(wave, create_frame=create_frame)
    responses = rows.responses(file, mapped or Mapped())
    present = _present([response.pk for response in responses])
    taken_back = set(map(bytes, Withdrawal.objects.values_list("response_digest", flat=True)))
    fresh = [r for r in responses if r.pk not in present and response_digest(r.pk) not in taken_back]
    differing = [r for r in responses if present.get(r.pk) and present[r.pk] != [getattr(r, name) for name in SAID]]
    Response.objects.bulk_create(fresh, batch_size=BATCH)
    log(wave, "responses.import", user=by, data={"accepted": len(fresh)})
    if dry_run:
        transaction.set_rollback(True)
    return Imported(len(fresh), len(responses) - len(fresh), len(differing))


def _present(keys: list[uuid.UUID]) -> dict[uuid.UUID, list | None]:
    """What is stored under these ids; nothing where its answers were erased or do not open."""
    found = {}
    for start in range(0, len(keys), BATCH):
        rows = Response.objects.filter(pk__in=keys[start : start + BATCH]).only("pk", "status", *SAID)
        found.update({row.pk: _said(row) for row in rows})
    return found


def _said(row: Response) -> list | None:
    if row.status == Response.Status.ERASED:
        return None
    try:
        return [getattr(row, name) for name in SAID]
    except CannotOpenWords:
        # Loading is no time to learn of it: prove_words counts it.
        return None


class _Rows:
    """Turns the rows of one file into responses, and gathers what is wrong with them."""

    def __init__(self, wave: Wave, *, create_frame: bool) -> None:
        self.wave = wave
        self.edition: Edition = wave.edition
        self.instrument: Instrument = read(wave.edition.document)
        self.items = {item.code: item for item in self.instrument.items if item.kind is not Kind.INFORMATION}
        self.frame = _Frame(create_frame)
        self.seen: set[str] = set()
        self.today = timezone.localdate()

    def responses(self, file: Path, mapped: Mapped) -> list[Response]:
        """Every row as a response; BadTable with each fault if there is any."""
        table = mapped.applied(read_table(file))
        check_columns(table.header, needed=NEEDED, known=lambda name: name in PLACE_COLUMNS or name in self.items)
        responses, faults = [], []
        for line in with_progress(table.lines, "Reading"):
            try:
                responses.append(self._response(line))
            except (BadTable, ValidationError) as problem:
                faults.extend(f"Line {line.number}: {sentence}" for sentence in _sentences(problem))
        if faults:
            raise BadTable(_first(faults))
        return responses

    def _response(self, line: Line) -> Response:
        values = line.values
        return new_response(
            self._response_id(values["row_id"]),
            wave=self.wave,
            edition=self.edition,
            place=self.frame.place(values, self.wave),
            answers=self._answers(values),
            language="en",
            helper=_helper(values.get("helper", "")),
            on=_first_day(values["month"], self.today),
            audience=_audience(values["audience"]),
        )

    def _response_id(self, row_id: str) -> uuid.UUID:
        """The same row always gets the same id, so that loading a file twice adds nothing; nobody else can make it."""
        if not row_id:
            raise BadTable(["row_id is blank."])
        if row_id in self.seen:
            raise BadTable([f"row_id {row_id} is used twice."])
        self.seen.add(row_id)
        name = f"import\0{self.wave.code}\0{row_id}".encode()
        return uuid.UUID(bytes=hmac.digest(settings.SECRET_KEY.encode(), name, hashlib.sha256)[:16], version=4)

    def _answers(self, values: Mapping[str, str]) -> dict:
        given = {code: _given(item, values[code]) for code, item in self.items.items() if values.get(code)}
        try:
            kept, wrong = check_answers(self.instrument, given), set()
        except InvalidAnswers as problem:
            kept, wrong = {}, set(problem.errors)
        # What is off the path is dropped; but a code that nobody offers may mean that the column is another one.
        wrong |= {code for code in given.keys() - kept.keys() if not _is_offered(self.items[code], given[code])}
        if wrong:
            raise BadTable(f"{code} has a value it does not offer." for code in sorted(wrong))
        return kept


def _given(item: Item, value: str) -> str | list[str]:
    """A value of the file as a device would send it."""
    if item.kind is not Kind.MULTI or value in item.ways_out:
        return value
    return [part.strip() for part in value.split(SEVERAL)]


def _is_offered(item: Item, value: str | list[str]) -> bool:
    try:
        valid_answer(item, value)
    except InvalidAnswer:
        return not item.is_closed
    return True


def _sentences(problem: BadTable | ValidationError) -> list[str]:
    return problem.faults if isinstance(problem, BadTable) else problem.messages


def _first(faults: list[str]) -> Iterator[str]:
    yield from faults[:MOST_FAULTS_SHOWN]
    if len(faults) > MOST_FAULTS_SHOWN:
        yield f"… and {len(faults) - MOST_FAULTS_SHOWN} more."


def _first_day(month: str, today: date) -> date:
    try:
        day = date.fromisoformat(f"{month}-01")
    except ValueError as problem:
        raise BadTable([f"month {month!r} is not written like 2026-09."]) from problem
    if day.year < FIRST_YEAR:
        raise BadTable([f"month {month!r} cannot be right."])
    if day > today:
        raise BadTable([f"month {month} has not come yet."])
    return day


def _audience(value: str) -> str:
    if value and value not in set(Audience):
        raise BadTable([f"audience {value!r} is none of {', '.join(Audience)}."])
    return value


def _helper(value: str) -> str:
    if value and value not in Helper.values:
        raise BadTable([f"helper {value!r} is none of {', '.join(Helper.values)}."])
    return value or Helper.NOT_SAID


class _Frame:
    """Finds areas, services and stages by code, and makes those that are not there yet if it was asked to."""

    def __init__(self, create: bool) -> None:
        self.create = create
        self.areas = {area.code: area for area in Area.objects.all()}
        self.services = {(s.area_id, s.code): s for s in Service.objects.all()}
        self.stages = {stage.code: stage for stage in JourneyStage.objects.all()}

    def place(self, values: Mapping[str, str], wave: Wave) -> Place:
        """Where in the frame a row belongs."""
        area = self._area(values["area"])
        if wave.area_id and wave.area_id != area.pk:
            raise BadTable([f"area {area.code} is not the area of this wave."])
        return Place.of(area, self._service(area, values.get("service", "")), self._stage(values.get("stage", "")))

    def _area(self, code: str) -> Area:
        code = code.lower()
        if code not in self.areas:
            self._check_may_create("area", code)
            self.areas[code] = Area.objects.create(code=code, name=code)
        return self.areas[code]

    def _service(self, area: Area, code: str) -> Service | None:
        code = code.lower()
        if code and (area.pk, code) not in self.services:
            self._check_may_create("service", code)
            self.services[area.pk, code] = Service.objects.create(area=area, code=code, name=code)
        return self.services.get((area.pk, code))

    def _stage(self, code: str) -> JourneyStage | None:
        code = code.lower()
        if code and code not in self.stages:
            self._check_may_create("stage", code)
            self.stages[code] = JourneyStage.objects.create(code=code, name=code, position=len(self.stages))
        return self.stages.get(code)

    def _check_may_create(self, what: str, code: str) -> None:
        if not self.create:
            raise BadTable([f"{what} {code!r} is not in the frame. Load it with import_areas, or use --create-frame."])
        try:
            CODE(code)
        except ValidationError as problem:
            raise BadTable([f"{what} {code!r} cannot be a code: small letters, digits, - and _ only."]) from problem
