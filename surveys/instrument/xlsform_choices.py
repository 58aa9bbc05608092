"""The lists of choices of an XLSForm."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from surveys.instrument.items import Option
from surveys.instrument.xlsform import CHOICES, OURS, BadXlsform, Loss, Row, audio_of, picture_of, unpacked
from surveys.instrument.xlsform_texts import LONGEST_CODE, Texts, free


@dataclass
class Choices:
    """Reads each list once, when a question first asks for it."""

    rows: tuple[Row, ...]
    texts: Texts
    losses: list[Loss] = field(repr=False)

    def __post_init__(self) -> None:
        self.lists: dict[str, list[Row]] = {}
        for row in self.rows:
            if row.values:
                self.lists.setdefault(row.get("list_name"), []).append(row)
        self.read: dict[str, tuple[dict[str, str], tuple[Option, ...]]] = {}

    def codes(self, name: str) -> Mapping[str, str]:
        """What each choice of a list is called here, by what the form calls it; empty if nothing asked for the list."""
        return self.read[name][0] if name in self.read else {}

    def options(self, name: str, asked_by: Row) -> tuple[Option, ...]:
        """The options of a list; BadXlsform if there is no such list."""
        if name not in self.lists:
            raise BadXlsform(f"Sheet survey, row {asked_by.number}: the list {name!r} is not on the sheet choices.")
        if name not in self.read:
            self.read[name] = self._read(name)
        return self.read[name][1]

    def _read(self, name: str) -> tuple[dict[str, str], tuple[Option, ...]]:
        codes: dict[str, str] = {}
        options = []
        for packed in self.lists[name]:
            row, _ = unpacked(packed)
            called = row.get("name")
            if not called:
                raise BadXlsform(f"Sheet choices, row {row.number}: the choice has no name.")
            if called in codes:
                self.losses.append(Loss(CHOICES, row.number, f"{called} is in {name} twice; this one is left out."))
                continue
            codes[called] = self._code(row, called, set(codes.values()))
            options.append(self._option(row, codes[called]))
        return codes, tuple(options)

    def _code(self, row: Row, called: str, taken: set[str]) -> str:
        code = free(re.sub(r"[^A-Za-z0-9_]", "_", called)[:LONGEST_CODE], taken)
        if code != called:
            self.losses.append(Loss(CHOICES, row.number, f"{called}: its code is {code} here."))
        return code

    def _option(self, row: Row, code: str) -> Option:
        labels = self.texts.of(row, "label")
        excludes = row.get(f"{OURS}excludes_others") == "yes"
        return Option(code, labels, excludes, picture_of(row), audio_of(row))

    def unused(self) -> None:
        """Notes the lists that no question asks for, and looks for what else the rows of the others hold."""
        for name, rows in self.lists.items():
            if name not in self.read:
                called = f"the list {name}" if name else "a choice without a list"
                self.losses.append(
                    Loss(CHOICES, rows[0].number, f"{called} is asked for by nothing that is taken over.")
                )
