"""A backup: database, files and the list of what was erased, in one file that only a key kept elsewhere opens.

The format is that of age (age-encryption.org): the server holds the public half of a key only, so who takes its backups
has nothing, and a backup opens without this software too. Inside is a tar file with `manifest.json` first.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import tarfile
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pyrage
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from feedback.privacy.dumping import CannotDump, Sums, dump
from feedback.privacy.erasures import written_list

VERSION = 1
MANIFEST, DATABASE, ERASURES, MEDIA = "manifest.json", "database", "erasures.jsonl", "media"


class CannotBackUp(Exception):
    """Raised when no backup can be written or opened; the message says why and what to do."""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: rows and a sum per table, every file with its digest, and what the software was like."""

    made_at: str
    engine: str
    tables: Sums
    migrations: dict[str, list[str]]
    media: dict[str, str] = field(default_factory=dict)
    version: int = VERSION

    @property
    def rows(self) -> int:
        """How many rows all tables have together."""
        return sum(count for count, _ in self.tables.values())


def recipients(written: str) -> list[pyrage.x25519.Recipient]:
    """The public keys of those who may open a backup, one a line or with commas between."""
    keys = [key for part in written.split(",") for key in part.split()]
    if not keys:
        raise CannotBackUp(
            "Nobody could open this backup. Make a key with age-keygen on another machine, keep the file there, and "
            "set EARSHOT_BACKUP_RECIPIENTS to the public key that it prints."
        )
    try:
        return [pyrage.x25519.Recipient.from_str(key) for key in keys]
    except pyrage.RecipientError as problem:
        raise CannotBackUp("EARSHOT_BACKUP_RECIPIENTS holds something else than public keys (age1…).") from problem


def identities(file: Path) -> list[pyrage.x25519.Identity]:
    """The private keys in a file as age-keygen writes it."""
    try:
        lines = [line.strip() for line in file.read_text().splitlines()]
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError) as problem:
        raise CannotBackUp(f"{file} holds no private key (AGE-SECRET-KEY-…), or cannot be read.") from problem
    if not found:
        raise CannotBackUp(f"{file} holds no private key (AGE-SECRET-KEY-…).")
    return found


def write_backup(target: Path, keys: list[pyrage.x25519.Recipient]) -> Manifest:
    """Writes the file, whole or not at all; what is not sealed yet lies in a folder that only this account reads."""
    if target.exists():
        raise CannotBackUp(f"{target} is there already. Name another file.")
    if not target.parent.is_dir():
        raise CannotBackUp(f"{target.parent} is no folder. Make it first.")
    with working_folder(target.parent) as folder:
        try:
            tables = dump(folder / DATABASE)
        except CannotDump as problem:
            raise CannotBackUp(str(problem)) from problem
        media = _media()
        manifest = Manifest(timezone.now().isoformat(timespec="minutes"), connection.vendor, tables, _applied(), media)
        (folder / MANIFEST).write_text(json.dumps(asdict(manifest)))
        (folder / ERASURES).write_text("".join(f"{line}\n" for line in written_list()))
        _seal(_members(folder, media), folder / "sealed", keys)
        (folder / "sealed").rename(target)
    _keep_on_disk(target.parent)
    return manifest


@contextmanager
def working_folder(beside: Path) -> Iterator[Path]:
    """A folder that nobody else may look into, gone at the end."""
    folder = Path(tempfile.mkdtemp(prefix=".backup-", dir=beside))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _applied() -> dict[str, list[str]]:
    applied: dict[str, list[str]] = {}
    for app, name in sorted(MigrationLoader(connection).applied_migrations):
        applied.setdefault(app, []).append(name)
    return applied


def _media() -> dict[str, str]:
    """Every file in the folder of uploads, with its digest; a link that leads elsewhere is left out."""
    root = Path(settings.MEDIA_ROOT)
    files = sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    return {path.relative_to(root).as_posix(): digest_of(path) for path in files}


def digest_of(file: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _members(folder: Path, media: Iterable[str]) -> Iterator[tuple[Path, str]]:
    for name in (MANIFEST, ERASURES, DATABASE):
        yield folder / name, name
    for name in media:
        yield Path(settings.MEDIA_ROOT) / name, f"{MEDIA}/{name}"


def _seal(members: Iterable[tuple[Path, str]], target: Path, keys: list[pyrage.x25519.Recipient]) -> None:
    """Packs in one thread what another seals, so that nothing is in memory or twice on the disk."""
    readable, writable = os.pipe()
    trouble: list[BaseException] = []

    def pack() -> None:
        try:
            with (
                os.fdopen(writable, "wb") as out,
                gzip.GzipFile(fileobj=out, mode="wb", compresslevel=3) as smaller,
                tarfile.open(fileobj=smaller, mode="w|") as archive,
            ):
                for file, name in members:
                    archive.add(file, name, recursive=False)
        except Exception as problem:
            trouble.append(problem)

    packing = threading.Thread(target=pack)
    packing.start()
    target.touch(mode=0o600)
    with os.fdopen(readable, "rb") as packed, target.open("wb") as sealed:
        pyrage.encrypt_io(packed, sealed, keys)
        packing.join()
        sealed.flush()
        os.fsync(sealed.fileno())
    if trouble and isinstance(trouble[0], OSError):
        raise CannotBackUp("A file went away or could not be read while it was packed. Run it again.") from trouble[0]
    if trouble:
        raise trouble[0]


def _keep_on_disk(folder: Path) -> None:
    """The name of a new file is safe only once its folder is written."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def open_backup(file: Path, keys: list[pyrage.x25519.Identity], folder: Path) -> Manifest:
    """Unpacks a backup into a folder, and gives back what it says it holds."""
    packed = folder / "packed.tar.gz"
    try:
        with file.open("rb") as sealed, packed.open("wb") as opened:
            pyrage.decrypt_io(sealed, opened, keys)
        with tarfile.open(packed) as archive:
            archive.extractall(folder, filter="data")
        packed.unlink()
        return _read_manifest(folder / MANIFEST)
    except pyrage.DecryptError as problem:
        raise CannotBackUp(f"{file} does not open: it is sealed for another key, or it is damaged.") from problem
    except (OSError, EOFError, tarfile.TarError, ValueError, TypeError) as problem:
        raise CannotBackUp(f"{file} is not whole ({type(problem).__name__}). Take the one before it.") from problem


def _read_manifest(file: Path) -> Manifest:
    read = json.loads(file.read_text())
    if read.get("version") != VERSION:
        raise CannotBackUp("This backup was written by another version of the software. Install that one first.")
    manifest = Manifest(**read)
    if manifest.engine != connection.vendor:
        raise CannotBackUp(f"This backup is of {manifest.engine}. Name such a database in DATABASE_URL.")
    known = MigrationLoader(None).disk_migrations
    if ahead := [app for app, names in manifest.migrations.items() if any((app, n) not in known for n in names)]:
        raise CannotBackUp(f"This backup is newer than the software ({', '.join(ahead)}). Install the newer one first.")
    return manifest
