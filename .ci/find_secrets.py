"""Looks for keys and passwords in what is committed, or about to be.

`make secrets` reads every file; `--changed` only what differs from the last commit, for `make check`. What was looked
at and is no secret stands in not_secrets.json, by its hash and with a reason; line numbers are left out, so that nobody
has to touch it when a line moves.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path

from detect_secrets.core.scan import scan_file
from detect_secrets.settings import default_settings

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".ci" / "not_secrets.json"
# Hashes, sound, and tables of numbers and names that no person writes.
NOT_READ = re.compile(
    r"(?:.*/)?requirements.*\.txt|.*\.(?:po|mp3|png|jpg|svg|ico)|.*_weights(?:_at_work)?\.txt|.*/lists/.*|.*words\.txt"
    r"|\.ci/not_secrets\.json|deploy/previous-release\.json"
)
Secret = tuple[str, str, str]


def files(*, changed: bool) -> list[str]:
    """The files to read, as git names them."""
    asked = ["diff", "--name-only", "--diff-filter=d", "HEAD"] if changed else ["ls-files"]
    names = _git(*asked) + (_git("ls-files", "--others", "--exclude-standard") if changed else [])
    return [name for name in names if not NOT_READ.fullmatch(name) and (ROOT / name).is_file()]


def _git(*asked: str) -> list[str]:
    done = subprocess.run(["git", *asked], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603, S607
    return done.stdout.splitlines()


def secrets_in(names: list[str]) -> dict[Secret, int]:
    """What looks like a secret, and on which line."""
    with default_settings():
        return {(name, found.type, found.secret_hash): found.line_number for name in names for found in scan_file(name)}


def kept() -> dict[Secret, str]:
    """What was looked at, and why it is none."""
    rows = json.loads(KEPT.read_text()) if KEPT.exists() else []
    return {(row["file"], row["type"], row["sha1"]): row["why"] for row in rows}


def keep(found: dict[Secret, int], before: dict[Secret, str], why: str) -> None:
    """Writes down that what was found is no secret."""
    rows = [
        {"file": name, "type": kind, "sha1": digest, "why": before.get((name, kind, digest), why)}
        for name, kind, digest in sorted(found)
    ]
    KEPT.write_text(json.dumps(rows, indent=1) + "\n")


def main() -> int:
    """Runs it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--changed", action="store_true", help="only what differs from the last commit")
    parser.add_argument("--keep", metavar="WHY", help="write down that what is found now is no secret, and why")
    asked = parser.parse_args()
    names, before = files(changed=asked.changed), kept()
    found = secrets_in(names)
    if asked.keep:
        keep(found if not asked.changed else {**dict.fromkeys(before, 0), **found}, before, asked.keep)
        return 0
    new = {secret: line for secret, line in found.items() if secret not in before}
    for (name, kind, _), line in sorted(new.items()):
        print(f"{name}:{line}: this looks like a secret ({kind}).", file=sys.stderr)
    if new:
        print(
            "Take it out, and change it if it was ever real. If it is none: .ci/find_secrets.py --keep WHY",
            file=sys.stderr,
        )
    return 1 if new else 0


if __name__ == "__main__":
    raise SystemExit(main())
