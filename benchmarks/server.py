"""A real web server, started as `make demo` starts it, on the database of the flow."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, suppress
from pathlib import Path

from benchmarks.wire import HOST, Line, request

ROOT = Path(__file__).resolve().parents[1]
OPTIONS = ("--worker-class", "gthread", "--threads", "4", "--log-level", "warning", "--no-control-socket")
SECONDS_TO_START = 60
TICKS = os.sysconf("SC_CLK_TCK")


class DidNotStart(Exception):
    """Raised when the server is not there after a minute."""


class Server:
    """Gunicorn with the benchmark's settings and environment."""

    def __init__(
        self,
        application: str = "feedback.config.wsgi",
        *,
        python: Path | str = sys.executable,
        ready: str = "/healthz",
        told: Path | None = None,
        code: Path = ROOT,
        **environment: str,
    ) -> None:
        """Serves the code of a folder; what it says goes to the file `told`, or where ours goes."""
        self.port, self.application, self.python, self.ready = free_port(), application, python, ready
        self.told, self.code = told, code
        self.environment = {**os.environ, **environment}
        self.start()

    def start(self) -> None:
        """Serves until it is stopped or killed; after that it can be started again, on the same port."""
        command = [self.python, "-m", "gunicorn", self.application, "--bind", f"{HOST}:{self.port}", *OPTIONS]
        with ExitStack() as stack:
            told = stack.enter_context(self.told.open("ab")) if self.told else None
            # A group of its own, so that a power cut takes all its processes at once.
            self.process = subprocess.Popen(
                command,
                cwd=self.code,
                env=self.environment,
                stdout=subprocess.DEVNULL,
                stderr=told,
                start_new_session=True,
            )
        try:
            self._wait()
        except DidNotStart:
            self.stop()
            raise

    def _wait(self) -> None:
        until = time.monotonic() + SECONDS_TO_START
        while not self._is_alive():
            if self.process.poll() is not None or time.monotonic() > until:
                raise DidNotStart("The web server did not start.")
            time.sleep(0.05)

    def _is_alive(self) -> bool:
        try:
            return self.get(self.ready).status < 500
        except OSError:
            return False

    def get(self, path: str, **headers: str):
        """Asks for one thing on a connection of its own."""
        line = Line(self.port)
        try:
            return line.ask(request("GET", path, port=self.port, headers=headers))
        finally:
            line.close()

    def cpu_seconds(self) -> float:
        """The processor time its processes have used; 0 where the system does not tell."""
        ticks = (Path(f"/proc/{pid}/stat") for pid in self._processes())
        return sum(sum(map(int, stat.read_text().rpartition(")")[2].split()[11:13])) for stat in ticks) / TICKS

    def peak_mb(self) -> float:
        """The most memory one of its processes has held; 0 where the system does not tell."""
        statuses = (Path(f"/proc/{pid}/status").read_text() for pid in self._processes())
        peaks = (line.split()[1] for status in statuses for line in status.splitlines() if line.startswith("VmHWM"))
        return max(map(int, peaks), default=0) / 1024

    def held_mb(self) -> float:
        """The memory its processes hold now, together; 0 where the system does not tell."""
        return sum(held_mb(pid) for pid in self._processes())

    def _processes(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        if not children.exists():
            return []
        return [self.process.pid, *map(int, children.read_text().split())]

    def stop(self) -> None:
        """Stops it and its workers."""
        self.process.terminate()
        self.process.wait()

    close = stop

    def kill(self) -> None:
        """Ends it as a power cut would: nothing is finished, nothing is said."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def held_mb(pid: int) -> float:
    """The memory that one process holds now; 0 if it is gone."""
    with suppress(OSError):
        status = Path(f"/proc/{pid}/status").read_text()
        return sum(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024
    return 0.0


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as found:
        found.bind((HOST, 0))
        return found.getsockname()[1]
