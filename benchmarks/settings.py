"""The tests' settings, with static files as production serves them and everything kept in a temporary folder.

DEBUG stays off, because it records every query. The durable options of the database stay on.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from feedback.config.settings.test import *  # noqa: F403

FOLDER = Path(os.environ.get("BENCHMARK_FOLDER") or tempfile.gettempdir())
STATIC_ROOT = FOLDER / "static"
MEDIA_ROOT = FOLDER / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "feedback.config.static_files.SmallStaticFiles"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_AUTOREFRESH = False
