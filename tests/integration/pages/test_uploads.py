"""What staff put in: only what is seen or read is kept, and only what is for everybody is reached from outside."""

import gc
import io
import re

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction, UploadedFile

from cms.pages.documents import clean_document
from cms.pages.models import Picture, PublicDocument
from feedback.accounts.roles import Role
from tests.factories.documents import archive, pdf
from tests.factories.people import at_desk, staff
from tests.factories.pictures import photograph, picture, upload

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the file open from which it stores a picture in another size.
    pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning"),
]
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
ADD_PICTURE, ADD_DOCUMENT = "wagtailimages:add", "wagtaildocs:add"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": files}
    # Wagtail remembers pictures in their sizes by an id that another test has given away.
    cache.clear()
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    yield tmp_path
    gc.collect()


@pytest.fixture
def editor(client):
    """Somebody whom Wagtail lets put files in."""
    person = staff("editor", Role.BOARD_OFFICER)
    at_desk(client, person)
    return person


def stored(media):
    return sorted(str(file.relative_to(media)) for file in media.rglob("*") if file.is_file())


def put_in(client, address, content, name, title="A title", **more):
    return client.post(
        reverse(address),
        {"title": title, "collection": Collection.get_first_root_node().pk, "file": upload(content, name), **more},
    )


def a_picture(**fields):
    return Picture.objects.create(title="A picture", file=upload(photograph(), "Joe Bloggs.jpg"), **fields)


def a_document(**fields):
    return PublicDocument.objects.create(title="Our plan", file=ContentFile(pdf(), name="Joe Bloggs.pdf"), **fields)


def test_these_are_the_models_of_the_desk():
    assert (get_image_model(), get_document_model()) == (Picture, PublicDocument)


def test_a_photograph_put_in_at_the_desk_says_nothing_of_its_place(client, editor, media):
    assert put_in(client, ADD_PICTURE, photograph(orientation=6), "IMG Joe Bloggs.jpg").status_code == 302
    (name,) = [one for one in stored(media) if one.startswith("pictures/")]
    assert re.fullmatch(r"pictures/[0-9a-f]{32}\.jpg", name)
    kept = (media / name).read_bytes()
    assert b"Exif" not in kept
    made = Picture.objects.get()
    assert (made.width, made.height) == (20, 40)
    assert (made.file_size, made.is_public, made.uploaded_by_user) == (len(kept), False, editor)


@pytest.mark.parametrize(
    ("kind", "name"), [("HEIF", "a.heic"), ("WEBP", "a.webp"), ("AVIF", "a.avif"), ("GIF", "a.gif")]
)
def test_other_kinds_are_kept_as_jpeg_or_png(client, editor, media, kind, name):
    assert put_in(client, ADD_PICTURE, picture(kind), name).status_code == 302
    assert Image.open(io.BytesIO((media / Picture.objects.get().file.name).read_bytes())).format in {"JPEG", "PNG"}


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (SVG, "a.svg", "no picture we can read"),
        (SVG, "a.png", "no picture we can read"),
        (picture("PNG"), "a.jpg", "it is a PNG picture"),
        (picture("PNG", size=(8_000, 8_000), mode="1"), "a.png", "more than we can open"),
        (b"", "a.png", "no picture we can read"),
        (archive(1_000_000), "a.png", "no picture we can read"),
    ],
    ids=["svg", "svg named png", "wrong ending", "bomb", "empty", "zip"],
)
def test_what_is_no_picture_is_refused_and_nothing_is_kept(client, editor, media, content, name, said):
    reply = put_in(client, ADD_PICTURE, content, name)
    assert said in reply.content.decode()
    assert stored(media) == []
    assert not Picture.objects.exists()


def test_a_picture_that_is_a_script_as_well_is_only_a_picture(client, editor, media):
    script = b"alert(document.cookie)//"
    put_in(client, ADD_PICTURE, picture("GIF", comment=b"*/=1;" + script), "a.gif")
    put_in(client, ADD_PICTURE, picture("JPEG") + b"<script>" + script + b"</script>", "a.jpg")
    assert Picture.objects.count() == 2
    assert not [one for one in stored(media) if script in (media / one).read_bytes()]


def test_several_at_once_are_looked_at_as_well(client, editor, media):
    address = reverse("wagtailimages:add_multiple")
    reply = client.post(address, {"title": "Day out", "files[]": upload(photograph(), "Joe.jpg")})
    assert reply.json()["success"] is True
    assert b"Exif" not in (media / Picture.objects.get().file.name).read_bytes()
    assert client.post(address, {"files[]": upload(SVG, "a.svg")}).json()["success"] is False


def test_nothing_is_put_aside_as_it_came(client, editor, media):
    """Wagtail would keep the file for later, with its name and its place, where another field is wrong."""
    for address, file in (
        ("wagtailimages", upload(photograph(), "Joe.jpg")),
        ("wagtaildocs", upload(pdf(), "Joe.pdf")),
    ):
        reply = client.post(reverse(f"{address}:add_multiple"), {"title": "x" * 300, "files[]": file})
        assert reply.json()["success"] is False
        assert "The file was not kept" in reply.json()["error_message"]
    assert not UploadedFile.objects.exists()
    assert stored(media) == []


def test_a_picture_is_exchanged_through_the_same_door(client, editor, media):
    made = a_picture()
    before = made.file.name
    address = reverse("wagtailimages:edit", args=[made.pk])
    sent = {"title": "Another", "collection": made.collection_id, "file": upload(photograph(), "Other.jpg")}
    assert client.post(address, sent).status_code == 302
    made.refresh_from_db()
    assert made.file.name != before
    assert b"Exif" not in (media / made.file.name).read_bytes()
    assert before not in stored(media)
    assert client.post(address, {"title": "Same file", "collection": made.collection_id}).status_code == 302


@pytest.mark.parametrize("address", [ADD_PICTURE, ADD_DOCUMENT])
def test_what_is_too_large_is_said_to_be_so(client, editor, media, address):
    reply = put_in(client, address, b"\xff" * 21_000_000, "large.jpg")
    assert "larger than 10 MB" in reply.content.decode()
    assert stored(media) == []


def test_what_is_too_large_never_reaches_memory_or_disk(rf, settings):
    from feedback.config.uploads import TooLarge

    settings.EARSHOT_UPLOAD_MAX_BYTES = 200_000
    request = rf.post("/", {"file": upload(b"x" * 1_000_000, "a.jpg"), "other": upload(b"y" * 10, "b.jpg")})
    dropped = request.FILES["file"]
    assert isinstance(dropped, TooLarge)
    assert (dropped.size, dropped.read(), list(dropped.chunks())) == (1_000_000, b"", [])
    # What comes behind it has no room either.
    assert isinstance(request.FILES["other"], TooLarge)


def test_what_is_within_the_limit_arrives_whole(rf):
    request = rf.post("/", {"file": upload(b"x" * 100_000, "a.jpg")})
    assert request.FILES["file"].read() == b"x" * 100_000


def test_a_document_is_kept_under_a_name_of_ours(client, editor, media):
    assert put_in(client, ADD_DOCUMENT, pdf(), "../Joe Bloggs (care plan).pdf").status_code == 302
    assert re.fullmatch(r"documents/[0-9a-f]{32}\.pdf", PublicDocument.objects.get().file.name)
    assert not [name for name in stored(media) if "Joe" in name]


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (pdf() + archive(), "a.pdf", "no whole PDF"),
        (archive() + pdf(), "a.pdf", "no whole PDF"),
        (archive(50_000_000), "a.zip", "Only PDF and CSV"),
        (archive(50_000_000), "a.docx", "Only PDF and CSV"),
        (archive(50_000_000), "a.pdf", "no whole PDF"),
        (b"<html><script>alert(1)</script></html>", "a.pdf", "no whole PDF"),
        (b"<html><script>alert(1)</script></html>", "a.html", "Only PDF and CSV"),
        (b"<html><script>alert(1)</script></html>", "a.csv", "no CSV"),
        (SVG, "a.svg", "Only PDF and CSV"),
        (pdf(b"<< /S /JavaScript /JS (app.alert(1)) >>"), "a.pdf", "carries a script"),
        (pdf(b"<< /S /J#61vaScript >>"), "a.pdf", "carries a script"),
        (pdf(b"<< /Type /EmbeddedFile >>"), "a.pdf", "carries a script"),
        (b"a,b\n1,\xff\n", "a.csv", "not UTF-8"),
        (b"a,b\n1,\0\n", "a.csv", "NUL byte"),
        (b"", "a.pdf", "no whole PDF"),
        (pdf(), "a", "Only PDF and CSV"),
    ],
)  # fmt: skip
def test_what_is_no_document_is_refused_and_nothing_is_kept(client, editor, media, content, name, said):
    reply = put_in(client, ADD_DOCUMENT, content, name)
    assert said in reply.content.decode()
    assert stored(media) == []
    assert not PublicDocument.objects.exists()


def test_a_zip_inside_a_pdf_is_refused(media):
    inside = b"%PDF-1.4\n" + archive()[:-2] + b"\x08\x00\n%%EOF\n"
    with pytest.raises(ValidationError, match="archive as well"):
        clean_document(io.BytesIO(inside), "a.pdf", size=len(inside))


def an_svg_as(model, name):
    return model(title="x", file=ContentFile(SVG, name=name))


@pytest.mark.parametrize(("model", "name"), [(Picture, "a.svg"), (PublicDocument, "a.pdf")])
def test_no_other_door_keeps_anything_else(media, model, name):
    with pytest.raises(ValidationError):
        an_svg_as(model, name).save()
    assert stored(media) == []


@pytest.mark.parametrize("make", [a_picture, a_document])
def test_outsiders_reach_only_what_is_for_everybody(client, make):
    made, shown = make(), make(is_public=True)
    address, open_address = (address_of(one) for one in (made, shown))
    assert client.get(open_address).status_code == 200
    assert "/desk/login/" in client.get(address)["Location"]
    # Nor by guessing the address it would have.
    assert client.get(address.replace("/desk/", "/")).status_code == 404
    shown.is_public = False
    shown.save()
    assert client.get(open_address).status_code == 404


@pytest.mark.parametrize("make", [a_picture, a_document])
def test_a_private_collection_closes_what_is_in_it(client, make):
    shown = make(is_public=True)
    address = address_of(shown)
    CollectionViewRestriction.objects.create(collection=shown.collection, restriction_type="login")
    assert client.get(address).status_code == 404
    assert address_of(type(shown).objects.get()).startswith("/desk/")


@pytest.mark.parametrize("make", [a_picture, a_document])
def test_at_the_desk_only_who_may_choose_it_sees_it(client, editor, make):
    address = address_of(make())
    assert client.get(address).status_code == 200
    at_desk(client, staff("other", Role.MODERATOR))
    # Wagtail's desk leads back with a message rather than saying 403.
    assert client.get(address).status_code in {302, 403}


def address_of(made):
    return made.get_rendition("max-20x20").url if isinstance(made, Picture) else made.url


def test_a_document_is_saved_under_its_title_and_nothing_in_it_runs(client):
    reply = client.get(a_document(is_public=True).url)
    assert reply["Content-Disposition"] == 'attachment; filename="our-plan.pdf"'
    assert reply["Content-Type"] == "application/pdf"
    assert reply["X-Content-Type-Options"] == "nosniff"
    assert reply["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert reply.content == pdf()


def test_the_folder_itself_has_no_address(client, media):
    made, document = a_picture(is_public=True), a_document(is_public=True)
    made.get_rendition("max-20x20")
    for name in stored(media):
        for address in (f"/media/{name}", f"/{name}", f"/shown/{name}", f"/shown/pictures/../{name}"):
            assert client.get(address).status_code == 404
    assert client.get(f"/documents/{document.pk}/{document.filename}").status_code == 404
    assert client.get(f"/shown/pictures/{made.file.name.rsplit('/', 1)[-1]}").status_code == 404


def test_what_is_no_longer_in_the_store_is_not_found(client):
    document = a_document(is_public=True)
    default_storage.delete(document.file.name)
    assert client.get(document.url).status_code == 404


@pytest.mark.parametrize("name", ["a.jpg", "0" * 32, "../../etc/passwd", "0" * 32 + ".x\0.jpg", "%00"])
def test_a_name_that_is_none_is_not_found(client, name):
    assert client.get(f"/shown/pictures/{name}", follow=True).status_code == 404


def test_wagtails_own_screens_know_our_models(client, editor):
    made, document = a_picture(), a_document()
    for name, arguments in (
        ("wagtailimages:index", []), ("wagtailimages:add", []), ("wagtailimages:edit", [made.pk]),
        ("wagtailimages:delete", [made.pk]), ("wagtailimages:image_usage", [made.pk]),
        ("wagtailimages_chooser:choose", []), ("wagtailimages_chooser:chosen", [made.pk]),
        ("wagtailimages:add_multiple", []),
        ("wagtaildocs:index", []), ("wagtaildocs:add", []), ("wagtaildocs:edit", [document.pk]),
        ("wagtaildocs:delete", [document.pk]), ("wagtaildocs_chooser:choose", []),
        ("wagtaildocs_chooser:chosen", [document.pk]), ("wagtaildocs:add_multiple", []),
    ):  # fmt: skip
        reply = client.get(reverse(name, args=arguments))
        assert reply.status_code == 200, name
        assert "/media/" not in reply.content.decode(), name


def test_a_chooser_looks_at_what_is_put_in_as_well(client, editor, media):
    sent = {"image-chooser-upload-title": "x", "image-chooser-upload-file": upload(photograph(), "Joe.jpg")}
    sent["image-chooser-upload-collection"] = Collection.get_first_root_node().pk
    assert client.post(reverse("wagtailimages_chooser:create"), sent).status_code == 200
    assert b"Exif" not in (media / Picture.objects.get().file.name).read_bytes()
    sent["image-chooser-upload-file"] = upload(SVG, "a.svg")
    assert "no picture we can read" in client.post(reverse("wagtailimages_chooser:create"), sent).content.decode()
