"""Asks the registry whether any locked version has a known weakness.

`make audit`. Fails for a known weakness. A registry that does not answer, or does not know a package, fails nothing and
hides nothing: what was not audited is said loudly, by number and name, because silence would read like safety. With
`--strict` that fails too, for whoever releases. See decision 71.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKED = ("requirements.txt", "requirements-dev.txt")
LONGEST_SECONDS = 300
# Weaknesses that somebody has looked at and that cannot be put right by an update: id, and why we stay.
ACCEPTED: dict[str, str] = {}


@dataclass
class Found:
    """What is known of the locked packages."""

    weak: list[str] = field(default_factory=list)
    unaudited: list[str] = field(default_factory=list)
    audited: int = 0

    def read(self, report: str) -> None:
        """Adds what a report of pip-audit says."""
        for one in json.loads(report)["dependencies"]:
            if "skip_reason" in one:
                self.unaudited.append(one["name"])
                continue
            self.audited += 1
            for weakness in one["vulns"]:
                if weakness["id"] not in ACCEPTED:
                    better = ", ".join(weakness["fix_versions"]) or "none yet"
                    self.weak.append(f"{one['name']} {one['version']}: {weakness['id']} (put right in: {better})")


def locked_in(file: Path) -> list[str]:
    """The names in a locked file."""
    return [line.partition("==")[0] for line in file.read_text().splitlines() if line[:1].isalnum() and "==" in line]


def ask(file: Path) -> str:
    """What pip-audit says of a locked file; empty where it could say nothing."""
    asked = ["pip-audit", "--requirement", str(file), "--require-hashes", "--disable-pip"]
    asked += ["--format", "json", "--progress-spinner", "off"]
    program = Path(sys.executable).with_name(asked[0])
    try:
        done = subprocess.run(  # noqa: S603
            [str(program), *asked[1:]], capture_output=True, text=True, check=False, timeout=LONGEST_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout if done.stdout.startswith("{") else ""


def audit(files: list[Path]) -> Found:
    """Asks about every file."""
    found = Found()
    for file in files:
        report = ask(file)
        if report:
            found.read(report)
        else:
            found.unaudited += locked_in(file)
    return found


def report(found: Found, *, strict: bool) -> int:
    """Says what is known, and with which status to end."""
    for line in found.weak:
        print(f"WEAK: {line}", file=sys.stderr)
    if found.unaudited:
        names = ", ".join(sorted(set(found.unaudited)))
        print(
            f"NOT AUDITED: {len(set(found.unaudited))} of the locked packages, because the registry did not answer or "
            f"does not know them here. Run `make audit` where it does, before a release. {names}",
            file=sys.stderr,
        )
    print(f"{found.audited} packages audited, {len(found.weak)} known weaknesses.")
    return 1 if found.weak or (strict and found.unaudited) else 0


def main() -> int:
    """Runs it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strict", action="store_true", help="fail also for what could not be audited")
    return report(audit([ROOT / name for name in LOCKED]), strict=parser.parse_args().strict)


if __name__ == "__main__":
    raise SystemExit(main())
