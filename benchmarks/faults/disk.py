"""A small disk of its own for a database: it can fill up, and it can lose its power."""

from __future__ import annotations

import errno
import os
import subprocess
from contextlib import suppress
from pathlib import Path

PIECE = 4 * 1024 * 1024
SMALLEST_PIECE = 4 * 1024


def lacks() -> str:
    """What this machine lacks to have such a disk, in words; nothing if it can."""
    if os.geteuid() != 0:
        return "a disk of its own is mounted, which only root may do"
    return "" if Path("/dev/loop-control").exists() else "a disk of its own needs loop devices, and there are none"


class Disk:
    """A file system in a file.

    What was written and not yet synced is in the memory of this machine and not in that file, just as it would not be
    on a disk. So a copy of the file is what a disk holds after a power cut.
    """

    def __init__(self, folder: Path, *, mb: int) -> None:
        self.folder, self.number = folder, 0
        self.place = folder / "disk"
        self.place.mkdir()
        with self._image.open("wb") as image:
            image.truncate(mb * 1024 * 1024)
        # No room is kept back for root, who would otherwise not see that it is full.
        _run("mkfs.ext4", "-q", "-F", "-m", "0", self._image)
        self._mount()

    @property
    def _image(self) -> Path:
        return self.folder / f"disk-{self.number}.img"

    @property
    def _filler(self) -> Path:
        return self.place / "filler"

    def _mount(self) -> None:
        _run("mount", "-o", "loop,noatime", self._image, self.place)

    def sync(self) -> None:
        """What was put here before the work began stays, whatever fails."""
        _run("sync", "--file-system", self.place)

    def fill(self) -> None:
        """Leaves no room at all."""
        with self._filler.open("ab") as filler:
            piece = PIECE
            while piece >= SMALLEST_PIECE:
                try:
                    os.posix_fallocate(filler.fileno(), filler.seek(0, os.SEEK_END), piece)
                except OSError as problem:
                    if problem.errno != errno.ENOSPC:
                        raise
                    piece //= 2

    def empty(self) -> None:
        """Makes room again."""
        self._filler.unlink(missing_ok=True)

    def lose_power(self) -> None:
        """Forgets what was not synced. Whoever writes on it must have been killed before."""
        before = self._image
        self.number += 1
        _run("cp", "--sparse=always", before, self._image)
        # Who was killed may be a moment in going.
        _run("umount", "--lazy", self.place)
        before.unlink()
        self._mount()

    def close(self) -> None:
        """Takes it away."""
        with suppress(subprocess.CalledProcessError):
            _run("umount", "--lazy", self.place)
        self._image.unlink(missing_ok=True)
        self.place.rmdir()


def _run(*command: str | Path) -> None:
    subprocess.run(command, check=True, capture_output=True)
