"""The files of a published release: the same cells as a table and as JSON, what they mean, how they were protected."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from feedback.disclosure.figures import ShownCell
from feedback.disclosure.rules import ProtectionRules
from feedback.disclosure.statement import statement
from feedback.releases.csvw import COLUMNS, LICENCE, table_of
from feedback.releases.models import Release
from feedback.releases.rates_data import COLUMNS as RATE_COLUMNS
from feedback.releases.rates_data import NAME, rate_rows, rates_as_json, rates_metadata
from feedback.releases.readings import readings_of
from feedback.releases.released import ShownGroup, chosen_for_others, shown_groups
from feedback.releases.tested import metadata_of_tests, statement_of_tests

ALL = "all"
AT_ONCE = 100  # groups that are written in one piece
DESCRIPTION = (
    "Figures are protected: each is moved by a small secret amount, and small groups are withheld. "
    "They are information to be questioned, not targets, and areas are not to be ranked by them."
)
CONTENT_TYPES = {
    "published.csv": "text/csv; charset=utf-8; header=present",
    "published.json": "application/json",
    "metadata.json": "application/csvm+json",
    NAME: "text/csv; charset=utf-8; header=present",
    # Where a program looks that has the table and nothing else.
    f"{NAME}-metadata.json": "application/csvm+json",
    "statement.txt": "text/plain; charset=utf-8",
}
FILES = tuple(CONTENT_TYPES)


class NoSuchFile(LookupError):
    """Raised for a file that open data does not have."""


def parts_of(release: Release, name: str) -> Iterator[str]:
    """The content of one file of a release, piece by piece, so that it is never held as a whole."""
    match name:
        case "published.csv":
            return csv_of(release)
        case "published.json":
            return json_of(release)
        case "metadata.json":
            return iter([_written_json(metadata(release))])
        case "response-rates.csv":
            return iter([_lines([list(RATE_COLUMNS), *rate_rows(release, _area(release))])])
        case "response-rates.csv-metadata.json":
            return iter([_written_json(rates_metadata(release))])
        case "statement.txt":
            return iter([statement(ProtectionRules(**release.rules)) + statement_of_tests(release)])
        case _:
            raise NoSuchFile(name)


def _written_json(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def written(release: Release, name: str) -> str:
    """The content of one file of a release, in one piece."""
    return "".join(parts_of(release, name))


def export(release: Release, directory: Path) -> None:
    """Writes every file of a release, or none: all are complete before the first gets its name."""
    directory.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        with (directory / f".{name}.part").open("w", encoding="utf-8", newline="") as part:
            part.writelines(parts_of(release, name))
    for name in FILES:
        (directory / f".{name}.part").replace(directory / name)


def csv_of(release: Release) -> Iterator[str]:
    """One row per published cell, withheld ones with their reason."""
    yield _lines([list(COLUMNS)])
    groups = iter(shown_groups(release))
    while some := list(islice(groups, AT_ONCE)):
        yield _lines([row for group in some for row in _rows(release, group)])


def published_csv(release: Release) -> str:
    """The table in one piece."""
    return written(release, "published.csv")


def _lines(rows: list[list[object]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _rows(release: Release, group: ShownGroup) -> list[list[object]]:
    where = _where(group)
    before = [
        release.code, _area(release), where["stage"], where["service"], where["audience"], str(group.period),
        group.question,
    ]  # fmt: skip
    base = "" if group.base is None else f"{group.base:.0f}"
    return [
        [*before, cell.option, _written_count(cell, group), base, cell.percent, cell.low, cell.high, cell.low_all,
         cell.high_all, cell.reason]
        for cell in group.cells
    ]  # fmt: skip


def _area(release: Release) -> str:
    return release.area.code if release.area else ALL


def _where(group: ShownGroup) -> dict[str, str]:
    parts = {"stage": group.stage, "service": group.service, "audience": group.audience}
    return {name: ALL if part is None else part for name, part in parts.items()}


def _written_count(cell: ShownCell, group: ShownGroup) -> str:
    return "" if cell.count is None or group.base is None else f"{cell.count:.2f}"


def json_of(release: Release) -> Iterator[str]:
    """The same cells as JSON, a line for each group, after what is to be known about them."""
    head = {
        "release": release.code,
        "area": _area(release),
        "period": release.quarter,
        "description": DESCRIPTION,
        "license": LICENCE,
        "response_rates": rates_as_json(release),
        **about(release),
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "groups": ['
    written = json.JSONEncoder(ensure_ascii=False).encode
    for number, group in enumerate(shown_groups(release)):
        yield ("\n" if number == 0 else ",\n") + written(_as_json(group))
    yield "\n]}\n"


def _as_json(group: ShownGroup) -> dict[str, Any]:
    return {
        "question": group.question,
        "period": str(group.period),
        **_where(group),
        "base": None if group.base is None else int(f"{group.base:.0f}"),
        "cells": [_cell(cell, group) for cell in group.cells],
    }


def _cell(cell: ShownCell, group: ShownGroup) -> dict[str, Any]:
    count = _written_count(cell, group)
    return {
        "option": cell.option,
        "count": float(count) if count else None,
        "percent": cell.percent or None,
        "low": cell.low,
        "high": cell.high,
        "low_all": cell.low_all,
        "high_all": cell.high_all,
        "reason": cell.reason or None,
    }


def about(release: Release) -> dict[str, Any]:
    """What is to be known about the figures: are they invented, by which rules, what they may mean, who tested them."""
    return {
        "is_invented": bool(release.area and release.area.is_fictional),
        "rules": release.rules,
        "chosen_for_others": chosen_for_others(release),
        "interpretations": _interpretations(release),
        **metadata_of_tests(release),
    }


def metadata(release: Release) -> dict[str, Any]:
    """What the columns mean, as CSV on the Web metadata."""
    return table_of(f"Service information: {release}", description=DESCRIPTION, about=about(release))


def _interpretations(release: Release) -> dict[str, dict[str, str]]:
    """What the figures of each question may mean, as somebody wrote it, or that nobody has said so yet."""
    return {
        question: {name: text for name, text in reading.texts.items() if text}
        for question, reading in sorted(readings_of(release).items())
    }
