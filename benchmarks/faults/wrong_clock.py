"""The web server of a machine whose clock is wrong: as far off as a file says, in seconds, which is read each time."""

from __future__ import annotations

import os
import time
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

FILE = Path(os.environ["WRONG_CLOCK"])
_now, _time = timezone.now, time.time


def seconds_off() -> float:
    """How far off the clock is."""
    return float(FILE.read_text())


def _wrong_now() -> datetime:
    return _now() + timedelta(seconds=seconds_off())


def _wrong_time() -> float:
    return _time() + seconds_off()


# Before anything of ours is loaded, which may take these by name.
timezone.now, time.time = _wrong_now, _wrong_time

from feedback.config.wsgi import application  # noqa: E402

__all__ = ["application"]
