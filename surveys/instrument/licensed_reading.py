"""Reads the table a licensee loads a scale from: every fault is named with its line, and nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from surveys.instrument.licensed import MODES, Licensed, LicensedOption
from surveys.instrument.licensed_checks import check_licensed
from surveys.instrument.locker import RECORDS, Record, Wanted
from surveys.instrument.scoring import Band, ScaleRule
from surveys.instrument.wording import AT_WORK, LANGUAGES, NEVER_COUNTED, Audience

COLUMNS = ("what", "code", "language", "text", "points", "items", "least", "lowest", "highest")
NEEDED = ("what", "code", "language", "text")
FACTS = ("record", "version", "number", "holder", "expires", "modes", "audiences", "side_by_side", "norm")
OPTIONAL = {"version": "standard", "norm": ""}
SPOKEN = ("notice", "introduction", "item", "option", "band", "meaning")
LONGEST_TEXT, LONGEST_CODE, MOST_POINTS = 2000, 60, 1000
CODE = re.compile(r"[a-z0-9][a-z0-9_-]*\Z")


class BadScale(ValueError):
    """Raised where a table cannot be loaded as a whole; names each line, what is wrong with it and what to do."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(self.faults))


@dataclass
class _Read:
    """What was read so far, with the line on which each thing stands."""

    faults: list[str] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    texts: dict[str, dict[str, dict[str, str]]] = field(default_factory=lambda: {kind: {} for kind in SPOKEN})
    options: dict[str, tuple[int | None, tuple[str, ...]]] = field(default_factory=dict)
    bands: dict[tuple[str, Decimal, Decimal], str] = field(default_factory=dict)
    scales: dict[str, ScaleRule] = field(default_factory=dict)


def read_licensed(lines: Iterable[tuple[int, Mapping[str, str]]]) -> Licensed:
    """The version of a scale that a table holds, or BadScale with everything that is wrong with it."""
    read = _Read()
    for number, values in lines:
        try:
            _take(read, {name: values.get(name, "").strip() for name in COLUMNS})
        except ValueError as problem:
            read.faults.append(f"Line {number}: {problem}")
    if read.faults:
        raise BadScale(read.faults)
    made = _made(read)
    if faults := check_licensed(made):
        raise BadScale(faults)
    return made


def _take(read: _Read, row: Mapping[str, str]) -> None:
    what, code = row["what"], row["code"]
    if len(row["text"]) > LONGEST_TEXT:
        raise ValueError(f"this text is longer than {LONGEST_TEXT} letters. Load the words of the licence only.")
    if what == "licence":
        _take_fact(read, code, row["text"])
    elif what == "scale":
        _take_scale(read, row)
    elif what in SPOKEN:
        _take_words(read, row)
    else:
        known = ", ".join(("licence", "scale", *SPOKEN))
        raise ValueError(f"{what[:LONGEST_CODE]!r} is nothing that can be loaded. Write one of {known}.")


def _take_fact(read: _Read, code: str, text: str) -> None:
    if code not in FACTS:
        raise ValueError(f"{code[:LONGEST_CODE]!r} is no fact about a licence. Write one of {', '.join(FACTS)}.")
    if code in read.facts:
        raise ValueError(f"{code} stands here a second time. Keep one line of it.")
    read.facts[code] = CHECKS.get(code, _in_one_line)(text)


def _in_one_line(text: str) -> str:
    if len(text) > 200 or "\n" in text:
        raise ValueError("write this in one line of at most 200 letters.")
    return text


def _record(text: str) -> str:
    if text not in RECORDS:
        raise ValueError(
            f"there is no record {text[:LONGEST_CODE]!r} in the locker. Write one of {', '.join(RECORDS)}."
        )
    return text


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as problem:
        raise ValueError("the day on which the licence ends is not written like 2027-03-31.") from problem


def _among(known: Iterable[str], what: str) -> Callable[[str], str]:
    known = list(known)

    def check(text: str) -> str:
        strange = [word for word in text.split() if word not in known]
        if strange or not text:
            raise ValueError(f"{what}: write one or more of {' '.join(known)}, with spaces between.")
        return text

    return check


def _version(text: str) -> str:
    if not CODE.match(text) or len(text) > LONGEST_CODE:
        raise ValueError("a version is written with small letters, digits, - and _, like parent-4-17.")
    return text


def _yes_or_no(text: str) -> str:
    if text not in ("yes", "no"):
        raise ValueError("side_by_side is yes or no: whether the licence lets the items stand beside both answers.")
    return text


CHECKS = {
    "record": _record,
    "version": _version,
    "expires": _day,
    "modes": _among(MODES, "modes"),
    "audiences": _among((one.value for one in Audience if one not in NEVER_COUNTED | AT_WORK),
                        "audiences"),
    "side_by_side": _yes_or_no,
}  # fmt: skip


def _take_words(read: _Read, row: Mapping[str, str]) -> None:
    what, code, language = row["what"], row["code"], row["language"]
    if language not in LANGUAGES:
        raise ValueError(f"there is no language {language[:LONGEST_CODE]!r} here. Write one of {', '.join(LANGUAGES)}.")
    if not row["text"]:
        raise ValueError("the text is empty. Copy it from the licensed version.")
    if what == "band":
        code = _take_band(read, row)
    elif what == "option":
        _take_option(read, row)
    elif what in ("notice", "introduction"):
        code = what
    found = read.texts[what].setdefault(code, {})
    if language in found:
        raise ValueError(f"{what} {code} stands here a second time in {language}. Keep one line of it.")
    found[language] = row["text"]


def _take_option(read: _Read, row: Mapping[str, str]) -> None:
    code, points = row["code"], _whole(row["points"], "points") if row["points"] else None
    if not CODE.match(code) or len(code) > LONGEST_CODE:
        raise ValueError("the code of an option is written with small letters, digits, - and _.")
    said = (points, tuple(row["items"].split()))
    if read.options.setdefault(code, said) != said:
        raise ValueError(f"the option {code} has other points or items here than in another language.")


def _take_band(read: _Read, row: Mapping[str, str]) -> str:
    lowest, highest = _decimal(row["lowest"], "lowest"), _decimal(row["highest"], "highest")
    if lowest > highest:
        raise ValueError("the lowest value of a band is above its highest. Change them over.")
    return read.bands.setdefault((row["code"], lowest, highest), f"{row['code']} {lowest} {highest}")


def _take_scale(read: _Read, row: Mapping[str, str]) -> None:
    code, items = row["code"], row["items"].split()
    if code in read.scales:
        raise ValueError(f"the scale {code} stands here a second time. Keep one line of it.")
    if not CODE.match(code) or len(code) > LONGEST_CODE or not row["text"] or not items:
        raise ValueError("a scale needs a code, its name as text, and its items, like 3 8 13r (r: turned).")
    plain = tuple(item.removesuffix("r") for item in items)
    if len(set(plain)) < len(plain):
        raise ValueError(f"an item stands twice in the scale {code}. Keep it once.")
    least = _whole(row["least"], "least") if row["least"] else len(plain)
    if not 1 <= least <= len(plain):
        raise ValueError(f"least is the fewest items that must be answered: a number from 1 to {len(plain)}.")
    is_turned = frozenset(item.removesuffix("r") for item in items if item.endswith("r"))
    read.scales[code] = ScaleRule(code, row["text"], plain, is_turned, least)


def _whole(text: str, what: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 4 and int(text) <= MOST_POINTS):
        raise ValueError(f"{what} is not a whole number from 0 to {MOST_POINTS}.")
    return int(text)


def _decimal(text: str, what: str) -> Decimal:
    try:
        found = Decimal(text)
    except InvalidOperation as problem:
        raise ValueError(f"{what} is not a number like 14 or 23.21.") from problem
    if not found.is_finite() or not 0 <= found <= MOST_POINTS:
        raise ValueError(f"{what} is not a number from 0 to {MOST_POINTS}.")
    return found


def _made(read: _Read) -> Licensed:
    if missing := [name for name in FACTS if not read.facts.get(name, OPTIONAL.get(name, "")) and name not in OPTIONAL]:
        raise BadScale(f"There is no line licence,{name}. Add it." for name in missing)
    facts, record = {**OPTIONAL, **read.facts}, RECORDS[read.facts["record"]]
    return Licensed(
        record=record.code,
        version=facts["version"],
        number=facts["number"],
        holder=facts["holder"],
        expires_on=date.fromisoformat(facts["expires"]),
        modes=tuple(facts["modes"].split()),
        audiences=tuple(facts["audiences"].split()),
        languages=tuple(read.texts["notice"].get("notice", {})),
        shows_items=facts["side_by_side"] == "yes",
        norm=facts["norm"],
        notice=read.texts["notice"].get("notice", {}),
        introduction=read.texts["introduction"].get("introduction", {}),
        items=read.texts["item"],
        options=_options(read, record),
        rules=_rules(read, record),
        meanings=read.texts["meaning"],
        bands=tuple(Band(s, low, high, read.texts["band"][code]) for (s, low, high), code in read.bands.items()),
    )


def _options(read: _Read, record: Record) -> tuple[LicensedOption, ...]:
    return tuple(
        LicensedOption(code, points, items or record.items, read.texts["option"][code])
        for code, (points, items) in read.options.items()
    )


def _rules(read: _Read, record: Record) -> tuple[ScaleRule, ...]:
    """Those of the table, and then those that are published, which may be sums of them."""
    if faults := list(_misfits(read.scales, record)):
        raise BadScale(faults)
    return (*read.scales.values(), *record.rules)


def _misfits(scales: Mapping[str, ScaleRule], record: Record) -> Iterable[str]:
    wanted = {one.code: one for one in record.wanted}
    for code, rule in scales.items():
        if strange := [item for item in rule.items if item not in record.items]:
            yield f"The scale {code} names the item {strange[0]}, which {record.name} does not have."
        if code not in wanted and not record.any_scales:
            yield f"{record.name} has no scale {code} to be loaded. Remove its line."
        elif code in wanted:
            yield from _misfit(rule, wanted[code])
    yield from (f"There is no line for the scale {code}. Add it." for code in wanted if code not in scales)
    many = sum(len(rule.turned) for rule in scales.values())
    if record.turned is not None and many != record.turned:
        yield f"{record.name} has {record.turned} turned items, and {many} are marked with r. Compare your copy."
    if record.any_scales and not scales:
        yield "There is no line for a scale, so nothing could be scored. Add one."


def _misfit(rule: ScaleRule, wanted: Wanted) -> Iterable[str]:
    if wanted.items is not None and len(rule.items) != wanted.items:
        yield f"The scale {rule.code} has {wanted.items} items, and {len(rule.items)} are named. Compare your copy."
    if wanted.least is not None and rule.least != wanted.least:
        yield f"The scale {rule.code} needs {wanted.least} answered items. Write that under least."
