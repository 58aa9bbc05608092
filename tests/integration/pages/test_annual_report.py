"""An annual report shows stored cells, released quotes and promises as they are now, and refuses what is not whole."""

import pytest
from django.core.exceptions import ValidationError

from cms.pages.models import AnnualReportPage
from cms.pages.report_blocks import AnyOfThem
from feedback.releases.actions import withdraw_release
from feedback.releases.quote_actions import recall_quote
from feedback.releases.service_information import service_information
from tests.factories import asking, reporting
from tests.factories.listening import checker
from tests.factories.quoting import draft, wave_of

pytestmark = pytest.mark.django_db
SAID = "nobody told me why we moved"


@pytest.fixture
def release():
    return reporting.released(asking.area("north"), says=[SAID])


@pytest.fixture
def home(release):
    return reporting.home_of(release.area)


@pytest.fixture
def whole(home, release):
    (said,) = release.quotes.all()
    heard = reporting.chapter(
        "Being heard", reporting.figure(release), reporting.quote(said), extracts=["self-evaluation"]
    )
    return reporting.report(home, heard, reporting.youngest(), children=[reporting.child_page()])


def page_of(client, address="/report/"):
    reply = client.get(address)
    assert reply.status_code == 200
    return reply.content.decode()


def test_it_shows_the_stored_cells_with_their_range_and_reading_and_the_quote(client, whole, release):
    reporting.published(whole)
    page = page_of(client)
    (question,) = [one for one in service_information(release) if one.code == "listened"]
    for line in question.latest.lines:
        assert line.label in page
        assert line.in_words in page
    assert "It may be the weather." in page
    assert SAID in page
    assert "The Chief Executive" in page


def test_who_keeps_it_asks_again_each_time(client, whole):
    reporting.published(whole)
    assert "no-cache" in client.get("/report/")["Cache-Control"]


def test_it_costs_few_queries_however_many_answered(client, whole, django_assert_max_num_queries):
    """What is published is read once a minute by each process; quotes and promises each time."""
    reporting.published(whole)
    client.get("/report/")
    with django_assert_max_num_queries(20):
        client.get("/report/")


def test_a_whole_report_has_nothing_missing(whole):
    assert whole.why_not_ready() == []


@pytest.mark.parametrize(
    ("chapters", "said"),
    [
        ([], "There is no chapter yet"),
        ([reporting.chapter("One", reporting.TALK)], "no chapter about children under 11"),
        ([reporting.youngest(("text", "<p>x</p>"))], "says nothing of children under 11"),
        ([reporting.youngest(), reporting.chapter("Empty")], "“Empty” is empty"),
    ],
)
def test_what_is_not_whole_says_so(home, chapters, said):
    assert any(said in sentence for sentence in reporting.report(home, *chapters).why_not_ready())


def test_silence_with_a_reason_is_no_silence(home):
    silence = ("silence", {"why": "Too few answered.", "will_do": "We visit ten of them by May."})
    assert reporting.report(home, reporting.youngest(silence)).why_not_ready() == []


def test_a_figure_of_the_youngest_speaks_of_them(home, release):
    shown = reporting.figure(release, whose="AGE_8_11")
    found = reporting.report(home, reporting.youngest(shown)).why_not_ready()
    assert found == [] or all("8 to 11" in one for one in found)


def test_a_figure_that_nobody_interpreted_is_refused(home):
    from feedback.disclosure.blocks import Quarter
    from feedback.releases.actions import release_through
    from tests.factories.listening import analyst, coded

    wave = asking.open_wave(of=asking.area("east"))
    coded(wave.edition, wave.area, quarter="2025Q1", n=40)
    (made,) = release_through(Quarter(2025, 1), area=wave.area, proposed_by=analyst(), approved_by=checker())
    own = reporting.home_of(wave.area)
    alone = reporting.report(own, reporting.chapter("One", reporting.figure(made)), reporting.youngest())
    assert any("No figure stands alone" in one for one in alone.why_not_ready())
    alone.delete()
    read = reporting.figure(made, we_think="Ask who was not there.")
    assert reporting.report(own, reporting.chapter("One", read), reporting.youngest()).why_not_ready() == []


def test_who_decides_is_addressed(home):
    found = reporting.report(home, reporting.youngest(), addressed_to="The public").why_not_ready()
    assert found == [
        "A report is addressed to the Chief Executive and the Leader: name the Chief Executive and the Leader."
    ]


def test_a_figure_of_another_area_is_refused_even_in_a_draft(home):
    other = reporting.released(asking.area("south"))
    strange = reporting.report(home, reporting.chapter("One", reporting.figure(other)))
    with pytest.raises(ValidationError, match="shows only its own"):
        strange.full_clean()
    assert any("shows only its own" in one for one in strange.why_not_ready())


def test_a_quote_of_another_area_is_refused_even_in_a_draft(home):
    (said,) = reporting.released(asking.area("south"), says=["they listen"]).quotes.all()
    strange = reporting.report(home, reporting.chapter("One", reporting.quote(said)))
    with pytest.raises(ValidationError, match="shows only its own"):
        strange.full_clean()


def test_a_figure_that_is_not_published_is_refused_even_in_a_draft():
    made = draft(wave_of(asking.area("early")))
    early = reporting.report(reporting.home_of(made.area), reporting.chapter("One", reporting.figure(made)))
    with pytest.raises(ValidationError, match="not published yet"):
        early.full_clean()


@pytest.mark.parametrize("key", ["", "nothing/listened", "north-2025q1", "x" * 390])
def test_a_figure_that_does_not_exist_is_refused_in_a_sentence(home, key):
    chosen = ("figure", {"figure": key, "whose": "", "sentence": "", "we_think": ""})
    found = reporting.report(home, reporting.chapter("One", chosen), reporting.youngest()).why_not_ready()
    assert any(said in one for one in found for said in ("does not exist", "cannot be shown"))


@pytest.mark.parametrize("key", ["\x00/x", "x" * 400])
def test_what_no_database_keeps_is_refused_by_the_form(key):
    with pytest.raises(ValidationError):
        AnyOfThem(choices=[]).clean(key)


def test_a_withdrawn_figure_is_gone_at_once_and_says_so(client, whole, release):
    reporting.published(whole)
    withdraw_release(release, reason="A wrong table.", by=checker())
    page = page_of(client)
    assert "This figure was withdrawn on" in page
    assert "It may be the weather." not in page
    assert SAID not in page
    assert any("cannot be shown" in one for one in whole.why_not_ready())


def test_a_recalled_quote_is_gone_at_once_from_page_and_draft(client, whole, release):
    reporting.published(whole)
    (said,) = release.quotes.all()
    recall_quote(said, because="recognised", by=checker())
    page = page_of(client)
    assert SAID not in page
    assert "A quote was recalled." in page
    revision = AnnualReportPage.objects.get(pk=whole.pk).get_latest_revision()
    assert SAID not in str(revision.content)
    assert any("was recalled" in one for one in whole.why_not_ready())


def test_an_extract_holds_its_chapters_and_no_others(client, whole):
    reporting.published(whole)
    section_11 = page_of(client, "/report/extract/section-11/")
    assert "The youngest" in section_11
    assert "Being heard" not in section_11
    assert "Being heard" in page_of(client, "/report/extract/self-evaluation/")
    for wrong in ("/report/extract/other/", "/report/for/8-11/pl/", "/report/for/8-11/xx/", "/report/for/4-5/en/"):
        assert client.get(wrong).status_code == 404


def test_a_page_for_children_is_in_their_words_and_language(client, home):
    pages = [reporting.child_page(), reporting.child_page(language="ar", title="أخبرتمونا")]
    reporting.published(reporting.report(home, reporting.youngest(), children=pages))
    assert "You are in a hurry." in page_of(client, "/report/for/8-11/en/")
    arabic = page_of(client, "/report/for/8-11/ar/")
    assert '<html lang="ar" dir="rtl">' in arabic
    assert "أخبرتمونا" in arabic
    assert "What we do now" not in arabic


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "🙂 سلام Привіт ሰላም Żółć", "a" * 5000, "\u202e hidden"])
def test_whatever_staff_write_is_only_words(client, home, words):
    chapters = [reporting.chapter(words[:90], ("talk", words)), reporting.youngest()]
    reporting.published(reporting.report(home, *chapters))
    assert "<script>alert(1)" not in page_of(client)


def test_nobody_claims_by_hand_that_nobody_can_be_found(home):
    claims = reporting.report(home, reporting.chapter("One", ("text", "<p>All figures are anonymised.</p>")))
    with pytest.raises(ValidationError, match="record of a test"):
        claims.full_clean()


def test_a_draft_is_at_no_address(client, whole):
    assert client.get("/report/").status_code == 404
    assert client.get("/report/pdf/").status_code == 404
