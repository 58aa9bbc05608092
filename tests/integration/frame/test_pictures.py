"""Whatever is put in as a picture, only what can be seen is kept."""

import io
import re

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from surveys.frame.pictures import LARGEST, clean_picture
from tests.factories.pictures import photograph, picture, upload

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
SCRIPT = b"alert(document.cookie)//"


def cleaned(content, name="picture.jpg"):
    file = upload(content, name)
    return clean_picture(file, name, size=file.size)


def refused(content, name="picture.jpg"):
    with pytest.raises(ValidationError) as problem:
        cleaned(content, name)
    return problem.value.messages[0]


@pytest.mark.parametrize("name", ["logo.svg", "logo.png", "logo.jpg", "logo.svg.png"])
def test_svg_is_refused_under_any_name(name):
    assert "no picture we can read" in refused(SVG, name)


def test_where_a_photograph_was_taken_is_not_kept_and_it_stands_upright():
    kept = cleaned(photograph(orientation=6)).read()
    image = Image.open(io.BytesIO(kept))
    assert not dict(image.getexif())
    assert b"Exif" not in kept
    assert b"Secretphone" not in kept
    assert image.size == (20, 40)
    # The phone was held sideways: what was left is on top.
    red, _, blue = image.getpixel((10, 5))
    assert red > 200 > 60 > blue


@pytest.mark.parametrize(
    ("kind", "name"), [("WEBP", "a.webp"), ("AVIF", "a.avif"), ("HEIF", "a.heic"), ("GIF", "a.gif"), ("PNG", "a.png")]
)
def test_other_kinds_are_drawn_anew_too(kind, name):
    kept = cleaned(picture(kind), name)
    assert Image.open(io.BytesIO(kept.read())).format in {"JPEG", "PNG"}


def test_a_photograph_of_a_new_phone_says_no_more_than_an_old_one():
    kept = cleaned(photograph("HEIF", orientation=1), "IMG_0001.HEIC").read()
    assert not dict(Image.open(io.BytesIO(kept)).getexif())
    assert b"Secretphone" not in kept


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (picture("GIF", comment=b"*/=1;" + SCRIPT), "a.gif"),
        (picture("JPEG", comment=SCRIPT), "a.jpg"),
        (picture("JPEG") + b"<html><script>" + SCRIPT + b"</script></html>", "a.jpg"),
        (picture("PNG") + b"PK\x03\x04" + SCRIPT, "a.png"),
    ],
    ids=["gif and script", "note in a jpeg", "jpeg and page", "png and zip"],
)
def test_of_a_file_that_is_two_things_only_the_picture_is_kept(content, name):
    assert SCRIPT in content
    kept = cleaned(content, name).read()
    assert SCRIPT not in kept
    assert b"PK\x03\x04" not in kept


def test_clear_parts_stay_clear():
    kept = Image.open(io.BytesIO(cleaned(picture("PNG", mode="RGBA"), "a.png").read()))
    assert (kept.format, kept.mode) == ("PNG", "RGBA")


@pytest.mark.parametrize(("kind", "name"), [("PNG", "a.jpg"), ("JPEG", "a.png"), ("JPEG", "a"), ("GIF", "a.html")])
def test_a_wrong_ending_is_refused(kind, name):
    assert f"it is a {kind} picture" in refused(picture(kind), name)


def test_a_picture_that_would_fill_the_memory_is_not_opened():
    bomb = picture("PNG", size=(8_000, 8_000), mode="1")
    assert len(bomb) < 100_000
    assert "8000 × 8000 points" in refused(bomb, "a.png")


def test_one_beyond_all_measure_is_refused_as_well():
    bomb = re.sub(rb"IHDR.{8}", b"IHDR" + (0x7FFFFFFF).to_bytes(4, "big") * 2, picture("PNG"), count=1, flags=re.S)
    assert refused(bomb, "a.png")


def test_only_the_first_of_many_frames_is_drawn():
    frames = [Image.new("P", (10, 10), n) for n in range(50)]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    assert getattr(Image.open(io.BytesIO(cleaned(out.getvalue(), "a.gif").read())), "n_frames", 1) == 1


class Endless:
    """A file that must not be read."""

    def seek(self, place):
        raise AssertionError("It was read.")

    read = seek


def test_a_hundred_megabytes_are_refused_before_they_are_read():
    with pytest.raises(ValidationError, match="larger than 10 MB"):
        clean_picture(Endless(), "a.jpg", size=100 * 1024 * 1024)
    assert LARGEST < 100 * 1024 * 1024


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff", picture("JPEG")[:300], b"GIF89a" + b"\0" * 20, b"\0" * 1000])
def test_what_is_broken_is_refused_with_a_sentence(content):
    assert refused(content).endswith(".")


def test_a_name_is_never_kept():
    name = cleaned(picture(), "../../Joe Bloggs 12 High Street.jpg").name
    assert re.fullmatch(r"[0-9a-f]{32}\.jpg", name)
