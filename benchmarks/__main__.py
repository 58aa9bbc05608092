"""`python -m benchmarks [FLOW ...]`: runs the catalogue, prints a table and writes JSON."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import django

from benchmarks.commands import SETTINGS, CommandFailed, manage

os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
django.setup()

from benchmarks.cases import Case, cases, outcome  # noqa: E402 - flows know models
from benchmarks.catalogue import FLOWS, NoSuchFlow, chosen  # noqa: E402
from benchmarks.databases import Databases, NoDatabase, Postgres, Sqlite, postgres_address  # noqa: E402
from benchmarks.flow import Engine, Size  # noqa: E402
from benchmarks.machine import facts  # noqa: E402
from benchmarks.report import table, write  # noqa: E402
from feedback.privacy.programs import at_work  # noqa: E402

RESULTS = Path(__file__).parent / "results"
SIZES = {"small": [Size.SMALL], "large": [Size.LARGE], "both": [Size.SMALL, Size.LARGE], "tiny": [Size.TINY]}


def options(arguments: Sequence[str]) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Runs the benchmark catalogue.")
    parser.add_argument("flows", nargs="*", metavar="FLOW", help=f"{', '.join(FLOWS)}; accept is both; default: all")
    parser.add_argument("--size", choices=SIZES, default="both", help="how much work; default: both small and large")
    parser.add_argument("--on", choices=[engine.name.lower() for engine in Engine], help="one database; default: each")
    parser.add_argument("--repeat", type=int, default=1, metavar="N", help="runs of each case; the table has medians")
    parser.add_argument("--json", type=Path, metavar="FILE", help="default: a new file in benchmarks/results/")
    asked = parser.parse_args(arguments)
    if asked.repeat < 1:
        parser.error("--repeat must be 1 or more.")
    try:
        asked.flows = chosen(asked.flows)
    except NoSuchFlow as problem:
        parser.error(str(problem))
    return asked


@contextmanager
def prepared(folder: Path, wanted: Sequence[Case]) -> Iterator[dict[Engine, Databases]]:
    """The databases that are wanted and can be had, migrated; and the static files, as production has them."""
    engines = {case.engine for case in wanted}
    print("Preparing databases and static files …", file=sys.stderr)
    manage("collectstatic", "-v0", "--noinput", "--ignore", "wagtail*", folder=folder, database="sqlite:///:memory:")
    with ExitStack() as stack:
        found: dict[Engine, Databases] = {}
        if Engine.SQLITE in engines:
            found[Engine.SQLITE] = stack.enter_context(closing(Sqlite(folder)))
        if Engine.POSTGRESQL in engines and (address := postgres_address()):
            found[Engine.POSTGRESQL] = stack.enter_context(closing(Postgres(address, folder)))
        yield found


def run(asked: argparse.Namespace, folder: Path) -> bool:
    """Runs every case that can be run here, and says which cannot; False if one was run and not done."""
    wanted = [case for case in cases(asked.flows, SIZES[asked.size]) if asked.on in {None, case.engine.name.lower()}]
    with prepared(folder, wanted) as databases:
        machine = facts(databases.values())
        outcomes = [outcome(case, databases.get(case.engine), folder, repeat=asked.repeat) for case in wanted]
    print(table(outcomes))
    file = asked.json or RESULTS / f"{time.strftime('%Y-%m-%d-%H%M%S')}.json"
    write(file, machine, outcomes)
    print(f"Written: {file.name}", file=sys.stderr)
    return not any(one.has_failed for one in outcomes)


def main(arguments: Sequence[str]) -> int:
    """0 if all was done, 1 if something was not, 2 for wrong usage."""
    asked = options(arguments)
    with tempfile.TemporaryDirectory(prefix="earshot-benchmark-") as folder:
        try:
            return 0 if run(asked, Path(folder)) else 1
        except (CommandFailed, NoDatabase) as problem:
            print(f"The benchmark stopped: {problem}", file=sys.stderr)
            return 1


if __name__ == "__main__":
    # The log takes no entry of nobody.
    with at_work("benchmarks"):
        sys.exit(main(sys.argv[1:]))
