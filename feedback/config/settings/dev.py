"""A laptop and the demo: secrets are made on first use and kept in var/."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from feedback.config.settings.base import *  # noqa: F403
from feedback.config.settings.base import BASE_DIR, LOGGING, WAGTAILADMIN_BASE_URL, database, words_keys

VAR = BASE_DIR / "var"
VAR.mkdir(exist_ok=True)


def kept_secret(name: str) -> str:
    """A secret of this machine, made once."""
    file, making = VAR / name, VAR / f".{name}.{os.getpid()}.making"
    if not file.exists():
        making.touch(mode=0o600)
        making.write_text(secrets.token_hex(32))
        # Whole or not at all, and the same one for all who start at the same moment.
        with suppress(FileExistsError):
            os.link(making, file)
        making.unlink()
    return file.read_text().strip()


DEBUG = True
SECRET_KEY = os.environ.get("SECRET_KEY") or kept_secret("secret-key")
EARSHOT_PROTECTION_SECRET = os.environ.get("EARSHOT_PROTECTION_SECRET") or kept_secret("protection-secret")
EARSHOT_SEALING_SECRETS = [os.environ.get("EARSHOT_SEALING_SECRET") or kept_secret("sealing-secret")]
EARSHOT_WORDS_KEYS = words_keys(os.environ.get("EARSHOT_WORDS_KEYS") or kept_secret("words-keys"))
ALLOWED_HOSTS = ["*"]
MEDIA_ROOT = Path(os.environ.get("EARSHOT_MEDIA") or VAR / "media")
DATABASES = {"default": database(os.environ.get("DATABASE_URL", "sqlite:///var/earshot.sqlite3"))}
# No passkey can belong to a number, so on a laptop they are for those who open it as localhost.
OTP_WEBAUTHN_ALLOWED_ORIGINS = [WAGTAILADMIN_BASE_URL.replace("127.0.0.1", "localhost")]
# Each letter is a file, so that an invitation can be followed to its end without a mail server.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = os.environ.get("EMAIL_FILE_PATH") or VAR / "mail"
EARSHOT_SAFEGUARDING_CONTACT = "duty@example.org"
SESSION_COOKIE_AGE = 60 * 60 * 24
EARSHOT_IDLE_SECONDS = SESSION_COOKIE_AGE
LOGGING["handlers"]["lines"] = {
    "class": "logging.FileHandler", "filename": str(VAR / "log.jsonl"), "delay": True, "formatter": "line",
}  # fmt: skip
