"""A Wagtail site with one form page."""

from __future__ import annotations

import os

from benchmarks.peers.common import (  # noqa: F401
    MIDDLEWARE,
    OF_DJANGO,
    STATIC,
    STORAGES,
    TEMPLATES,
    database,
)

SECRET_KEY = "only for measuring, and never on a site" * 2
ALLOWED_HOSTS = ["*"]
DATABASES = {"default": database(os.environ["DATABASE_URL"])}
INSTALLED_APPS = [
    "benchmarks.peers.wagtail_forms",
    "wagtail.contrib.forms",
    "wagtail.users",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    *OF_DJANGO,
]
ROOT_URLCONF = "benchmarks.peers.wagtail_forms.urls"
STATIC_URL = "/static/"
STATIC_ROOT = STATIC
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
WAGTAIL_SITE_NAME = "Peer"
WAGTAILADMIN_BASE_URL = "http://127.0.0.1"
