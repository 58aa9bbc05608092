"""The demo, with the phone's files as production serves them: journeys must meet what respondents meet."""

import os

from feedback.config.settings.dev import *  # noqa: F403

DEBUG = False
STATIC_ROOT = os.environ["STATIC_FOLDER"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "feedback.config.static_files.SmallStaticFiles"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# The editor saves by itself while somebody types, which is Wagtail’s. Journeys press *Save draft* faster than anybody
# reads: the two could meet.
WAGTAIL_AUTOSAVE_INTERVAL = 0
