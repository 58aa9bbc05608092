"""Pictures that people upload: looked at, and drawn anew, so that only what can be seen is kept.

Where a picture was taken, with which phone, what was cut away from it, and whatever else a file may carry behind or
between its pixels, stays out of the store.
"""

from __future__ import annotations

import io
import uuid
import warnings
from pathlib import PurePosixPath
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

# Photographs of phones arrive as HEIC; this lets the library open them.
register_heif_opener()

LARGEST = 10 * 1024 * 1024
# A picture of so many points takes 120 MB while it is open.
MOST_POINTS = 40_000_000
LONGEST_SIDE = 2560
# What is read, and by which endings of a file's name it goes.
# MPO is what a JPEG of two lenses turns out to be once it is open.
READ = {
    "JPEG": {"jpg", "jpeg"},
    "MPO": {"jpg", "jpeg"},
    "PNG": {"png"},
    "GIF": {"gif"},
    "WEBP": {"webp"},
    "AVIF": {"avif"},
    "HEIF": {"heic", "heif"},
}
ENDINGS = sorted({ending for endings in READ.values() for ending in endings})
TOO_LARGE = f"This file is larger than {LARGEST // 1024 // 1024} MB. Make it smaller and put it in again."
NO_PICTURE = "This is no picture we can read. Save it as JPEG or PNG and put it in again."
HAS_ALPHA = {"RGBA", "LA", "PA", "RGBa", "La"}


class CleanPicture(ContentFile):
    """A picture that was drawn anew, under a name of ours."""


def clean_picture(file: IO[bytes], name: str, *, size: int, longest: int = LONGEST_SIDE) -> CleanPicture:
    """The picture in a file, drawn anew; ValidationError, with a sentence for who put it in, if there is none."""
    if size > LARGEST:
        raise ValidationError(TOO_LARGE)
    file.seek(0)
    content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise ValidationError(TOO_LARGE)
    return _drawn_anew(_opened(content, name), longest)


def _opened(content: bytes, name: str) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Its size is looked at below, and a broken note in it is left out anyway.
            picture = Image.open(io.BytesIO(content), formats=[kind for kind in READ if kind != "MPO"])
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as problem:
        raise ValidationError(NO_PICTURE) from problem
    _check_ending(name, picture.format or "")
    if picture.width * picture.height > MOST_POINTS:
        raise ValidationError(
            f"This picture has {picture.width} × {picture.height} points, which is more than we can open. "
            "Make it smaller and put it in again."
        )
    return picture


def _check_ending(name: str, kind: str) -> None:
    ending = PurePosixPath(name).suffix.lstrip(".").lower()
    if ending not in READ[kind]:
        raise ValidationError(
            f"The name of this file ends in .{ending[:8]}, but it is a {kind} picture. Save it again as JPEG or PNG."
        )


def _drawn_anew(picture: Image.Image, longest: int) -> CleanPicture:
    """The first frame, the right way up, at most so long, and nothing else of the file."""
    try:
        picture.seek(0)
        picture = ImageOps.exif_transpose(picture)
        has_alpha = picture.mode in HAS_ALPHA or "transparency" in picture.info
        picture = picture.convert("RGBA" if has_alpha else "RGB")
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError, MemoryError) as problem:
        raise ValidationError(NO_PICTURE) from problem
    picture.thumbnail((longest, longest))
    points = Image.new(picture.mode, picture.size)
    points.paste(picture)  # Into an empty one, which has no notes to bring along.
    kind, ending = ("PNG", "png") if has_alpha else ("JPEG", "jpg")
    out = io.BytesIO()
    points.save(out, kind, **({"optimize": True} if has_alpha else {"quality": 85}))
    return CleanPicture(out.getvalue(), name=f"{uuid.uuid4().hex}.{ending}")
