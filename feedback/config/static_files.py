"""Static files as a phone with poor signal should get them."""

from __future__ import annotations

from django.core.files.base import ContentFile, File
from rjsmin import jsmin
from whitenoise.storage import CompressedManifestStaticFilesStorage

PHONE = "answering/"


class SmallStaticFiles(CompressedManifestStaticFilesStorage):
    """Leaves out of the phone's scripts what only their readers need, a quarter of what would be sent."""

    def _save(self, name: str, content: File) -> str:
        # Every way of storing a collected file ends here, under its own name and under the one with its hash. A file
        # may have been read before.
        if name.startswith(PHONE) and name.endswith(".js"):
            content = ContentFile(jsmin(b"".join(content.chunks())))
        return super()._save(name, content)
