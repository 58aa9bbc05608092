"""What is done so that nothing is lost with a machine, and nothing that was erased comes back."""

from __future__ import annotations

from pathlib import Path

import pyrage
from wagtail.log_actions import log

from feedback.privacy.backups import Manifest, write_backup
from feedback.privacy.erasures import erase_again
from surveys.frame.models import Area


def make_backup(file: Path, keys: list[pyrage.x25519.Recipient], *, by=None) -> Manifest:
    """Writes a backup and says so in the log; `by` is empty, because only the console can."""
    manifest = write_backup(file, keys)
    _log("privacy.backup", {"rows": manifest.rows}, by=by)
    return manifest


def replay_erasures(named: dict[str, set[str]], *, by=None) -> dict[str, int]:
    """Erases again what came back with a backup, and says in the log how much; `by` is empty at the console."""
    erased = erase_again(named)
    _log("privacy.replay_erasures", {"erased": erased}, by=by)
    return erased


def _log(action: str, data: dict, *, by) -> None:
    # Of all areas; it hangs on the first of them only because an entry has to hang on something.
    if (area := Area.objects.first()) is not None:
        log(area, action, user=by, data={"area": "all", **data})
