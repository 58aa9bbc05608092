"""What each process keeps of published releases for a minute, so that many readers cost no more than a few."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import TypeVar

from feedback.releases.models import Release

SECONDS = 60
MOST = 96
Made = TypeVar("Made")
_kept: OrderedDict[tuple[int, str, str], tuple[float, object]] = OrderedDict()
_lock = Lock()


def kept(release: Release, part: str, make: Callable[[], Made]) -> Made:
    """A part of what a release tells; made anew each time as long as it is not published.

    Whoever asks has just read whether the release is still published, so nothing of a withdrawn one is shown.
    """
    if release.status != Release.Status.PUBLISHED:
        return make()
    key = (release.pk, release.code, part)
    with _lock:
        until, made = _kept.get(key, (0.0, None))
    if until < monotonic():
        made = make()
        with _lock:
            _kept[key] = (monotonic() + SECONDS, made)
            _kept.move_to_end(key)
            while len(_kept) > MOST:
                _kept.popitem(last=False)
    return made  # type: ignore[return-value]


def forget() -> None:
    """Makes everything anew, for a process whose database was exchanged under it."""
    with _lock:
        _kept.clear()
