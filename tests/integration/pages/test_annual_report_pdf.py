"""The PDF is tagged, says its language, embeds the letters it needs, and keeps nothing that was recalled."""

import builtins
import copy
import io
import threading

import pikepdf
import pytest

from cms.pages import pdf
from feedback.releases.quote_actions import recall_quote
from surveys.instrument.wording import LANGUAGES
from tests.factories import asking, reporting
from tests.factories.listening import checker

pytestmark = pytest.mark.django_db
SAID = "nobody told me why we moved"
FOUR_SCRIPTS = "Żółć nazywa się, Сьогодні добре, سلام كيف الحال, ሰላም ከመይ, Waxaan jeclahay 🙂 ☺"


@pytest.fixture(autouse=True)
def nothing_is_kept(monkeypatch):
    monkeypatch.setattr(pdf, "kept", pdf.Kept())


@pytest.fixture(scope="module")
def made_here():
    """What tests of this file made to look into; it never grows old, and what reads otherwise is kept as another."""
    return pdf.Kept(clock=lambda: 0.0)


@pytest.fixture
def read_by_many(nothing_is_kept, made_here, monkeypatch):
    """For a test that looks into what others look into too: it is made by the first of them."""
    monkeypatch.setattr(pdf, "kept", made_here)


@pytest.fixture(scope="module")
def built(built_once):
    def build():
        release = reporting.released(asking.area("north"), says=[SAID])
        return release, whole_report(release)

    return built_once(build)


@pytest.fixture
def release(built):
    return copy.deepcopy(built[0])


@pytest.fixture
def whole(built):
    return copy.deepcopy(built[1])


def whole_report(release):
    (said,) = release.quotes.all()
    home = reporting.home_of(release.area)
    heard = reporting.chapter(
        "Being heard", reporting.figure(release), reporting.quote(said), ("talk", FOUR_SCRIPTS), extracts=["section-11"]
    )
    return reporting.published(reporting.report(home, heard, reporting.youngest(), children=[reporting.child_page()]))


def opened(client, address="/report/pdf/"):
    reply = client.get(address)
    assert (reply.status_code, reply["Content-Type"]) == (200, "application/pdf")
    return pikepdf.open(io.BytesIO(reply.content))


def elements(document):
    """Every element of the structure, in the order of reading."""
    found, waiting = [], [document.Root.StructTreeRoot]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Array):
            waiting.extend(reversed(list(one)))
        elif isinstance(one, pikepdf.Dictionary):
            if "/S" in one:
                found.append(one)
            if "/K" in one:
                waiting.append(one.K)
    return found


def test_it_is_tagged_and_says_its_title_and_language(client, whole, read_by_many):
    document = opened(client)
    assert document.Root.MarkInfo.Marked == True  # noqa: E712 - a PDF's own boolean
    assert str(document.Root.Lang) == "en"
    assert document.Root.ViewerPreferences.DisplayDocTitle == True  # noqa: E712
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert "What children told us" in metadata["dc:title"]


def test_it_has_headings_tables_with_headers_and_an_outline(client, whole, read_by_many):
    document = opened(client)
    kinds = [str(one.S) for one in elements(document)]
    assert kinds.count("/H1") == 1
    assert {"/H2", "/H3", "/Table", "/TH", "/TD", "/Caption", "/L", "/LI", "/BlockQuote"} <= set(kinds)
    cells = [one for one in elements(document) if one.S == "/TD"]
    assert all(len(one.A.Headers) >= 1 for one in cells)
    with document.open_outline() as outline:
        titles = [one.title for chapter in outline.root for one in [chapter, *chapter.children]]
    assert {"Being heard", "The youngest"} <= set(titles)


def test_every_picture_says_what_it_is(client, whole, read_by_many):
    for address in ("/report/pdf/", "/report/for/8-11/en/pdf/"):
        document = opened(client, address)
        figures = [one for one in elements(document) if one.S == "/Figure"]
        assert all(str(one.Alt) for one in figures)
    assert figures


def test_letters_of_every_script_are_in_it(client, whole, read_by_many):
    """No letter is a box: each is in a font that is embedded."""
    document = opened(client)
    fonts = {}
    for page in document.pages:
        for font in page.Resources.Font.values():
            fonts[str(font.BaseFont)] = font
    for font in fonts.values():
        (inner,) = font.DescendantFonts if "/DescendantFonts" in font else (font,)
        assert {"/FontFile2", "/FontFile3"} & set(inner.FontDescriptor.keys()), font.BaseFont
    assert not missing_letters(document)
    assert any("Arabic" in name for name in fonts)
    assert any("Ethiopic" in name for name in fonts)


def missing_letters(document):
    """Texts drawn with the glyph of number 0, which is the box that stands for a letter no font has."""
    found = []
    for page in document.pages:
        for operands, operator in pikepdf.parse_content_stream(page):
            texts = operands[0] if str(operator) == "TJ" else operands if str(operator) == "Tj" else []
            for text in texts:
                if isinstance(text, pikepdf.String):
                    codes = bytes(text)
                    found += [codes for place in range(0, len(codes), 2) if codes[place : place + 2] == b"\0\0"]
    return found


def test_a_quote_in_another_language_says_so(client, whole, release):
    release.quotes.update(language="pl")
    document = opened(client)
    quotes = [one for one in elements(document) if one.S == "/BlockQuote"]
    assert "pl" in {str(one.Lang) for one in quotes if "/Lang" in one}


@pytest.mark.parametrize("audience", ["8-11", "12-17"])
@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_page_for_children_is_one_sheet_however_much_is_said(client, whole, audience, language):
    long = {"title": "w" * 8 + " words" * 8, "hello": "to you " * 25, "ask": "ask us " * 22}
    told = [{"said": "it is long " * 10, "done": "we do a lot " * 12}] * 4
    for told_now, more in ((told[:1], {}), (told, long)):
        page = reporting.child_page(audience, language, told=told_now, **more)
        whole.for_children = [page]
        whole.save()
        document = opened(client, f"/report/for/{audience}/{language}/pdf/")
        assert len(document.pages) == 1
        assert str(document.Root.Lang) == language


def test_an_extract_is_a_document_of_its_own(client, whole):
    document = opened(client, "/report/extract/section-11/pdf/")
    with document.open_metadata() as metadata:
        assert metadata["dc:title"].startswith("Section 11")


def text_of(client):
    reply = client.get("/report/pdf/")
    return reply.content, reply["ETag"]


def test_a_recalled_quote_is_in_no_pdf_made_after_it(client, whole, release):
    before, tag = text_of(client)
    (said,) = release.quotes.all()
    recall_quote(said, because="recognised", by=checker())
    after, other_tag = text_of(client)
    assert tag != other_tag
    assert len(pikepdf.open(io.BytesIO(after)).pages) >= 1
    assert before != after
    assert client.get("/report/pdf/", headers={"If-None-Match": tag}).status_code == 200


def test_the_same_is_made_once_a_minute(client, whole, monkeypatch):
    made = []
    monkeypatch.setattr(pdf, "make_pdf", lambda html, css: made.append(html) or b"%PDF-1.7")
    for _ in range(3):
        tag = client.get("/report/pdf/")["ETag"]
    assert len(made) == 1
    assert client.get("/report/pdf/", headers={"If-None-Match": tag}).status_code == 304


def test_what_is_kept_is_bounded_and_grows_old():
    now = [0.0]
    kept = pdf.Kept(clock=lambda: now[0])
    for number in range(pdf.MOST_KEPT + 3):
        kept.keep(str(number), b"x")
    assert kept.get("0") is None
    assert kept.get(str(pdf.MOST_KEPT + 2)) == b"x"
    now[0] = pdf.KEPT_FOR + 1
    assert kept.get(str(pdf.MOST_KEPT + 2)) is None


def test_two_who_come_at_once_wait_for_one(monkeypatch):
    begun, go_on, made = threading.Event(), threading.Event(), []

    def slowly(html, css):
        made.append(html)
        begun.set()
        go_on.wait(10)
        return b"%PDF-1.7"

    monkeypatch.setattr(pdf, "make_pdf", slowly)
    got = []
    both = [threading.Thread(target=lambda: got.append(pdf.made_once("k", "h", "c"))) for _ in range(2)]
    both[0].start()
    begun.wait(10)
    both[1].start()
    go_on.set()
    for one in both:
        one.join(10)
    assert got == [b"%PDF-1.7"] * 2
    assert len(made) == 1


def test_whoever_waits_too_long_is_told_to_print(client, whole, monkeypatch):
    monkeypatch.setattr(pdf, "LONGEST_WAIT", 0)
    with pdf.one_at_a_time:
        reply = client.get("/report/pdf/")
    assert reply.status_code == 503
    assert "open the page and print it" in reply.content.decode()


def test_without_the_libraries_the_page_says_so_and_offers_to_print(client, whole, monkeypatch):
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name == "cms.pages.tagging" or name.startswith("weasyprint"):
            raise OSError("cannot load library 'libgobject-2.0-0'")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    reply = client.get("/report/pdf/")
    assert reply.status_code == 503
    assert "PDF not available on this server" in reply.content.decode()


def test_where_they_are_missing_a_check_says_what_to_install(monkeypatch):
    from feedback.config import checks

    monkeypatch.setattr(checks, "find_library", lambda name: None)
    (warning,) = checks.a_pdf_can_be_made(None)
    assert (warning.id, "apt install libpangoft2-1.0-0" in warning.hint) == ("feedback.W001", True)
    monkeypatch.setattr(checks, "find_library", lambda name: name)
    assert checks.a_pdf_can_be_made(None) == []


def test_nothing_is_fetched_for_it():
    from cms.pages.tagging import FromNowhere

    for address in ("http://example.org/x.png", "file:///etc/passwd", "https://example.org/", "ftp://example.org"):
        with pytest.raises(ValueError, match="disallowed"):
            FromNowhere().fetch(address)
