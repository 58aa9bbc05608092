"""Going back to a backup, for real or to see whether one could: compared row for row, and without what was erased."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyrage
from django.conf import settings
from django.db import connection

from feedback.privacy.backups import (
    DATABASE,
    ERASURES,
    MEDIA,
    CannotBackUp,
    Manifest,
    digest_of,
    open_backup,
    working_folder,
)
from feedback.privacy.dumping import CannotDump, address_of, differences, empty_database, load, sums_of
from feedback.privacy.erasures import BadList, read_list

Say = Callable[[str], None]
# Migrating proves that this software can use it; then every sealed word is opened; then what was erased goes again.
STEPS = (("migrate", "--verbosity=0"), ("prove_words",))


def check_backup(file: Path, keys: list[pyrage.x25519.Identity], *, erasures: Path | None, say: Say) -> None:
    """Restores a backup into a database of its own, compares and uses it, and throws it away."""
    with working_folder(file.parent) as folder:
        manifest = _opened(file, keys, folder, say)
        named = _list_of(erasures, folder)
        try:
            with empty_database(folder) as name:
                _put_back(folder, name, manifest, say)
                _use(name, named, say)
        except CannotDump as problem:
            raise CannotBackUp(str(problem)) from problem


def restore(file: Path, keys: list[pyrage.x25519.Identity], *, erasures: Path, say: Say) -> None:
    """Restores a backup into the database and the folder that the settings name, both of which must be empty."""
    _check_is_empty()
    media = Path(settings.MEDIA_ROOT)
    with working_folder(file.parent) as folder:
        manifest = _opened(file, keys, folder, say)
        named = _list_of(erasures, folder)
        name = str(connection.settings_dict["NAME"])
        connection.close()
        try:
            _put_back(folder, name, manifest, say)
        except CannotDump as problem:
            raise CannotBackUp(str(problem)) from problem
        (folder / MEDIA).mkdir(exist_ok=True)
        shutil.copytree(folder / MEDIA, media, dirs_exist_ok=True)
        _use(name, named, say)
        _manage(name, "retention_sweep", say=say)


def _check_is_empty() -> None:
    if connection.introspection.table_names():
        raise CannotBackUp("The database holds tables already. Nothing is ever put over one: name an empty one.")
    media = Path(settings.MEDIA_ROOT)
    if media.is_dir() and any(media.iterdir()):
        raise CannotBackUp(f"{media} holds files already. Nothing is ever put over them: name an empty folder.")


def _opened(file: Path, keys: list[pyrage.x25519.Identity], folder: Path, say: Say) -> Manifest:
    manifest = open_backup(file, keys, folder)
    wrong = [
        name
        for name, digest in manifest.media.items()
        if not (folder / MEDIA / name).is_file() or digest_of(folder / MEDIA / name) != digest
    ]
    if wrong:
        raise CannotBackUp(f"{len(wrong)} of its files are not what they were. Take the backup before it.")
    say(f"It opens. It was made at {manifest.made_at}, with {manifest.rows} rows and {len(manifest.media)} files.")
    return manifest


def _list_of(erasures: Path | None, folder: Path) -> Path:
    """The list that is named, or the one of the backup itself; read now, so that a bad one stops all that follows."""
    named = erasures or folder / ERASURES
    try:
        with named.open(encoding="utf-8") as lines:
            read_list(lines)
    except (OSError, UnicodeDecodeError, BadList) as problem:
        raise CannotBackUp(str(problem)) from problem
    return named.absolute()


def _put_back(folder: Path, name: str, manifest: Manifest, say: Say) -> None:
    load(folder / DATABASE, name)
    if found := differences(manifest.tables, sums_of(name)):
        raise CannotBackUp("Not the same row for row. " + " ".join(found[:10]))
    say(f"Every row of {len(manifest.tables)} tables is the same.")


def _use(name: str, erasures: Path, say: Say) -> None:
    for step in STEPS:
        _manage(name, *step, say=say)
    _manage(name, "replay_erasures", str(erasures), say=say)


def _manage(name: str, *arguments: str, say: Say) -> None:
    """Runs a command of ours on that database, in a process that knows of no other."""
    done = subprocess.run(  # noqa: S603 - our own commands
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env={**os.environ, **address_of(name)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["no reason"])[-1][:500]
        raise CannotBackUp(f"{arguments[0]} failed on what was restored: {said}")
    for line in done.stdout.strip().splitlines()[-3:] if arguments[0] != "migrate" else ():
        say(line)
