"""The sweep that erases what has been kept long enough, in every room.

A room registers its own sweeps under a hook, because this one may open neither the vault nor the quiet room.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from wagtail import hooks
from wagtail.log_actions import log

from feedback.privacy.actions import erase_ended_sessions, erase_old_sign_ins, forget_account
from feedback.privacy.failures import Failed, note_failure
from feedback.privacy.log import erase_entries
from feedback.privacy.staff import accounts_that_ended
from surveys.frame.models import Area
from surveys.frame.tables import with_progress

HOOK = "register_retention_sweeps"
SWEEP = "privacy.retention_sweep"
# As long as a court may ask who knew what, and did what.
YEARS_OF_LOG = 6
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Swept:
    """What one sweep erased, and how many it had to leave although their time is over."""

    kind: str
    erased: int = 0
    left: int = 0
    why_left: str = ""
    trouble: str = ""


def sweep_all(*, by=None) -> list[Swept]:
    """Every sweep, one after another; one that fails keeps no other from its work. Harmless to run twice."""
    sweeps = [sweep for hook in hooks.get_hooks(HOOK) for sweep in hook()]
    done = [_swept(*sweep, by=by) for sweep in with_progress(sweeps, "Erasing")]
    said = {
        "erased": {one.kind: one.erased for one in done if one.erased},
        "failed": [one.kind for one in done if one.trouble],
    }
    if (area := Area.objects.first()) is not None:
        # Of all areas; it hangs on one only because an entry has to hang on something. Also where nothing was to be
        # erased, so that administrators see that it runs.
        log(area, SWEEP, user=by, data={"area": "all", **said})
    return done


def _swept(kind: str, erase: Callable[..., int], left: Callable[[], int] | None, why: str, *, by) -> Swept:
    try:
        return Swept(kind, erase(by=by), left() if left else 0, why)
    except Exception as problem:
        # Of what failed only the kind: what a database says of a row may hold what stands in it.
        logger.error("The sweep of %s failed (%s).", kind, type(problem).__name__)
        note_failure(Failed.SWEEP)
        return Swept(kind, trouble=type(problem).__name__)


def our_sweeps() -> Iterator[tuple]:
    """The sweeps of this room: what it is called, what erases it, what is left, and why."""
    yield "log entries of more than six years", erase_old_entries, None, ""
    yield "names of accounts that have ended", forget_ended_accounts, None, ""
    yield "sessions that are over", erase_ended_sessions, None, ""
    yield "tries to sign in of more than 90 days ago", erase_old_sign_ins, None, ""


def erase_old_entries(*, by=None) -> int:
    """Erases entries of the log that are older than six years; no person is behind the sweep, so `by` is empty."""
    return erase_entries(before=timezone.now() - timedelta(days=YEARS_OF_LOG * 365), by=by)


def forget_ended_accounts(*, by=None) -> int:
    """Forgets whose accounts those were whose last role ended a year ago; no person is behind the sweep."""
    ended = list(accounts_that_ended(timezone.localdate()))
    for account in ended:
        forget_account(account, by=by)
    return len(ended)
