"""Loads a population, releases all of it, and hands everything that was published to the attack program."""

import csv
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

from django.core.management import call_command

from feedback.releases.models import BlockTally, ClosedGroup, Release
from feedback.releases.tabulation import is_in, read_cells
from surveys.frame.models import Area
from tests.factories import asking
from tests.factories.listening import analyst, checker

DIMENSIONS = ("area", "stage", "service", "audience")
NOT_KNOWN = "not known"


def write(file, rows):
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def release_everything(folder: Path, *, codebook: Path, answers: Path, until: str, **options) -> None:
    """Codebook, answers, releases and their files, by the commands an administrator would use."""
    asking.root()
    call_command("import_codebook", codebook, wave="attacked", stdout=StringIO())
    call_command("import_responses", answers, wave="attacked", create_frame=True, stdout=StringIO(), **options)
    analyst(), checker()
    call_command("release", quarter=until, proposed_by="analyst", approved_by="checker", stdout=StringIO())
    for release in Release.objects.published():
        call_command("export_release", release.code, dir=folder / release.code, stdout=StringIO())


def gather(folder: Path, *, quarter: str) -> None:
    """Everything published, under the attack program's names."""
    rows = []
    for release in Release.objects.published().order_by("quarter", "code"):
        with (folder / release.code / "published.csv").open(encoding="utf-8", newline="") as file:
            rows += [_renamed(row, release) for row in csv.DictReader(file)]
    write(folder / "published.csv", rows)


def _renamed(row, release):
    known = {name: row[name] or NOT_KNOWN for name in ("stage", "service", "audience")}
    return {
        "release": release.quarter, "area": row["area"], **known, "period": row["period"], "question": row["question"],
        "option": row["option"], "count_or_blank": row["count"], "base_or_blank": row["base"],
        "percent_or_blank": row["percent"],
    }  # fmt: skip


def unprotect(folder: Path) -> None:
    """The same export with the true counts in place of the protected ones: the attack must succeed on it."""
    codes = {area.code: area.pk for area in Area.objects.all()}
    tallies = {}
    for block in BlockTally.objects.all():
        tallies[block.area_id, block.question, block.quarter] = read_cells(block.tallies)
    with (folder / "published.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["base_or_blank"]:
            areas = codes.values() if row["area"] == "all" else [codes[row["area"]]]
            row["count_or_blank"] = sum(_true(row, tallies, area) for area in areas)
            row["percent_or_blank"] = ""
    write(folder / "published.csv", rows)


def _true(row, tallies, area):
    from feedback.disclosure.blocks import Group, Period

    named = {n: None if row[n] == "all" else row[n].replace(NOT_KNOWN, "") for n in ("stage", "service", "audience")}
    total = 0
    for quarter in Period.parse(row["period"]).quarters():
        for stratum, options in tallies.get((area, row["question"], str(quarter)), {}).items():
            if is_in(stratum, Group(**named)) and row["option"] in options:
                total += options[row["option"]].n
    return total


def attack(program: Path, folder: Path, *options) -> subprocess.CompletedProcess:
    """Runs the attack program: it ends with 0 if nothing was disclosed, 1 if something was."""
    # One thread: on a busy machine several wait for each other far longer than they calculate.
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    return subprocess.run(
        [sys.executable, program, folder, *options],
        capture_output=True,
        text=True,
        timeout=500,  # less than what the run allows a test, so that the program is ended with it
        check=False,
        env=environment,
    )


__all__ = ["ClosedGroup", "attack", "gather", "release_everything", "unprotect", "write"]
