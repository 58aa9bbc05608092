"""The words of an XLSForm in our languages, and codes that are ours."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, field, replace

from surveys.instrument.items import RESERVED, Item
from surveys.instrument.wording import LANGUAGES
from surveys.instrument.xlsform import OURS, BadXlsform, Loss, Row, language_of, place_of

LONGEST_CODE = 63
REFERENCE = re.compile(r"\$\{[^}]*\}")
FORMATTED = re.compile(r"\*\*|__|</?\w+[^>]*>|^#{1,6} |\[[^\]]+\]\([^)]+\)", re.MULTILINE)


def code_like(name: str, *, taken: Container[str], otherwise: str) -> str:
    """A code as near to a name as codes can be, and used by nothing else: letters, digits and _, a letter first."""
    plain = re.sub(r"[^A-Za-z0-9_]", "_", name)[:LONGEST_CODE] or otherwise
    if not plain[0].isalpha():
        plain = f"q_{plain}"[:LONGEST_CODE]
    return free(plain, taken)


def free(code: str, taken: Container[str]) -> str:
    """The code, with a number behind it if it is taken or reserved."""
    found, number = code, 2
    while found in taken or found in RESERVED:
        found, number = f"{code[: LONGEST_CODE - 5]}_{number}", number + 1
    return found


@dataclass
class Texts:
    """Reads texts in each language; what is in none of ours is noted where it stands."""

    default_language: str
    losses: list[Loss] = field(repr=False)
    # Whether anything of the form is in English; where nothing is, another language has to stand in its place.
    has_english: bool = False

    def look_for_english(self, rows: Iterable[Row]) -> None:
        """Notes whether any row has an English label."""
        self.has_english = any(self._language(named) == "en" for row in rows for named, _ in row.said("label"))

    def _language(self, named: str) -> str | None:
        if named and named.casefold() != "default":
            return language_of(named)
        return language_of(self.default_language) if self.default_language.casefold() not in {"", "default"} else "en"

    def knows(self, named: str) -> bool:
        """Whether a text in what a form calls its language can be kept."""
        return self._language(named) is not None

    def of(self, row: Row, name: str, *, needed: bool = True) -> dict[str, str]:
        """The texts of a row by language; if they are needed there is an English one, whatever stands in its place."""
        said: dict[str, str] = {}
        # A column that names its language says more than one that does not.
        for named, text in sorted(row.said(name), key=lambda one: not one[0]):
            language = self._language(named)
            if language is None:
                continue
            if language in said and said[language] != text:
                self._lose(row, f"{name} is there twice in {LANGUAGES[language]}; “{text}” is left out")
            said.setdefault(language, text)
        self._look_at(row, name, said)
        return {**said, **self._in_place_of_english(row, name, said)} if needed and not said.get("en") else said

    def _in_place_of_english(self, row: Row, name: str, said: dict[str, str]) -> dict[str, str]:
        any_language = [(named, text) for named, text in row.said(name) if text.strip()]
        if any_language and self.has_english:
            where = place_of(row.sheet, row.number)
            raise BadXlsform(
                f"{where}: {row.get('name')} has a {name} in another language and none in English. Write it."
            )
        if any_language:
            named, text = any_language[0]
            self._lose(row, f"it has no English {name}; the {named or self.default_language} one stands in its place")
            return {"en": text}
        text = row.get("name") or f"row {row.number}"
        self._lose(row, f"it has no {name}; its name stands in its place")
        return {"en": text}

    def _look_at(self, row: Row, name: str, said: dict[str, str]) -> None:
        if name.startswith(OURS):
            return
        if any(REFERENCE.search(text) for text in said.values()):
            self._lose(
                row, f"the {name} repeats an earlier answer (${{…}}), which stands there as signs now; reword it"
            )
        if any(FORMATTED.search(text) for text in said.values()):
            self._lose(row, f"the {name} has signs for bold, headings or links, which are shown as signs; reword it")

    def whole_only(self, item: Item, row: Row) -> Item:
        """The item in the languages in which the question and all its choices are worded."""
        worded = set(item.texts).intersection(*(set(option.labels) for option in item.options))
        for language in sorted(set(item.texts) - worded):
            self._lose(
                row, f"not every choice is worded in {LANGUAGES[language]}, so its {LANGUAGES[language]} is left out"
            )
        return replace(
            item,
            texts={code: text for code, text in item.texts.items() if code in worded},
            hints={code: text for code, text in item.hints.items() if code in worded},
            options=tuple(
                replace(option, labels={code: text for code, text in option.labels.items() if code in worded})
                for option in item.options
            ),
        )

    def _lose(self, row: Row, what: str) -> None:
        name = row.get("name")
        self.losses.append(Loss(row.sheet, row.number, f"{name}: {what}." if name else f"{what}."))
