"""Which coded responses an inspection sample holds, on which sheets; pure, so that anyone can draw it again.

Every rule and number is that of part B of the study of samples (docs/decisions/0037): answers identify people even
where groups do not, so a sample is small, the same for everybody, and cut into sheets that nothing joins.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from math import ceil, sqrt

METHOD = 1
FEWEST_RESPONDENTS = 100
ONE_IN = 10  # of the respondents is drawn, and of the answers is replaced
MOST_DRAWN = 50
MOST_QUESTIONS = 5
MOST_GROUPS = 2
TWO_VALUES = 2
SMALLEST_CLASS = 10
FEWEST_ANSWERS = 2
# Ours: a lone row of a group would be the same child on every sheet.
FEWEST_ROWS = 5
KEY_BYTES = 32
NO_ANSWER = ""
PERSON = b"earshot-sample"
# Half of a 95 % range of a share, in percentage points for one row; it shrinks with the square root of the rows.
POINTS_OF_ONE_ROW = 98


class NoSample(ValueError):
    """Raised when nothing may be drawn; the message says why."""


@dataclass(frozen=True)
class Respondent:
    """One coded response: a random key, the form it was asked with, a value per group, its answers by question."""

    key: bytes
    form: str
    groups: tuple[str, ...]
    answers: Mapping[str, str]


@dataclass(frozen=True)
class Form:
    """What was asked together: whose voice it is, and its questions; one asked after another stands with that one."""

    voice: str
    units: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Row:
    """The values of the groups that are shown, and an answer to each question of the sheet; blank is no answer."""

    groups: tuple[str, ...]
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """At most five questions, asked with these forms; `groups` are the places of the groups that are shown."""

    voice: str
    forms: tuple[str, ...]
    questions: tuple[str, ...]
    groups: tuple[int, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Drawn:
    """A whole sample: how many were drawn, their sheets, and the questions that may not be shown, without why."""

    size: int
    sheets: tuple[Sheet, ...]
    left_out: tuple[str, ...]


def sample_size(respondents: int) -> int:
    """How many of so many respondents are drawn: one in ten, at most 50. Raises NoSample below 100."""
    if respondents < FEWEST_RESPONDENTS:
        raise NoSample(f"There are fewer than {FEWEST_RESPONDENTS} respondents.")
    return min(MOST_DRAWN, respondents // ONE_IN)


def chosen(population: Iterable[Respondent], *, size: int, key: bytes) -> list[Respondent]:
    """Those with the lowest keyed hashes, so that nobody can choose and everybody gets the same."""
    return sorted(population, key=lambda one: (_hash(key, b"draw", one.key), one.key))[:size]


def draw(population: Sequence[Respondent], forms: Mapping[str, Form], *, key: bytes) -> Drawn:
    """The one sample of a population under a key of 32 bytes, whatever the order in which it is given.

    Raises NoSample below 100 respondents, and ValueError where two respondents share a key, a form is unknown or the
    key of the draw has another length.
    """
    _check(population, forms, key)
    drawn = chosen(population, size=sample_size(len(population)), key=key)
    present = sorted({one.form for one in population})
    sheets: list[Sheet] = []
    left_out: set[str] = set()
    for (voice, asked_with), units in _blocks(forms, present).items():
        block = _Block(
            voice,
            asked_with,
            everybody=[one for one in population if one.form in asked_with],
            drawn=[one for one in drawn if one.form in asked_with],
            # Where not everybody was asked, a sheet says already of whom it is: that is one group.
            most_groups=MOST_GROUPS if len(asked_with) == len(present) else MOST_GROUPS - 1,
        )
        shown = [tuple(q for q in unit[:MOST_QUESTIONS] if block.may_show(q)) for unit in units]
        sheets += [block.sheet(questions, key) for questions in _packed(shown)]
        left_out |= {q for unit in units for q in unit} - {q for unit in shown for q in unit}
    on_sheets = {q for sheet in sheets for q in sheet.questions}
    return Drawn(len(drawn), tuple(sheets), tuple(sorted(left_out - on_sheets)))


def _check(population: Sequence[Respondent], forms: Mapping[str, Form], key: bytes) -> None:
    if len(key) != KEY_BYTES:
        raise ValueError(f"The key has {len(key)} bytes; it must have {KEY_BYTES}.")
    if len({one.key for one in population}) < len(population):
        raise ValueError("Two respondents have the same key.")
    if unknown := {one.form for one in population} - set(forms):
        raise ValueError(f"There is no form {min(unknown)!r}.")


def _blocks(
    forms: Mapping[str, Form], present: Iterable[str]
) -> dict[tuple[str, tuple[str, ...]], list[tuple[str, ...]]]:
    """The questions by whom they were asked: one voice, and the forms that have them."""
    asked: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for name in present:
        for unit in forms[name].units:
            asked.setdefault((forms[name].voice, unit), []).append(name)
    blocks: dict[tuple[str, tuple[str, ...]], list[tuple[str, ...]]] = defaultdict(list)
    for (voice, unit), names in asked.items():
        blocks[voice, tuple(names)].append(unit)
    return blocks


def _packed(units: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """The units in order, as many on a sheet as fit."""
    sheet: tuple[str, ...] = ()
    for unit in units:
        if len(sheet) + len(unit) > MOST_QUESTIONS:
            yield sheet
            sheet = ()
        sheet += unit
    if sheet:
        yield sheet


@dataclass(frozen=True)
class _Block:
    """Those who were asked the same questions, and those of them who were drawn."""

    voice: str
    forms: tuple[str, ...]
    everybody: Sequence[Respondent]
    drawn: Sequence[Respondent]
    most_groups: int

    def may_show(self, question: str) -> bool:
        """Whether enough were asked and drawn, and did not all say the same."""
        return len(self.drawn) >= FEWEST_ROWS and _is_class(self.everybody, (question,))

    def sheet(self, questions: tuple[str, ...], key: bytes) -> Sheet:
        """One sheet, in an order of its own, with one answer in ten replaced."""
        label = "\x1f".join((self.voice, *self.forms, "", *questions)).encode()
        groups = self._groups(questions)
        offered = {q: sorted(one.answers.get(q, NO_ANSWER) for one in self.everybody) for q in questions}
        ordered = sorted(self.drawn, key=lambda one: (_hash(key, b"order", label, one.key), one.key))
        rows = (
            Row(
                tuple(one.groups[place] for place in groups),
                tuple(_answer(one, q, offered[q], label, key) for q in questions),
            )
            for one in ordered
        )
        return Sheet(self.voice, self.forms, questions, groups, tuple(rows))

    def _groups(self, questions: tuple[str, ...]) -> tuple[int, ...]:
        """The most groups whose every class is large and mixed enough; the earlier ones first."""
        places = range(len(self.everybody[0].groups))
        for many in range(self.most_groups, 0, -1):
            for wanted in combinations(places, many):
                if self._may_group(wanted, questions):
                    return wanted
        return ()

    def _may_group(self, wanted: tuple[int, ...], questions: tuple[str, ...]) -> bool:
        if any(len({one.groups[place] for one in self.everybody}) != TWO_VALUES for place in wanted):
            return False
        drawn = _classes(self.drawn, wanted)
        return all(_is_class(members, questions) for members in _classes(self.everybody, wanted).values()) and all(
            len(members) >= FEWEST_ROWS for members in drawn.values()
        )


def _classes(respondents: Iterable[Respondent], wanted: tuple[int, ...]) -> dict[tuple[str, ...], list[Respondent]]:
    found: dict[tuple[str, ...], list[Respondent]] = defaultdict(list)
    for one in respondents:
        found[tuple(one.groups[place] for place in wanted)].append(one)
    return found


def _is_class(members: Sequence[Respondent], questions: Iterable[str]) -> bool:
    """Whether these are ten or more and gave at least two different answers to each question."""
    if len(members) < SMALLEST_CLASS:
        return False
    return all(
        len({one.answers.get(q, NO_ANSWER) for one in members} - {NO_ANSWER}) >= FEWEST_ANSWERS for q in questions
    )


def _answer(one: Respondent, question: str, offered: Sequence[str], label: bytes, key: bytes) -> str:
    """The respondent's answer; or, one time in ten, that of somebody of the area, who may have said the same."""
    parts = (label, question.encode(), one.key)
    if _hash(key, b"replace", *parts) % ONE_IN:
        return one.answers.get(question, NO_ANSWER)
    return offered[_hash(key, b"by", *parts) % len(offered)]


def _hash(key: bytes, *parts: bytes) -> int:
    hashed = hashlib.blake2b(key=key, digest_size=8, person=PERSON)
    for part in parts:
        hashed.update(len(part).to_bytes(4, "big") + part)
    return int.from_bytes(hashed.digest(), "big")


def written(content: object) -> bytes:
    """The one way in which plain values are written, so that the same content is the same bytes."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def mark_of(content: bytes, *, key: bytes) -> str:
    """A keyed hash, in hexadecimal, by which content is known again; who has no key can try nothing against it."""
    return hashlib.blake2b(content, key=key, digest_size=16, person=b"earshot-mark-s").hexdigest()


def mark_of_population(population: Iterable[Respondent], forms: Mapping[str, Form], *, key: bytes) -> str:
    """The mark of everything that a draw rests on, whatever the order in which it is given."""
    people = sorted((one.key.hex(), one.form, one.groups, sorted(one.answers.items())) for one in population)
    asked = {name: asdict(form) for name, form in forms.items()}
    return mark_of(written([METHOD, people, asked]), key=key)


def respondents_said(respondents: int) -> int:
    """The number of respondents as it may be said: whole tens, so that nobody who took answers back is counted out."""
    return respondents // ONE_IN * ONE_IN


def points_of(rows: int) -> int:
    """How far a share counted on so many rows may be from that of everybody, in percentage points, 19 times in 20."""
    return ceil(POINTS_OF_ONE_ROW / sqrt(rows))


def method_and_precision(*, size: int, respondents: int, rows: Sequence[int]) -> str:
    """What was done and how sure it is, made from the numbers drawn, answered (in whole tens) and on each sheet."""
    sentence = (
        f"Of at least {respondents} people who answered, {size} were drawn by a keyed hash: nobody can choose them, "
        f"and every inspectorate gets the same. One answer in {ONE_IN} was replaced by that of a random person of the "
        "area. Each sheet is in an order of its own, so that no row can be followed from one to the next."
    )
    if not rows:
        return sentence
    worst, best = points_of(min(rows)), points_of(max(rows))
    precision = f"{best}" if worst == best else f"{best} to {worst}"
    return (
        f"{sentence} A share counted on a sheet is right to within {precision} percentage points, 19 times in 20; "
        "where a share matters, read the released tables."
    )
