"""A PostgreSQL of its own, with its usual settings, that can be killed with all its processes."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import psycopg

from benchmarks.server import free_port
from benchmarks.wire import HOST

SECONDS_TO_START = 60
OWNER = "postgres"


class NoCluster(Exception):
    """Raised when it is not there after a minute."""


def programs() -> Path | None:
    """Where the newest PostgreSQL server of this machine has its programs; None if there is none."""
    found = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    return max((one.parent for one in found), key=lambda one: int(one.parent.name), default=None)


class Cluster:
    """One server with one database, on a disk that is given. What is acknowledged is synced, as PostgreSQL does it."""

    def __init__(self, place: Path) -> None:
        self.data, self.port = place / "postgres", free_port()
        self.data.mkdir()
        # Its owner has to pass through the folder of this run.
        place.parent.chmod(0o711)
        place.chmod(0o755)
        self._owner: Mapping[str, str] = {}
        if os.geteuid() == 0:
            _run("chown", OWNER, self.data)
            self._owner = {"user": OWNER, "group": OWNER}
        options = ("-U", "earshot", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        subprocess.run([self._program("initdb"), "-D", self.data, *options], check=True, capture_output=True,
                       cwd="/", extra_groups=[] if self._owner else None, **self._owner)  # fmt: skip
        self.start()
        _run(self._program("createdb"), "-h", HOST, "-p", str(self.port), "-U", "earshot", "earshot")

    @property
    def address(self) -> str:
        """The address of its database."""
        return self.address_at(self.port)

    def address_at(self, port: int) -> str:
        """The same through another port."""
        return f"postgres://earshot@{HOST}:{port}/earshot"

    def _program(self, name: str) -> Path:
        return programs() / name

    def start(self) -> None:
        """Serves until it is stopped or killed; afterwards it can be started again, and recovers."""
        settings = ("-p", str(self.port), "-h", HOST, "-c", "unix_socket_directories=", "-c", "max_wal_size=96MB")
        self.process = subprocess.Popen(
            [self._program("postgres"), "-D", self.data, *settings], stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, cwd="/", extra_groups=[] if self._owner else None, **self._owner,
        )  # fmt: skip
        until = time.monotonic() + SECONDS_TO_START
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > until:
                raise NoCluster("PostgreSQL did not start.")
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            psycopg.connect(f"postgres://earshot@{HOST}:{self.port}/postgres", connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def start_if_down(self) -> None:
        """What a service manager does when it ended by itself, as it does when it cannot write."""
        if self.process.poll() is not None:
            self.start()

    def kill(self) -> None:
        """Ends it and all its processes at once; nothing is finished, nothing is said."""
        pids = [self.process.pid, *self._children()]
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        while any(Path(f"/proc/{pid}").exists() and _is_running(pid) for pid in pids[1:]):
            time.sleep(0.01)

    def _children(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return list(map(int, children.read_text().split())) if children.exists() else []

    def stop(self) -> None:
        """Stops it in order."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait()


def _is_running(pid: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def _run(*command: str | Path) -> None:
    subprocess.run(command, check=True, capture_output=True)
