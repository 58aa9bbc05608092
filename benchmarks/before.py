"""The release before this one, unpacked beside it, as it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.commands import SETTINGS, CommandFailed
from benchmarks.server import ROOT, Server

RELEASE = json.loads((ROOT / "deploy" / "previous-release.json").read_text())


def lacks() -> str:
    """What is missing to have it, in words; nothing if it can be unpacked."""
    command = ["git", "cat-file", "-e", RELEASE["commit"]]
    there = subprocess.run(command, cwd=ROOT, check=False, capture_output=True).returncode == 0
    return "" if there else "the commit of the release before is not in this clone"


class Before:
    """Its code, with the settings of the benchmark, on a database that is given."""

    def __init__(self, folder: Path, database: str) -> None:
        self.code = folder / "before"
        self.code.mkdir()
        self.environment = {
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "DATABASE_URL": database,
            "BENCHMARK_FOLDER": str(folder / "of-before"),
        }
        archive = subprocess.run(["git", "archive", RELEASE["commit"]], cwd=ROOT, check=True, capture_output=True)
        subprocess.run(["tar", "-x", "-C", self.code], input=archive.stdout, check=True)
        self.manage("collectstatic", "-v0", "--noinput", "-i", "wagtail*")

    def manage(self, *arguments: str) -> str:
        """What a management command of it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=self.code, env={**os.environ, **self.environment},
            stdout=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise CommandFailed(f"{arguments[0]} of the release before ended with {done.returncode}.")
        return done.stdout

    def serve(self) -> Server:
        """Its web server."""
        return Server(code=self.code, **self.environment)
