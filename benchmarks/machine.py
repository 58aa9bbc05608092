"""What figures depend on: the machine and the versions. No name of a host and no path is written down."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Iterable
from importlib.metadata import version

from benchmarks.commands import ROOT
from benchmarks.databases import Databases


def facts(databases: Iterable[Databases]) -> dict:
    """The facts of this run."""
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "system": _system(),
        "load_before": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        **{name: version(name) for name in ("django", "wagtail", "gunicorn")},
        **{str(database.engine): database.version for database in databases},
        "commit": _git("rev-parse", "--short", "HEAD"),
        "is_clean_tree": not _git("status", "--porcelain"),
    }


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, AttributeError):
        return platform.system()


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "not known"
    return done.stdout.strip()
