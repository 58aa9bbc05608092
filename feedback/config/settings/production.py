"""Production only hardens, and does not start on an unsafe combination (see feedback/config/checks.py)."""

from __future__ import annotations

import os

from feedback.config.settings.base import *  # noqa: F403
from feedback.config.settings.base import database, required, words_keys

DEBUG = False
SECRET_KEY = required("SECRET_KEY", hint="Set it, or SECRET_KEY_FILE, to at least 50 random characters.")
EARSHOT_PROTECTION_SECRET = required(
    "EARSHOT_PROTECTION_SECRET", hint="Set it, or EARSHOT_PROTECTION_SECRET_FILE, to 64 random hexadecimal digits."
)
# The newest first; the others still open what waited on a device meanwhile.
EARSHOT_SEALING_SECRETS = required(
    "EARSHOT_SEALING_SECRET",
    hint="Set it, or EARSHOT_SEALING_SECRET_FILE, to 64 random hexadecimal digits; older ones after it, with commas.",
).split(",")
# The newest first, which seals; all of them open.
EARSHOT_WORDS_KEYS = words_keys(
    required(
        "EARSHOT_WORDS_KEYS",
        hint="Set EARSHOT_WORDS_KEYS_FILE to a file with a line of 64 random hexadecimal digits for each, the newest "
        "first, and keep it apart from the database and its backups.",
    )
)
ALLOWED_HOSTS = required("ALLOWED_HOSTS", hint="Name the hosts this site answers to, with commas between.").split(",")
DATABASES = {"default": database(required("DATABASE_URL", hint="For example postgres://user@host/name."))}
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
OTP_WEBAUTHN_RP_ID = ALLOWED_HOSTS[0]
OTP_WEBAUTHN_ALLOWED_ORIGINS = [f"https://{ALLOWED_HOSTS[0]}"]
WAGTAILADMIN_BASE_URL = os.environ.get("EARSHOT_ADDRESS", f"https://{ALLOWED_HOSTS[0]}")

EARSHOT_BEHIND_PROXY = True
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
# A browser takes it from this host alone, over HTTPS. Wagtail's scripts know the name of the other one.
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_SECURE = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "feedback.config.static_files.SmallStaticFiles"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
