"""The process of those who answer, as a flow starts and stops it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from benchmarks.flow import check
from benchmarks.server import ROOT


class Feeding:
    """The process that feeds, from its start until it is told to stop."""

    def __init__(self, told: Mapping[str, object], folder: Path) -> None:
        file = folder / f"feed-{told['first']}.json"
        file.write_text(json.dumps(told))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.feeding", file], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True,
        )  # fmt: skip

    def stop(self) -> dict:
        """What came of it, once all that was begun is acknowledged."""
        told, _ = self.process.communicate()
        check(self.process.returncode == 0, "Those who answer stopped by themselves.")
        return json.loads(told)

    def kill(self) -> None:
        """Ends it, whatever it does."""
        self.process.kill()
        self.process.wait()
