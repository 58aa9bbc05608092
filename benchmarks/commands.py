"""Other processes of the benchmark: each gets its database and folder by its environment."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = "benchmarks.settings"


class CommandFailed(Exception):
    """Raised when another process ended with an error; it has said why on stderr."""


def python(*arguments: str, folder: Path, database: str) -> str:
    """What a Python process printed."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "DATABASE_URL": database,
        "BENCHMARK_FOLDER": str(folder),
    }
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise CommandFailed(f"{' '.join(arguments[:3])} ended with {done.returncode}.")
    return done.stdout


def manage(*arguments: str, folder: Path, database: str) -> None:
    """Runs a management command with the benchmark's settings."""
    python("manage.py", *arguments, folder=folder, database=database)
