"""Questions in a file that areas hand to each other: what may stand in it, checked before anything of it is used.

The format is JSON: `{"format": "earshot-questions-1", "questions": […], "sounds": {hash: base64}}`. A question has a
code, how it is answered, what it is about and for, where it is from and under which licence, its wordings by audience
and language, and its options with a label in each language. Recordings are named by the hash of their content.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from surveys.instrument.document import CODE
from surveys.instrument.forms import form_problems
from surveys.instrument.items import RESERVED, Item, Kind, Option
from surveys.instrument.pictures import PICTURES
from surveys.instrument.recordings import SHA256
from surveys.instrument.wording import LANGUAGES, Audience, voice_of

FORMAT = "earshot-questions-1"
LARGEST = 10 * 1024 * 1024
MOST_QUESTIONS = 500
MOST_OPTIONS = 100
LONGEST = {"text": 300, "hint": 300, "label": 120, "purpose": 4000, "licence": 300, "provenance": 2000, "theme": 20}
OPTION_CODE = re.compile(r"[A-Za-z0-9_]{1,63}\Z")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class BadPack(ValueError):
    """Raised when a file is no pack of questions; holds a sentence for each fault."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True)
class Words:
    """What is said in one language: the words, a hint, and the hash of its recording; blank where there is none."""

    text: str
    hint: str = ""
    sound: str = ""


@dataclass(frozen=True)
class PackedOption:
    """One offered answer; `audience` is blank where all are offered it."""

    code: str
    labels: Mapping[str, Words]
    audience: str = ""
    excludes_others: bool = False
    picture: str = ""


@dataclass(frozen=True)
class PackedQuestion:
    """One question with all its wordings, by audience and then language."""

    code: str
    kind: Kind
    wordings: Mapping[str, Mapping[str, Words]]
    options: tuple[PackedOption, ...] = ()
    theme: str = ""
    purpose: str = ""
    is_outcome: bool = True
    licence: str = ""
    provenance: str = ""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it is worded in, English first."""
        said = {language for wording in self.wordings.values() for language in wording}
        return ("en", *sorted(said - {"en"}))


@dataclass(frozen=True)
class Pack:
    """Questions, and the recordings of them by hash."""

    questions: tuple[PackedQuestion, ...]
    sounds: Mapping[str, bytes]


def write_pack(pack: Pack) -> str:
    """The pack as a file; `read_pack` gives the same back."""
    return json.dumps(
        {
            "format": FORMAT,
            "questions": [_write_question(question) for question in pack.questions],
            "sounds": {sha256: base64.b64encode(sound).decode() for sha256, sound in pack.sounds.items()},
        },
        ensure_ascii=False,
        indent=1,
    )


def _write_question(question: PackedQuestion) -> dict[str, Any]:
    about = ("theme", "purpose", "is_outcome", "licence", "provenance")
    return {
        "code": question.code,
        "kind": question.kind.value,
        **{name: getattr(question, name) for name in about},
        "wordings": {audience: _write_words(said) for audience, said in question.wordings.items()},
        "options": [
            {
                "code": option.code,
                "audience": option.audience,
                "excludes_others": option.excludes_others,
                "picture": option.picture,
                "labels": _write_words(option.labels),
            }
            for option in question.options
        ],
    }


def _write_words(said: Mapping[str, Words]) -> dict[str, dict[str, str]]:
    return {
        language: {name: value for name, value in vars(words).items() if value or name == "text"}
        for language, words in said.items()
    }


def read_pack(content: bytes) -> Pack:
    """The questions of a file; BadPack with a sentence for each fault if it is no pack, or not whole."""
    if len(content) > LARGEST:
        raise BadPack([f"The file is larger than {LARGEST // 1024 // 1024} MB. Send fewer questions at once."])
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except json.JSONDecodeError as problem:
        raise BadPack([f"Line {problem.lineno}: this is not JSON ({problem.msg})."]) from problem
    except (UnicodeDecodeError, RecursionError, ValueError) as problem:
        raise BadPack(["This is not a file of questions."]) from problem
    return _Reading().pack(found)


class _Reading:
    """Goes through what was found and notes each fault with where it is."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def pack(self, found: Any) -> Pack:
        if not isinstance(found, dict) or found.get("format") != FORMAT:
            raise BadPack([f"This is not a file of questions: its format is not {FORMAT}."])
        asked = self._list(found, "questions", "The file", MOST_QUESTIONS)
        sounds = self._sounds(found.get("sounds", {}))
        questions = [self._question(one, f"Question {number}") for number, one in enumerate(asked, start=1)]
        codes = [question.code for question in questions if question]
        for code in sorted({code for code in codes if codes.count(code) > 1}):
            self.faults.append(f"{code} is there twice.")
        if not asked:
            self.faults.append("There is no question in the file.")
        pack = Pack(tuple(question for question in questions if question), sounds)
        self.faults += _sound_faults(pack)
        if self.faults:
            raise BadPack(self.faults)
        return pack

    def _sounds(self, found: Any) -> dict[str, bytes]:
        sounds: dict[str, bytes] = {}
        if not isinstance(found, dict):
            self.faults.append("The file: sounds is no table of recordings.")
            return sounds
        for name, written in found.items():
            try:
                sound = base64.b64decode(written, validate=True)
            except (TypeError, ValueError, binascii.Error):
                sound = b""
            if not SHA256.match(name) or hashlib.sha256(sound).hexdigest() != name:
                self.faults.append(f"The recording {name[:12]}… is not what its name says it is.")
            sounds[name] = sound
        return sounds

    def _question(self, found: Any, where: str) -> PackedQuestion | None:
        if not isinstance(found, dict):
            self.faults.append(f"{where} is no question.")
            return None
        before = len(self.faults)
        code = self._text(found, "code", where)
        where = f"{where} ({code[:63]})"
        self._check(bool(CODE.match(code)), f"{where}: its code is not letters, digits and _ with a letter first.")
        kind = self._text(found, "kind", where)
        self._check(kind in set(Kind) - {Kind.INFORMATION}, f"{where}: {kind[:40]!r} is no way of answering.")
        wordings = self._wordings(found, where)
        options = tuple(
            self._option(one, f"{where}, option {number}")
            for number, one in enumerate(self._list(found, "options", where, MOST_OPTIONS), start=1)
        )
        if len(self.faults) > before:
            return None
        about = {name: self._text(found, name, where) for name in ("theme", "purpose", "licence", "provenance")}
        question = PackedQuestion(
            code, Kind(kind), wordings, options, is_outcome=found.get("is_outcome") is not False, **about
        )
        self.faults += [f"{where}: {fault}" for fault in _faults(question)]
        return question

    def _check(self, is_right: bool, fault: str) -> None:
        if not is_right:
            self.faults.append(fault)

    def _list(self, found: Mapping[str, Any], name: str, where: str, most: int) -> list[Any]:
        value = found.get(name, [])
        if not isinstance(value, list) or len(value) > most:
            self.faults.append(f"{where}: {name} is no list, or has more than {most}.")
            return []
        return value

    def _text(self, found: Mapping[str, Any], name: str, where: str) -> str:
        value = found.get(name, "")
        if not isinstance(value, str) or _CONTROL.search(value):
            self.faults.append(f"{where}: {name} is no text, or has signs in it that cannot be shown.")
            return ""
        longest = LONGEST.get(name, 63)
        self._check(len(value) <= longest, f"{where}: {name} has {len(value)} letters; {longest} are the most.")
        return value

    def _wordings(self, found: Mapping[str, Any], where: str) -> dict[str, dict[str, Words]]:
        written = found.get("wordings")
        if not isinstance(written, dict) or not written or not set(written) <= set(Audience):
            self.faults.append(f"{where}: wordings is no table from the platform’s audiences to words.")
            return {}
        return {
            audience: self._said(said, f"{where}, for {audience}", ("text", "hint"))
            for audience, said in written.items()
        }

    def _said(self, written: Any, where: str, names: tuple[str, ...]) -> dict[str, Words]:
        if not isinstance(written, dict) or "en" not in written or not set(written) <= set(LANGUAGES):
            self.faults.append(f"{where}: it is not said in English, or in a language the platform does not have.")
            return {}
        said = {}
        for language, words in written.items():
            here = f"{where} in {language}"
            if not isinstance(words, dict) or not isinstance(words.get("text"), str) or not words["text"].strip():
                self.faults.append(f"{here}: there are no words.")
                continue
            said[language] = Words(*(self._words(words, name, here, names) for name in ("text", "hint", "sound")))
        return said

    def _words(self, words: Mapping[str, Any], name: str, where: str, names: tuple[str, ...]) -> str:
        if name == "sound":
            sound = words.get("sound", "")
            is_hash = sound == "" or (isinstance(sound, str) and bool(SHA256.match(sound)))
            self._check(is_hash, f"{where}: its recording is not named by a hash.")
            return sound if is_hash else ""
        text = self._text(words, name, where)
        longest = LONGEST["label" if names == ("label",) else name]
        self._check(len(text) <= longest, f"{where}: it has {len(text)} letters; {longest} are the most.")
        return text

    def _option(self, found: Any, where: str) -> PackedOption:
        found = found if isinstance(found, dict) else {}
        code, picture = self._text(found, "code", where), self._text(found, "picture", where)
        audience = self._text(found, "audience", where)
        is_code = bool(OPTION_CODE.match(code)) and code not in RESERVED
        self._check(is_code, f"{where}: its code is not letters, digits and _, or is reserved.")
        self._check(picture in {"", *PICTURES}, f"{where}: there is no picture {picture[:40]!r}.")
        self._check(audience in {"", *Audience}, f"{where}: {audience[:40]!r} is no audience.")
        labels = self._said(found.get("labels"), where, ("label",))
        return PackedOption(code, labels, audience, found.get("excludes_others") is True, picture)


def _faults(question: PackedQuestion) -> Iterator[str]:
    """What makes a question one that cannot be asked, or of two voices."""
    if len({voice_of(Audience(audience)) for audience in question.wordings}) > 1:
        yield "children and parents are two voices; give the parents’ question a code of its own."
    for audience in question.wordings:
        options = options_for(question, audience)
        codes = [option.code for option in options]
        if len(set(codes)) < len(codes):
            yield f"an option is there twice for {audience}."
        offered = tuple(Option(one.code, {"en": one.labels["en"].text}, picture=one.picture) for one in options)
        item = Item(question.code, question.kind, {"en": question.code}, offered)
        if item.is_closed != bool(offered) or len(offered) == 1:
            yield f"it needs two options or more for {audience} if it is a choice, and none if it is not."
        yield from form_problems(item)


def options_for(question: PackedQuestion, audience: str) -> list[PackedOption]:
    """The options this audience chooses from: its own where there are some, else those for everybody."""
    own = [option for option in question.options if option.audience == audience]
    return own or [option for option in question.options if not option.audience]


def sounds_named(questions: Iterable[PackedQuestion]) -> set[str]:
    """The hashes of all recordings that questions name."""
    said: list[Mapping[str, Words]] = []
    for question in questions:
        said += [*question.wordings.values(), *(option.labels for option in question.options)]
    return {words.sound for one in said for words in one.values() if words.sound}


def _sound_faults(pack: Pack) -> Iterator[str]:
    named = sounds_named(pack.questions)
    for sha256 in sorted(named - set(pack.sounds)):
        yield f"The recording {sha256[:12]}… is named and not in the file."
    for sha256 in sorted(set(pack.sounds) - named):
        yield f"The recording {sha256[:12]}… is in the file and nothing names it."
