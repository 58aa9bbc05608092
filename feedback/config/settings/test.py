"""The tests: fixed secrets and quick passwords."""

from __future__ import annotations

import os
from pathlib import Path

from feedback.config.settings.base import *  # noqa: F403
from feedback.config.settings.base import BASE_DIR, database

DEBUG = False
SECRET_KEY = "only-for-tests"  # noqa: S105
EARSHOT_PROTECTION_SECRET = bytes(range(32)).hex()
EARSHOT_SEALING_SECRETS = [bytes(range(32, 64)).hex()]
EARSHOT_WORDS_KEYS = [bytes(range(64, 96)).hex()]
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
DATABASES = {"default": database(os.environ.get("DATABASE_URL", "sqlite:///var/test.sqlite3"))}
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # Two tests that wait for each other say so, instead of waiting for ever.
    DATABASES["default"]["OPTIONS"]["options"] += " -c lock_timeout=60000"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
EARSHOT_SAFEGUARDING_CONTACT = "duty@example.org"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = Path(os.environ.get("EARSHOT_MEDIA") or BASE_DIR / "var" / "test-media")
WHITENOISE_AUTOREFRESH = True
# Hundreds of tests make pages, and hardly any looks for one; those bring the index up to date themselves.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": False}}
