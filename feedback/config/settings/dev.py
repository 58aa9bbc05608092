"""A laptop and the demo: secrets are made on first use and kept in var/."""

from __future__ import annotations

import os
import secrets

from feedback.config.settings.base import *  # noqa: F403
from feedback.config.settings.base import BASE_DIR, LOGGING, database

VAR = BASE_DIR / "var"
VAR.mkdir(exist_ok=True)


def kept_secret(name: str) -> str:
    """A secret of this machine, made once."""
    file = VAR / name
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_hex(32))
    return file.read_text().strip()


DEBUG = True
SECRET_KEY = os.environ.get("SECRET_KEY") or kept_secret("secret-key")
EARSHOT_PROTECTION_SECRET = os.environ.get("EARSHOT_PROTECTION_SECRET") or kept_secret("protection-secret")
EARSHOT_SEALING_SECRETS = [os.environ.get("EARSHOT_SEALING_SECRET") or kept_secret("sealing-secret")]
ALLOWED_HOSTS = ["*"]
MEDIA_ROOT = VAR / "media"
DATABASES = {"default": database(os.environ.get("DATABASE_URL", "sqlite:///var/earshot.sqlite3"))}
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
EARSHOT_SAFEGUARDING_CONTACT = "duty@example.org"
SESSION_COOKIE_AGE = 60 * 60 * 24
LOGGING["handlers"]["lines"] = {
    "class": "logging.FileHandler", "filename": str(VAR / "log.jsonl"), "delay": True, "formatter": "line",
}  # fmt: skip
