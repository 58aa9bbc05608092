"""The picture beside an area's name, kept under the hash of what is in it."""

from __future__ import annotations

import hashlib

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from surveys.frame.pictures import clean_picture

FOLDER = "logos"
LONGEST_SIDE = 480
KINDS = {"jpg": "image/jpeg", "png": "image/png"}


def keep_logo(file: File) -> str:
    """Stores a logo and gives its name, `<hash>.<ending>`; ValidationError if it is no picture."""
    clean = clean_picture(file, file.name or "", size=file.size, longest=LONGEST_SIDE)
    content = clean.read()
    name = f"{hashlib.sha256(content).hexdigest()[:32]}.{(clean.name or '').rsplit('.', 1)[-1]}"
    path = f"{FOLDER}/{name}"
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(content))
    return name


def logo_stored(name: str) -> bytes:
    """The content of a logo; FileNotFoundError if there is none of this name."""
    with default_storage.open(f"{FOLDER}/{name}") as file:
        return file.read()


def forget_logo(name: str) -> None:
    """Deletes a logo that no area uses any more."""
    default_storage.delete(f"{FOLDER}/{name}")
