"""What a run leaves: a table to read and JSON to compare with."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.cases import Outcome
from benchmarks.catalogue import FLOWS

COLUMNS = ("flow", "size", "database", "work", "result", "time", "memory")


def table(outcomes: Sequence[Outcome]) -> str:
    """The figures as a table that is also Markdown."""
    rows = [_row(outcome) for outcome in outcomes]
    widths = [max(len(row[place]) for row in (COLUMNS, *rows)) for place in range(len(COLUMNS))]
    rule = tuple("-" * width for width in widths)
    return "\n".join(_line(row, widths) for row in (COLUMNS, rule, *rows))


def _row(outcome: Outcome) -> tuple[str, ...]:
    case, flow = outcome.case, FLOWS[outcome.case.flow]()
    named = (case.flow, case.size, case.engine, flow.work(flow.sizes[case.size]))
    if not outcome.repeats:
        why = f"FAILED: {outcome.failed}" if outcome.has_failed else f"skipped: {outcome.skipped}"
        return *named, why, "", ""
    figures = outcome.middle()
    return *named, flow.result(figures), f"{figures['seconds']:.2f} s", f"{figures['peak_mb']:.0f} MB"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
    return f"| {' | '.join(cells)} |"


def write(file: Path, machine: Mapping, outcomes: Sequence[Outcome]) -> None:
    """Writes everything, each repeat by itself."""
    content = {
        "date": time.strftime("%Y-%m-%d"),
        "machine": machine,
        "results": [_as_json(outcome) for outcome in outcomes],
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def _as_json(outcome: Outcome) -> dict:
    named = {**outcome.case.as_json(), "figures": outcome.middle(), "repeats": outcome.repeats}
    reasons = {"skipped": outcome.skipped, "failed": outcome.failed}
    return {**named, **{name: reason for name, reason in reasons.items() if reason}}
