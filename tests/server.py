"""A real server with the demo, in processes of its own, that can be stopped as a power cut would."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# That of the test settings, so that a test can open what a device sealed for this server.
# Seconds; what takes longer hangs, and says where instead of holding up the whole run.
LONGEST = 500
SEALING_SECRET = bytes(range(32, 64)).hex()
# Those of the test settings as well, so that a test can read what this server stored.
WORDS_KEYS = bytes(range(64, 96)).hex()


def free_port():
    """A port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Site:
    """A server with the demo, and the ways to it."""

    # What the server runs with, and what `collect` makes ready.
    serving = "feedback.config.settings.dev"

    def __init__(self, database, application="feedback.config.wsgi", **environment):
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.application = application
        self.environment = {
            **os.environ, "DJANGO_SETTINGS_MODULE": "feedback.config.settings.dev", "DATABASE_URL": database,
            "EARSHOT_ADDRESS": self.address, "EARSHOT_SEALING_SECRET": SEALING_SECRET,
            "EARSHOT_WORDS_KEYS": WORDS_KEYS, **environment,
        }  # fmt: skip
        self.manage("migrate", "-v0")
        self.printed = self.manage("demo")
        self.server = None

    def collect(self):
        """Makes the files ready that its settings serve."""
        self.manage("collectstatic", "--no-input", "-v0", "--settings", self.serving)

    def manage(self, *arguments):
        """What a management command printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=LONGEST,
        )
        assert done.returncode == 0, f"{' '.join(arguments[:2])} failed: {done.stderr[-2000:]}"
        return done.stdout

    def start(self):
        """Serves, as `make demo` does, until it is stopped or killed."""
        command = [
            sys.executable, "-m", "gunicorn", self.application, "--bind", f"127.0.0.1:{self.port}",
            "--worker-class", "gthread", "--threads", "4", "--no-control-socket", "--log-level", "warning",
        ]  # fmt: skip
        environment = {**self.environment, "DJANGO_SETTINGS_MODULE": self.serving}
        self.server = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
        self.wait()

    def wait(self):
        """Until it answers."""
        for _ in range(600):
            try:
                with urllib.request.urlopen(f"{self.address}/healthz", timeout=1):
                    return
            except (urllib.error.URLError, OSError):
                if self.server.poll() is not None:
                    raise RuntimeError("the server did not start") from None
                time.sleep(0.05)
        raise RuntimeError("the server did not answer")

    def stop(self):
        """As an administrator would."""
        self.server.terminate()
        self.server.wait(LONGEST)

    def kill(self):
        """As a power cut would: nothing is finished, nothing is said."""
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()
