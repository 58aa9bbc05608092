"""Production only hardens, and does not start on an unsafe combination (see feedback/config/checks.py)."""

from __future__ import annotations

import os

from feedback.config.settings.base import *  # noqa: F403
from feedback.config.settings.base import MIDDLEWARE, database, optional, required, words_keys

DEBUG = False
# Whether this process shows public pages and nothing else; then it is refused a start with a secret that it does not
# need, or with a database role that may read more (see feedback/config/checks_of_public.py).
EARSHOT_PUBLIC_ONLY = os.environ.get("EARSHOT_PUBLIC_ONLY", "") in {"1", "yes"}


def secret(name: str, *, hint: str) -> str:
    """A secret that a process needs, unless it only shows public pages."""
    return optional(name) if EARSHOT_PUBLIC_ONLY else required(name, hint=hint)


SECRET_KEY = required("SECRET_KEY", hint="Set it, or SECRET_KEY_FILE, to at least 50 random characters.")
EARSHOT_PROTECTION_SECRET = secret(
    "EARSHOT_PROTECTION_SECRET", hint="Set it, or EARSHOT_PROTECTION_SECRET_FILE, to 64 random hexadecimal digits."
)
# The newest first; the others still open what waited on a device meanwhile.
EARSHOT_SEALING_SECRETS = secret(
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

if EARSHOT_PUBLIC_ONLY:
    ROOT_URLCONF = "feedback.config.public_urls"
    # Nobody signs in here, so nobody is looked up, and no cookie is read or set.
    OF_STAFF = ("django.contrib.", "django_otp.", "feedback.accounts.", "cms.desk.", "axes.", "django.middleware.csrf.")
    MIDDLEWARE = [one for one in MIDDLEWARE if not one.startswith(OF_STAFF)]
    # That nobody counts wrong passwords, where none is taken.
    SILENCED_SYSTEM_CHECKS = ["axes.W002"]
    if DATABASES["default"]["ENGINE"].endswith("postgresql"):
        DATABASES["default"]["OPTIONS"]["options"] += " -c default_transaction_read_only=on"
    if replica := optional("EARSHOT_REPLICA_URL"):
        # Pages are read from a copy that follows; what says whether the site is ready asks both.
        DATABASES["replica"] = {**database(replica), "TEST": {"MIRROR": "default"}}
        DATABASE_ROUTERS = ["feedback.config.replica.ReadFromReplica"]
