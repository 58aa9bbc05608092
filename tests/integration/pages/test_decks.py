"""Decks of cards: public, the same for everybody, whole in each language they are offered in, and refused if not."""

import re
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from cms.pages.deck_drawings import CARD_PICTURES, card_drawing
from cms.pages.decks import DeckPage, TalkPage
from cms.pages.forms import DeckForm
from cms.pages.models import HomePage
from cms.pages.starting_decks import load_starting_decks
from feedback.accounts.roles import Role
from surveys.fieldwork.actions import close_wave
from surveys.frame.models import Area
from surveys.instrument.wording import LANGUAGES
from tests.factories import asking
from tests.factories.people import staff

pytestmark = pytest.mark.django_db
DECK = "/talk/three-places/"


@pytest.fixture
def home():
    area = asking.area("north")
    page = asking.root().add_child(instance=HomePage(title="North", slug="north", area=area))
    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", root_page=page, is_default_site=True)
    return page


@pytest.fixture
def talk(home):
    return load_starting_decks(home)


@pytest.fixture
def deck(talk):
    return DeckPage.objects.child_of(talk).get(slug="three-places")


def page_of(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, address
    return unescape(response.content.decode())


def test_eight_decks_are_offered_whole_in_every_language(client, talk):
    decks = talk.decks()
    assert len(decks) == 8
    for deck in decks:
        deck.full_clean()
        assert deck.offered_in() == list(LANGUAGES)
        for language in LANGUAGES:
            address = deck.get_url() + ("" if language == "en" else f"{language}/")
            page = page_of(client, address)
            assert f'lang="{language}"' in page
            for card in deck.all_cards:
                assert card.texts[language] in page
            assert ("A computer helped" in page) is False or language != "en"


def test_the_index_lists_them_in_one_language_and_links_to_the_others(client, talk):
    page = page_of(client, "/talk/pl/")
    assert "Trzy miejsca" in page
    assert page.count("data-keep") == 8
    assert 'hreflang="ar"' in page
    assert page_of(client, "/").count("/talk/") == 1


def test_a_card_leads_to_the_next_and_back_without_a_script(client, deck):
    page = page_of(client, DECK)
    for number, (back, onward) in enumerate([("s-what", "c-2"), ("c-1", "c-3"), ("c-2", "c-4"), ("c-3", "s-end")], 1):
        card = page.split(f'id="c-{number}"')[1].split("</section>")[0]
        assert re.findall(r'href="#([^"]+)"', card) == [onward, onward, back]


def test_pages_are_the_same_for_everybody_and_set_no_cookie(client, deck):
    first = client.get(DECK)
    assert "public" in first["Cache-Control"]
    assert not first.cookies
    assert client.get(DECK, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert len(first.content) < 14_000
    worker = client.get("/shown/talk-worker.js")
    assert worker["Service-Worker-Allowed"] == "/"
    assert worker["Content-Type"] == "text/javascript"


def test_an_index_asks_the_database_no_more_for_more_decks(client, talk):
    client.get("/talk/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/talk/")
    assert len(asked) < 40


@pytest.mark.parametrize(
    "address",
    ["/talk/xx/", "/talk/nothing/", DECK + "xx/", DECK + "pl/print/huge/", DECK + "en/print/%00/", DECK + "pl/pl/"],
)
def test_addresses_of_nothing_lead_nowhere(client, deck, address):
    page_of(client, address, 404)


def test_a_language_the_area_does_not_offer_is_not_listed(client, talk):
    Area.objects.update(languages=["en", "pl"])
    page_of(client, "/talk/so/", 404)
    assert 'hreflang="so"' not in page_of(client, "/talk/")


def test_cards_are_printed_to_cut_out_and_large(client, deck):
    small, large = page_of(client, DECK + "ar/print/"), page_of(client, DECK + "ar/print/large/")
    assert 'dir="rtl"' in small
    assert small.count('class="card k') == large.count('class="card k') == 4
    assert 'class="large"' in large


def test_what_was_said_is_kept_in_a_conversation_of_the_area_while_it_takes_answers(client, deck):
    mine = asking.open_wave(edition=asking.edition(of=deck_area(deck), kind="conversation"), of=deck_area(deck))
    survey = asking.open_wave(of=deck_area(deck))
    theirs = asking.open_wave(
        edition=asking.edition(of=asking.area("south"), kind="conversation"), of=asking.area("south")
    )
    for wave, is_shown in ((mine, True), (survey, False), (theirs, False)):
        DeckPage.objects.filter(pk=deck.pk).update(wave=wave.code)
        assert (f'href="/a/{wave.code}/"' in page_of(client, DECK)) is is_shown
    DeckPage.objects.filter(pk=deck.pk).update(wave=mine.code)
    close_wave(mine, by=staff("closer", Role.PARTICIPATION_OFFICER, area=mine.area))
    assert f"/a/{mine.code}/" not in page_of(client, DECK)


def deck_area(deck):
    return HomePage.objects.ancestor_of(deck).last().area


def test_the_form_refuses_a_conversation_of_another_area(deck):
    theirs = asking.open_wave(
        edition=asking.edition(of=asking.area("south"), kind="conversation"), of=asking.area("south")
    )
    mine = asking.open_wave(edition=asking.edition(of=deck_area(deck), kind="conversation"), of=deck_area(deck))
    form = DeckForm.__new__(DeckForm)
    form.parent_page = deck.get_parent()
    form.cleaned_data = {"wave": theirs.code}
    with pytest.raises(ValidationError, match="is no conversation of this area"):
        form.clean_wave()
    form.cleaned_data = {"wave": mine.code}
    assert form.clean_wave() == mine.code


def card(says="What is in it?", **more):
    return ("card", {"picture": "sun", "other_picture": "", "says": says, "in_other_languages": [], **more})


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"title": "Anonymised cards"}, "stands on a page only where"),
        ({"cards": [card("This is anonymised data.")]}, "stands on a page only where"),
        ({"cards": [card()]}, "says nothing in"),
        ({"slug": "pl"}, "name of a language"),
        ({"introduction": "a\x00b"}, "without control characters"),
        ({"introduction": "x" * 1_000_000}, "at most 160"),
        ({"wave": "no/wave"}, "slug"),
    ],
)
def test_bad_decks_are_refused_with_a_sentence(deck, changed, message):
    for name, value in changed.items():
        setattr(deck, name, value)
    with pytest.raises(ValidationError) as refused:
        deck.full_clean()
    assert message in str(refused.value.messages)


def test_a_language_listed_twice_is_refused(deck):
    row = {"language": "pl", "title": "x", "introduction": "y", "is_checked": False}
    deck.languages = [("language", row), ("language", row)]
    with pytest.raises(ValidationError, match="listed twice"):
        deck.full_clean()


def test_text_from_right_to_left_and_markup_stay_words(client, deck):
    deck.cards, deck.languages = [card("\u202e<script>alert(1)</script>")], []
    deck.save()
    body = client.get(DECK).content.decode()
    assert "<script>alert" not in body
    assert "&lt;script&gt;" in body


def test_the_command_loads_once_and_says_so(home, capsys):
    call_command("load_starting_decks", area="north")
    call_command("load_starting_decks")
    said = capsys.readouterr().out
    assert "eight decks" in said
    assert "nothing was changed" in said
    assert TalkPage.objects.count() == 1
    with pytest.raises(CommandError, match="No area with this code"):
        call_command("load_starting_decks", area="nowhere")


def test_every_picture_is_small_and_hidden_beside_words():
    for name in CARD_PICTURES:
        drawn = card_drawing(name)
        assert 'aria-hidden="true"' in drawn
        assert len(drawn) < 600, name
    assert card_drawing("no such picture") == ""
