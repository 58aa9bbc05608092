"""What stores answers: a disk, a database, the line to it, a web server and a sweeper, each of which fails."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from django.db import connection

from benchmarks.commands import manage
from benchmarks.faults.cluster import Cluster
from benchmarks.faults.disk import Disk
from benchmarks.flow import Engine
from benchmarks.relay import Relay
from benchmarks.server import ROOT, Server
from feedback.config.settings.base import database

SWEEP_EVERY = "1"


class Site:
    """A web server and a sweeper on a database of their own; the database of the flow is copied into it."""

    def __init__(self, folder: Path, *, mb: int) -> None:
        self.folder = folder
        self.disk = Disk(folder, mb=mb)
        self.engine = Engine.SQLITE if connection.vendor == "sqlite" else Engine.POSTGRESQL
        self.cluster: Cluster | None = None
        self.relay: Relay | None = None
        self.server: Server | None = None
        self.sweeper: subprocess.Popen | None = None
        try:
            self._start()
        except BaseException:
            # Nobody else knows of the disk yet, and it would stay mounted.
            self.close()
            raise

    def _start(self) -> None:
        self.address = self._moved()
        self.disk.sync()
        self._clock = self.folder / "clock"
        self.set_clock(0)
        wrong_clock = {"application": "benchmarks.faults.wrong_clock", "WRONG_CLOCK": str(self._clock)}
        self.server = Server(told=self.folder / "web.txt", DATABASE_URL=self._address_of_web(), **wrong_clock)
        self.start_sweeper()

    def _moved(self) -> str:
        """Puts the database of the flow on the disk, and gives the address it has from now on."""
        if self.engine is Engine.SQLITE:
            before = connection.settings_dict["NAME"]
            connection.close()
            file = self.disk.place / "earshot.sqlite3"
            shutil.copy(before, file)
            return f"sqlite:///{file}"
        self.cluster = Cluster(self.disk.place)
        dump = subprocess.run(["pg_dump", "--no-owner", os.environ["DATABASE_URL"]], check=True, capture_output=True)
        subprocess.run(["psql", "-q", self.cluster.address], input=dump.stdout, check=True, capture_output=True)
        self.relay = Relay(self.cluster.port)
        return self.cluster.address

    def _address_of_web(self) -> str:
        return self.cluster.address_at(self.relay.port) if self.cluster and self.relay else self.address

    def set_clock(self, seconds_off: float) -> None:
        """Sets the clock of the web server so far off; at once, for whoever reads it sees all or nothing."""
        written = self._clock.with_suffix(".new")
        written.write_text(f"{seconds_off}\n")
        written.rename(self._clock)

    def start_sweeper(self) -> None:
        """Screens what arrives, as it does in production beside the web server."""
        command = [sys.executable, "manage.py", "screen_waiting", "--watch", SWEEP_EVERY]
        with (self.folder / "sweeper.txt").open("ab") as told:
            self.sweeper = subprocess.Popen(
                command, cwd=ROOT, env={**os.environ, "DATABASE_URL": self._address_of_web()}, stdout=told, stderr=told,
                start_new_session=True,
            )  # fmt: skip

    def kill_sweeper(self) -> None:
        """Ends it in the middle of whatever it does."""
        with suppress(ProcessLookupError):
            os.killpg(self.sweeper.pid, signal.SIGKILL)
        self.sweeper.wait()

    def start_what_is_down(self) -> None:
        """What a service manager does: whatever ended by itself is started again."""
        if self.cluster:
            self.cluster.start_if_down()
        if self.sweeper.poll() is not None:
            self.start_sweeper()

    def sweep_to_the_end(self) -> None:
        """Ends the sweeper, and does what it had not come to."""
        self.kill_sweeper()
        manage("screen_waiting", folder=self.folder, database=self.address)

    def stop_and_look(self) -> None:
        """Stops the web server, and lets this process see what is stored."""
        self.server.stop()
        connection.close()
        connection.settings_dict.update(database(self.address))

    def close(self) -> None:
        """Stops everything and takes the disk away."""
        if self.server:
            self.server.kill()
        if self.sweeper:
            self.kill_sweeper()
        connection.close()
        if self.relay:
            self.relay.close()
        if self.cluster:
            self.cluster.stop()
        self.disk.close()
