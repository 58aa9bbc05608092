"""The promises of an area as a file, in the words for everybody."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from feedback.promises.models import Promise
from feedback.promises.reading import PromiseInformation, promises_of
from surveys.frame.models import Area

COLUMNS = {
    "area": "The area's code.",
    "number": "The number of the promise, by which its place on the page is named.",
    "theme": "What it is about, as a theme of the question bank.",
    "audiences": "Whom it is about, with spaces between.",
    "status": "made, kept, cannot or taken_back.",
    "you_said": "What was said, in the area's words; blank where it was taken back.",
    "we_will": "What was promised; blank where it was said at once that it cannot be done.",
    "made_on": "The day on which it was made.",
    "due_on": "The day by which it should be kept.",
    "days_late": "For how many days it should have been kept, when the file was written.",
    "ended_on": "The day on which somebody said what came of it.",
    "because": "What was done, or why not.",
    "owner": "Who answers for it, as they agreed to be shown.",
    "doubted_on": "Since when the care council does not think that it is kept.",
    "release": "The published release it answers.",
    "question": "The question of that release.",
    "findings": "The addresses of the published findings that it answers, with spaces between.",
}


def promises_csv(area: Area, findings: Mapping[int, Sequence[str]] | None = None) -> str:
    """One row per promise; `findings` are the addresses of what each answers, by its number."""
    findings = findings or {}
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    for one in promises_of(area):
        answers = " ".join(findings.get(one.number, ()))
        rows.writerow(_inert(value) for value in [*_row(area, one), answers])
    return out.getvalue()


def _row(area: Area, one: PromiseInformation) -> list[object]:
    ended = one.ended
    is_dated = one.due_on is not None and one.status != Promise.Status.CANNOT
    return [
        area.code, one.number, one.theme, " ".join(one.audiences), one.status, one.you_said.text, one.we_will.text,
        one.made_on, one.due_on if is_dated else "", one.days_late, ended.on if ended else "",
        ended.told.text if ended else "", one.owner, one.doubted_on or "", one.release, one.question,
    ]  # fmt: skip


def _inert(value: object) -> object:
    """A text that no table program takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
