"""A site with one survey. Needs an environment of its own: see benchmarks/README.md."""

from __future__ import annotations

import os

from benchmarks.peers.common import (  # noqa: F401
    MIDDLEWARE,
    OF_DJANGO,
    STATIC,
    TEMPLATES,
    database,
)

SECRET_KEY = "only for measuring, and never on a site" * 2
ALLOWED_HOSTS = ["*"]
DATABASES = {"default": database(os.environ["DATABASE_URL"])}
INSTALLED_APPS = ["survey", *OF_DJANGO]
# Its style sheets name a file that it does not have, so their names cannot hold what is in them.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
ROOT_URLCONF = "benchmarks.peers.django_survey.urls"
STATIC_URL = "/static/"
STATIC_ROOT = STATIC
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CHOICES_SEPARATOR = ","
USER_DID_NOT_ANSWER = "Left blank"
DEFAULT_SURVEY_PUBLISHING_DURATION = 7
LOGIN_URL = "/accounts/login/"
EXCEL_COMPATIBLE_CSV = False
