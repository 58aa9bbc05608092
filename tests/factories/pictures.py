"""Pictures as phones and attackers make them."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

LEEDS = {1: "N", 2: (53.0, 47.0, 59.0), 3: "W", 4: (1.0, 32.0, 57.0)}
ORIENTATION, GPS, MAKER = 0x0112, 0x8825, 0x010F


def picture(kind="JPEG", size=(40, 20), mode="RGB", **options):
    """The bytes of a picture whose left half is red."""
    image = Image.new(mode, size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def photograph(kind="JPEG", orientation=6):
    """A photograph that says where it was taken, with what, and how the phone was held."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = orientation, "Secretphone"
    exif.get_ifd(GPS).update(LEEDS)
    return picture(kind, exif=exif.tobytes())


def upload(content, name="picture.jpg", kind="image/jpeg"):
    """A file as a form sends it."""
    return SimpleUploadedFile(name, content, kind)
