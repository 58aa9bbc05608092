"""One file for a translator: all that a survey says, with what they need to know, in the format of gettext (PO)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import polib

from surveys.design.translating import Text, Translation
from surveys.design.translation_rules import Said, mark, problems_of
from surveys.instrument.translating import State
from surveys.instrument.wording import LIMITS

LARGEST = 1024 * 1024
AS_OF = re.compile(r"^as of: ([0-9a-f]{16}|nothing)$", re.MULTILINE)
NOTHING = "nothing"
_LINE = re.compile(r"\(line (\d+)\)|line (\d+)")


class BadCatalogue(ValueError):
    """Raised when a file is no catalogue; the sentence names the line."""


def catalogue_of(translation: Translation) -> str:
    """The catalogue of one survey and language; what has changed in English is marked as fuzzy."""
    file = polib.POFile(wrapwidth=100)
    file.metadata = {
        "Project-Id-Version": translation.survey.slug,
        "Language": translation.language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    file.header = (
        f"{translation.survey.title}: for {translation.survey.get_audience_display()}.\n"
        "Say it as you would say it to them. Leave what you are not sure of empty, or fuzzy: it is not taken then."
    )
    for text in translation.texts.values():
        file.append(_entry(translation, text))
    return str(file)


def _entry(translation: Translation, text: Text) -> polib.POEntry:
    is_changed = text.state is State.CHANGED and text.made is not None
    return polib.POEntry(
        msgctxt=text.key,
        msgid=text.english,
        msgstr=text.words,
        comment=_about(translation, text),
        flags=["fuzzy"] if is_changed else [],
        previous_msgid=text.made.english if is_changed and text.made else None,
    )


def _about(translation: Translation, text: Text) -> str:
    """What a translator needs to know; and which words stood here when the file was made."""
    limits = LIMITS[translation.audience]
    lines = [f"{text.what}, for {translation.survey.get_audience_display()}. At most {text.longest} letters."]
    if ":text:" in text.key:
        lines.append(f"In English at most {limits.words} words, so that they can read it; keep it as short.")
    lines.append(f"as of: {mark(text.words) if text.words else NOTHING}")
    return "\n".join(lines)


@dataclass(frozen=True)
class Refused:
    """One text of a catalogue that is not taken, and why."""

    line: int
    key: str
    why: str


@dataclass(frozen=True)
class Taken:
    """What a catalogue brings: words to be stored by key, how many are there already, and what is refused."""

    said: dict[str, Said]
    same: int
    empty: int
    refused: tuple[Refused, ...]


def read_catalogue(content: bytes, translation: Translation) -> Taken:
    """Reads a catalogue against the survey as it is now; BadCatalogue if it is none. Nothing is stored."""
    file = _parsed(_decoded(content))
    language = file.metadata.get("Language", "")
    if language != translation.language:
        raise BadCatalogue(f"The file says it is in {language or 'no language'}, not in {translation.language}.")
    return _Sorting(translation).sorted(file)


def _decoded(content: bytes) -> str:
    if len(content) > LARGEST:
        raise BadCatalogue(f"The file is larger than {LARGEST // 1024 // 1024} MB, which no survey is.")
    if (nul := content.find(b"\0")) >= 0:
        line = content.count(b"\n", 0, nul) + 1
        raise BadCatalogue(f"Line {line}: there is a NUL byte. Save the file again.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        raise BadCatalogue(f"Line {line}: this is not UTF-8. Save the file again in UTF-8.") from problem


def _parsed(text: str) -> polib.POFile:
    """The catalogue in a text; a line is put in front, since what could be a file's name would be opened as one."""
    try:
        return polib.pofile("#\n" + text, wrapwidth=100)
    except (OSError, ValueError, IndexError, AttributeError, UnicodeError) as problem:
        found = _LINE.search(str(problem))
        where = f"Line {int(found[1] or found[2]) - 1}: " if found else ""
        raise BadCatalogue(f"{where}this is not a catalogue of translations (.po).") from problem


class _Sorting:
    """Goes through the entries of one catalogue."""

    def __init__(self, translation: Translation) -> None:
        self.translation = translation
        self.said: dict[str, Said] = {}
        self.lines: dict[str, int] = {}
        self.refused: list[Refused] = []
        self.same = self.empty = 0

    def sorted(self, file: polib.POFile) -> Taken:
        """What is taken, and what is not."""
        for entry in file:
            if why := self._why_not(entry):
                self._refuse(entry, why)
            elif not entry.msgstr:
                self.empty += 1
            else:
                self._take(entry)
        for key, why in problems_of(self.translation, self.said).items():
            self.refused.append(Refused(self.lines[key], key, why))
            del self.said[key]
        return Taken(self.said, self.same, self.empty, tuple(sorted(self.refused, key=lambda one: one.line)))

    def _refuse(self, entry: polib.POEntry, why: str) -> None:
        self.refused.append(Refused(max(entry.linenum - 1, 1), (entry.msgctxt or "")[:120], why))

    def _why_not(self, entry: polib.POEntry) -> str:
        if entry.obsolete:
            return "It is marked as no longer used."
        if not entry.msgctxt:
            return "It does not say which text it is (msgctxt). Use the file that was downloaded here."
        if entry.msgctxt in self.lines:
            return "It is there twice; the first is taken."
        if entry.msgstr and entry.fuzzy:
            return "It is marked as fuzzy, so nobody is sure of it yet."
        return ""

    def _take(self, entry: polib.POEntry) -> None:
        key = entry.msgctxt
        text = self.translation.texts.get(key)
        self.lines[key] = max(entry.linenum - 1, 1)
        if text and text.words == entry.msgstr and text.state is not State.CHANGED:
            self.same += 1
            return
        as_of = AS_OF.search(entry.comment or "")
        instead_of = as_of[1] if as_of else ""
        self.said[key] = Said(entry.msgstr, mark(entry.msgid), instead_of, still=True)


def refused_lines(taken: Taken) -> Iterator[str]:
    """One sentence for each text that is not taken."""
    for one in taken.refused:
        yield f"Line {one.line}, {one.key or 'no key'}: {one.why}"
