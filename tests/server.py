"""A real server with the demo, in processes of its own, that can be stopped as a power cut would."""

import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.commands import Commands
from tests.databases import KEPT, ROOT, alone, databases, fill, migrate, migrated, once, selected

# Seconds; what takes longer hangs, and says where instead of holding up the whole run.
LONGEST = 500
# That of the test settings, so that a test can open what a device sealed for this server.
SEALING_SECRET = bytes(range(32, 64)).hex()
# Those of the test settings as well, so that a test can read what this server stored.
WORDS_KEYS = bytes(range(64, 96)).hex()
# And this one, so that a demo that was loaded once can be served from a copy.
PROTECTION_SECRET = bytes(range(32)).hex()
# How the address of a database begins that is a file.
FILE = "sqlite:///"
# As many recovery codes for everybody as there are journeys that sign in.
CODES = """
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from feedback.accounts.models import User
for user in User.objects.all():
    device = StaticDevice.objects.create(user=user, name="Recovery codes")
    StaticToken.objects.bulk_create(StaticToken(device=device, token=StaticToken.random_token()) for _ in range(60))
"""
RECOVERY_CODES = """
SELECT username, token FROM otp_static_statictoken
JOIN otp_static_staticdevice AS device ON device.id = device_id JOIN accounts_user ON accounts_user.id = user_id
"""


def environment(database):
    """What every process of a site with the demo is started with."""
    return {
        **os.environ, "DJANGO_SETTINGS_MODULE": "feedback.config.settings.dev", "DATABASE_URL": database,
        "EARSHOT_PROTECTION_SECRET": PROTECTION_SECRET, "EARSHOT_SEALING_SECRET": SEALING_SECRET,
        "EARSHOT_WORDS_KEYS": WORDS_KEYS,
    }  # fmt: skip


def manage(environment, *arguments):
    """What a management command printed."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=LONGEST,
    )  # fmt: skip
    assert done.returncode == 0, f"{' '.join(arguments[:2])} failed: {done.stderr[-2000:]}"
    return done.stdout


def demo_of_this_code():
    """Changes with every file that a demo is made by or of."""
    said = hashlib.sha256()
    for room in ("surveys", "feedback", "cms", "locale", "requirements.txt", "tests/server.py"):
        for file in sorted([ROOT / room, *(ROOT / room).rglob("*")]):
            if file.is_file() and file.suffix not in {".pyc", ".mo"}:
                said.update(f"{file.relative_to(ROOT)} ".encode() + file.read_bytes())
    return f"demo-{said.hexdigest()[:16]}"


def demo():
    """The name under which the demo is kept: it is one of today."""
    return f"{demo_of_this_code()}-{datetime.now(ZoneInfo('Europe/London')):%Y%m%d}"


def load_demo(database):
    """Makes a demo, as `make demo` does."""
    for old in KEPT.glob("demo-*.sqlite3"):
        if old.stem != demo():  # of other code, or another day
            old.unlink()
    if database.startswith(FILE):
        # What every test begins with took the same half minute. A server makes one database at a time, and waits.
        fill(Path(database.removeprefix(FILE)), once(migrated(), migrate))
    manage(environment(database), "migrate", "-v0")
    manage(environment(database), "demo")
    manage(environment(database), "shell", "-v0", "-c", CODES)


def recovery_codes(database):
    """The recovery codes of everybody, which the demo is kept with."""
    codes = {}
    for user, code in selected(database, RECOVERY_CODES):
        codes.setdefault(user, []).append(code)
    return codes


def static_folder():
    """Where the files are that sites of this code serve."""
    return KEPT / f"static-{demo_of_this_code()}"


def make_ahead():
    """Makes what tests and journeys begin with, while nobody waits for it; who comes before it is there waits."""
    for name, kept, make in (
        ("DATABASE_URL", migrated(), migrate),
        ("JOURNEYS_DATABASE_URL", demo(), load_demo),
    ):
        where = databases(os.environ.get(name, ""), KEPT)
        where.copy(kept, make, f"ahead_{os.getpid()}")
        where.drop(f"ahead_{os.getpid()}")


def free_port():
    """A port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Site:
    """A server over a copy of the demo, and the ways to it."""

    # What the server runs with, and what `collect` makes ready.
    serving = "feedback.config.settings.dev"

    def __init__(self, database, application="feedback.config.wsgi", **more):
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.application = application
        self.environment = {**environment(database), "EARSHOT_ADDRESS": self.address, **more}
        self.server = self.commands = None

    @cached_property
    def printed(self):
        """What is said to whoever loads the demo, with the addresses of this server; it is loaded already."""
        return self.manage("demo")

    def collect(self):
        """Makes the files ready that its settings serve, once for all sites of this code."""
        folder = static_folder()
        with alone("static"):
            if folder.exists():
                return
            for old in KEPT.glob("static-*"):
                shutil.rmtree(old)
            # Half of it has another name.
            making = {**self.environment, "STATIC_FOLDER": str(folder.with_name("static-making"))}
            manage(making, "collectstatic", "--no-input", "-v0", "--settings", self.serving)
            folder.with_name("static-making").rename(folder)

    def manage(self, *arguments):
        """What a management command printed."""
        if self.commands is None:
            self.commands = Commands(self.environment)
        return self.commands.run(*arguments)

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

    def _end_commands(self):
        if self.commands is not None:
            self.commands.end()
            self.commands = None

    def stop(self):
        """As an administrator would."""
        self._end_commands()
        self.server.terminate()
        self.server.wait(LONGEST)

    def kill(self):
        """As a power cut would: nothing is finished, nothing is said."""
        self._end_commands()
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()


if __name__ == "__main__":
    make_ahead()
