"""What the types of an XLSForm's questions are here, and the sentences about those that are nothing here."""

from __future__ import annotations

import re
from dataclasses import dataclass

from surveys.instrument.items import LADDER_CODES, Kind

_SELECT = re.compile(
    r"(?P<word>add select one prompt using|add select multiple prompt using|select all that apply from"
    r"|select all that apply|select one from|select1|select_one|select one|select_multiple|rank)"
    r"\s+(?P<list>\S+)(?P<other>\s+(?:or_other|or other|or specify other))?\Z",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"(?P<end>begin|end)[ _](?P<what>group|lgroup|repeat|loop|looped group)\b", re.IGNORECASE)
WORDS = {"text", "string", "q string", "add text prompt"}
NOTES = {"note", "q note", "add note prompt"}
NUMBERS = {"integer", "int", "add integer prompt", "q int"}
PHOTOS = {"image", "photo", "q picture", "add image prompt", "add photo prompt"}
DRAWN = {"draw"}
NOTED_UNSEEN = {
    "start", "end", "today", "deviceid", "device id", "imei", "subscriberid", "simserial", "phonenumber",
    "phone number", "username", "email", "start-geopoint", "background-audio", "background-geopoint", "audit",
    "start time", "end time",
}  # fmt: skip
WORKED_OUT = {"calculate", "hidden", "csv-external", "xml-external"}
# Which kinds of ours are written as which type.
KINDS_OF = {
    "choose": {Kind.CHOICE, Kind.FACES, Kind.PICTURES, Kind.AGAIN, Kind.LADDER},
    "several": {Kind.MULTI},
    "order": {Kind.SORT},
    "words": {Kind.TEXT, Kind.SHORT},
    "draw": {Kind.DRAWING},
    "tell": {Kind.INFORMATION},
    "steps": {Kind.LADDER},
}
AT_FIRST = {
    "choose": Kind.CHOICE, "several": Kind.MULTI, "order": Kind.SORT, "words": Kind.TEXT, "draw": Kind.DRAWING,
    "tell": Kind.INFORMATION, "steps": Kind.LADDER,
}  # fmt: skip
NO_EQUAL = "has no equal here, so it is left out"


@dataclass(frozen=True)
class Asks:
    """How a row of a form is answered: the way, the list of its choices, and whether another answer may be written."""

    way: str
    choices: str = ""
    or_other: bool = False


def small_words(written: str) -> str:
    """A type with its words in small letters, as the name of a list stands."""
    plain = " ".join(written.split())
    chosen = _SELECT.match(plain)
    if chosen is None:
        return plain.lower() if _CONTROL.match(plain) or plain.lower() in WORDS | NOTES | NUMBERS else plain
    return " ".join(filter(None, (chosen["word"].lower(), chosen["list"], (chosen["other"] or "").strip().lower())))


class NoEqual(ValueError):
    """Raised when a row is nothing that can be asked here; holds the rest of a sentence that says so."""


def control_of(written: str) -> tuple[str, str] | None:
    """`begin` or `end`, and of what, if the row opens or closes a part of the form."""
    found = _CONTROL.match(written.strip())
    return (found["end"].lower(), found["what"].lower()) if found else None


def asks(written: str, *, appearance: str, parameters: str, constraint: str) -> Asks:
    """How a type is answered here; NoEqual if it is not."""
    plain = " ".join(written.split())
    chosen = _SELECT.match(plain)
    if chosen:
        return _select(chosen)
    word = plain.lower()
    if word in PHOTOS and not DRAWN & set(appearance.split()):
        raise NoEqual(f"asks for a photo, which {NO_EQUAL}: a face cannot be taken back")
    for words, way in ((WORDS, "words"), (NOTES, "tell"), (PHOTOS, "draw")):
        if word in words:
            return Asks(way)
    if word == "range" and is_ladder(parameters):
        return Asks("steps")
    if word in NUMBERS and is_from_0_to_10(constraint):
        return Asks("steps")
    raise NoEqual(_why(word, plain))


def _select(found: re.Match[str]) -> Asks:
    word = found["word"].lower()
    if found["list"].startswith("${"):
        raise NoEqual(f"chooses among earlier answers, which {NO_EQUAL}")
    way = "order" if word == "rank" else "several" if "multiple" in word or "all that" in word else "choose"
    return Asks(way, found["list"], bool(found["other"]))


def _why(word: str, written: str) -> str:
    if word in NOTED_UNSEEN:
        return f"notes something unseen ({written}); nothing is noted of respondents here but what they answer"
    if word in WORKED_OUT:
        return f"works something out ({written}), which {NO_EQUAL}"
    if word in NUMBERS or word == "range":
        return f"asks for a number ({written}); only steps from 0 to 10 have an equal, a ladder, so it is left out"
    return f"is of the type {written[:80]}, which {NO_EQUAL}"


def is_ladder(parameters: str) -> bool:
    """Whether a range has the steps of a ladder; without parameters it does."""
    given = dict(re.findall(r"(\w+)\s*=\s*([-\d.]+)", parameters.lower()))
    try:
        steps = [float(given.get(name, usual)) for name, usual in (("start", "0"), ("end", "10"), ("step", "1"))]
    except ValueError:
        return False
    return steps == [0, len(LADDER_CODES) - 1, 1]


def is_from_0_to_10(constraint: str) -> bool:
    """Whether a check allows the steps of a ladder and nothing else."""
    return re.sub(r"[\s()]", "", constraint) in {".>=0and.<=10", ".<=10and.>=0"}
