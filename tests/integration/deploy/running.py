"""The site as an operator runs it: the files of deploy/, production settings, secrets in files, a proxy in front."""

import http.client
import os
import re
import shutil
import signal
import ssl
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.server import LONGEST, ROOT, SEALING_SECRET, WORDS_KEYS, free_port

DEPLOY = ROOT / "deploy"
NAME = "localhost"
SECRETS = {
    "SECRET_KEY": "k" * 30 + "0123456789-abcdefghij-ABCDEFGHIJ",
    "EARSHOT_PROTECTION_SECRET": "0f" * 32,
    "EARSHOT_SEALING_SECRET": SEALING_SECRET,
    "EARSHOT_WORDS_KEYS": WORDS_KEYS,
}
# What must not reach a process by the way of whoever runs the tests.
OURS = ("EARSHOT_", "SECRET_KEY", "DATABASE_URL", "ALLOWED_HOSTS", "EMAIL_")


def environment(folder, **more):
    """What an operator sets, with the secrets in files."""
    kept = folder / "secrets"
    kept.mkdir(exist_ok=True)
    for name, secret in SECRETS.items():
        (kept / name).write_text(secret)
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {
        **inherited,
        **{f"{name}_FILE": str(kept / name) for name in SECRETS},
        "DJANGO_SETTINGS_MODULE": "feedback.config.settings.production",
        "ALLOWED_HOSTS": NAME,
        "EARSHOT_SAFEGUARDING_CONTACT": "duty@example.org",
        "EMAIL_HOST": "mail.example.org",
        "EARSHOT_MEDIA": str(folder / "media"),
        **more,
    }


def manage(environment, *arguments):
    """What a management command printed."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=LONGEST,
    )  # fmt: skip
    assert done.returncode == 0, f"{' '.join(arguments[:2])} failed: {done.stderr[-2000:]}"
    return done.stdout


class Web:
    """Web processes, run with the gunicorn settings of deploy/."""

    def __init__(self, folder, environment):
        self.port = free_port()
        self.log = folder / f"web-{self.port}.log"
        self.environment = {**environment, "EARSHOT_LISTEN": f"127.0.0.1:{self.port}", "EARSHOT_WORKERS": "1"}

    def start(self):
        """Serves until it is stopped."""
        command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "feedback.config.wsgi"]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, start_new_session=True, stdout=log, stderr=log
            )
        wait_for(self._answers, self.process, self.log)

    def _answers(self):
        return asks(self.port, "GET", "/healthz", secure=False, headers={"X-Forwarded-Proto": "https"})[0] == 200

    def stop(self):
        """As an administrator would."""
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(LONGEST)


class Proxy:
    """nginx, run with the files of deploy/: other ports, another certificate, and nothing else changed."""

    def __init__(self, folder, web, public=None):
        self.folder, self.port, self.plain_port = folder, free_port(), free_port()
        for name in ("temporary", "nginx"):
            (folder / name).mkdir()
        self.ports = {"443": self.port, "80": self.plain_port, "8001": web.port, "8002": (public or web).port}
        self._certificate()
        for file in sorted((DEPLOY / "nginx").glob("*.conf")):
            (folder / "nginx" / file.name).write_text(self._moved(file.read_text()))

    def _moved(self, written):
        """The same for this folder."""
        written = re.sub(r"(?<=listen )(\[::\]:)?(443|80)\b", lambda m: f"{m[1] or ''}{self.ports[m[2]]}", written)
        written = re.sub(r"(?<=127\.0\.0\.1:)(8001|8002)\b", lambda m: str(self.ports[m[1]]), written)
        written = written.replace("/etc/earshot/certificate", str(self.folder / "certificate"))
        # A machine of tests need not speak the sixth version of addresses.
        written = re.sub(r"\n *listen \[::\][^\n]*", "", written)
        return written.replace("earshot.example.org", NAME)

    def _certificate(self):
        key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
        today = datetime.now(UTC)
        made = (
            x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
            .serial_number(x509.random_serial_number()).not_valid_before(today - timedelta(days=1))
            .not_valid_after(today + timedelta(days=2)).sign(key, hashes.SHA256())
        )  # fmt: skip
        plain = serialization.NoEncryption()
        pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        (self.folder / "certificate.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
        (self.folder / "certificate-key.pem").write_bytes(pem)

    @property
    def command(self):
        """How nginx is called."""
        return [
            shutil.which("nginx") or "/usr/sbin/nginx", "-e", "stderr", "-p", str(self.folder),
            "-c", str(self.folder / "nginx" / "nginx.conf"),
        ]  # fmt: skip

    def start(self):
        """In front, until it is stopped."""
        user = ["-g", "daemon off; user root;"] if os.geteuid() == 0 else ["-g", "daemon off;"]
        self.errors = self.folder / "errors.log"
        with self.errors.open("w") as errors:
            self.process = subprocess.Popen([*self.command, *user], stderr=errors, start_new_session=True)
        wait_for(self._answers, self.process, self.errors)

    def _answers(self):
        return asks(self.port, "GET", "/healthz")[0] == 200

    def stop(self):
        """As an administrator would."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(LONGEST)

    def wrote(self):
        """Everything that it left on its disk or said."""
        files = [file for file in self.folder.rglob("*") if file.is_file() and file.parent.name != "nginx"]
        return {file: file.read_text() for file in files if file.suffix == ".log"}


def asks(port, method, address, body=None, headers=None, secure=True, source="127.0.0.1"):
    """Status, headers and content of one request."""
    where = {"host": NAME if secure else "127.0.0.1", "port": port, "timeout": 20, "source_address": (source, 0)}
    if secure:
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        connection = http.client.HTTPSConnection(**where, context=trusting)
    else:
        connection = http.client.HTTPConnection(**where)
    try:
        connection.request(method, address, body, {"Host": NAME, **(headers or {})})
        reply = connection.getresponse()
        return reply.status, reply.headers, reply.read().decode(errors="replace")
    finally:
        connection.close()


def wait_for(answers, process, log):
    """Until it answers; what it said if it never does."""
    for _ in range(600):
        try:
            if answers():
                return
        except OSError:
            pass
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError(f"it did not start: {Path(log).read_text()[-2000:]}")
