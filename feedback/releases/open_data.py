"""The files of a published release: the cells as a table, what the columns mean, and how they were protected."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

from feedback.disclosure.figures import ShownCell
from feedback.disclosure.rules import ProtectionRules
from feedback.disclosure.statement import statement
from feedback.releases.models import Release
from feedback.releases.readings import readings_of
from feedback.releases.released import ShownGroup, chosen_for_others, shown_groups
from feedback.releases.tested import metadata_of_tests, statement_of_tests

COLUMNS = {
    "release": "The release this cell was published in.",
    "area": "The area's code; all for all areas together.",
    "stage": "Step of the child's journey; all for every step, blank where it is not known.",
    "service": "The service's code; all for every service, blank where it is not known.",
    "audience": "Who answered; all for everybody.",
    "period": "The quarters whose answers are in the cell.",
    "question": "The question's code.",
    "option": "The answer's code; did_not_answer and rather_not_say included.",
    "count": "How many gave this answer, moved by a small secret amount; blank if withheld.",
    "base": "How many were asked; blank if withheld.",
    "percent": "Share of those who answered: a whole number, under x, over y, or one of few, about half, most.",
    "low": "Lower end of the likely range, in per cent, because figures are adjusted.",
    "high": "Upper end of the likely range, in per cent, because figures are adjusted.",
    "low_all": "Lower end of the likely range for all children, in per cent.",
    "high_all": "Upper end of the likely range for all children, in per cent.",
    "reason": "Why numbers are blank: too_few, would_reveal_another, too_few_answered or masked.",
}
FILES = ("published.csv", "metadata.json", "statement.txt")
CONTENT_TYPES = {
    "published.csv": "text/csv; charset=utf-8",
    "metadata.json": "application/csvm+json",
    "statement.txt": "text/plain; charset=utf-8",
}


class NoSuchFile(LookupError):
    """Raised for a file that open data does not have."""


def written(release: Release, name: str) -> str:
    """The content of one file of a release."""
    match name:
        case "published.csv":
            return published_csv(release)
        case "metadata.json":
            return json.dumps(metadata(release), indent=2, ensure_ascii=False) + "\n"
        case "statement.txt":
            return statement(ProtectionRules(**release.rules)) + statement_of_tests(release)
        case _:
            raise NoSuchFile(name)


def export(release: Release, directory: Path) -> None:
    """Writes every file of a release, or none: each is complete before it gets its name."""
    contents = {name: written(release, name) for name in FILES}
    directory.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        part = directory / f".{name}.part"
        part.write_text(content, encoding="utf-8", newline="")
        part.replace(directory / name)


def published_csv(release: Release) -> str:
    """One row per published cell, withheld ones with their reason."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    for group in shown_groups(release):
        rows.writerows(_rows(release, group))
    return out.getvalue()


def _rows(release: Release, group: ShownGroup) -> Iterator[list[object]]:
    before = [
        release.code,
        release.area.code if release.area else "all",
        *("all" if part is None else part for part in (group.stage, group.service, group.audience)),
        str(group.period),
        group.question,
    ]
    base = "" if group.base is None else f"{group.base:.0f}"
    for cell in group.cells:
        ranges = ["" if end is None else end for end in (cell.low, cell.high, cell.low_all, cell.high_all)]
        yield [*before, cell.option, _count(cell, group), base, cell.percent, *ranges, cell.reason]


def _count(cell: ShownCell, group: ShownGroup) -> str:
    return "" if cell.count is None or group.base is None else f"{cell.count:.2f}"


def metadata(release: Release) -> dict:
    """What the columns mean, as CSV on the Web metadata."""
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "url": "published.csv",
        "dc:title": f"Service information: {release}",
        "dc:description": (
            "Figures are protected: each is moved by a small secret amount, and small groups are withheld. "
            "They are information to be questioned, not targets, and areas are not to be ranked by them."
        ),
        "dc:license": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        "earshot:is_invented": bool(release.area and release.area.is_fictional),
        "earshot:rules": release.rules,
        "earshot:chosen_for_others": chosen_for_others(release),
        "earshot:interpretations": _interpretations(release),
        **metadata_of_tests(release),
        "tableSchema": {
            "columns": [{"name": name, "titles": name, "dc:description": text} for name, text in COLUMNS.items()]
        },
    }


def _interpretations(release: Release) -> dict[str, dict[str, str]]:
    """What the figures of each question may mean, as somebody wrote it, or that nobody has said so yet."""
    return {
        question: {name: text for name, text in reading.texts.items() if text}
        for question, reading in sorted(readings_of(release).items())
    }
