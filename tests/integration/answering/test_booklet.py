"""A booklet asks on paper what the phone asks, says the routing in words, and is the same for everybody."""

import re

import pytest
from django.utils.translation import override

from feedback.accounts.roles import Role
from surveys.answering.booklet import booklet, question_numbers
from surveys.fieldwork.actions import make_link
from surveys.instrument.items import LADDER_CODES, Item, Kind, Option
from surveys.instrument.routing import Rule
from surveys.instrument.wording import LANGUAGES, Audience
from tests.factories import asking
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
NO = frozenset({"no"})


def printed(client, wave, language="en", role=Role.PARTICIPATION_OFFICER, area=None):
    at_desk(client, staff("officer", role, area=area))
    return client.get(f"/desk/work/waves/{wave.code}/booklet/{language}/")


def of_each_kind():
    faces = tuple(Option(code, {"en": code.title()}, picture=code) for code in ("happy", "unhappy"))
    pictures = tuple(Option(code, {"en": code.title()}, picture=code) for code in ("ear", "sun"))
    return (
        asking.closed_item("plain", "yes", "no"),
        Item(code="face", kind=Kind.FACES, texts={"en": "Which face?"}, options=faces),
        Item(code="pic", kind=Kind.PICTURES, texts={"en": "Which picture?"}, options=pictures),
        asking.closed_item("again", "yes", "maybe", "no", kind=Kind.AGAIN),
        asking.closed_item("ladder", *LADDER_CODES, kind=Kind.LADDER),
        asking.closed_item("many", "one", "two", kind=Kind.MULTI),
        asking.closed_item("order", "first", "second", kind=Kind.SORT),
        Item(code="tells", kind=Kind.INFORMATION, texts={"en": "Half way."}),
        Item(code="short", kind=Kind.SHORT, texts={"en": "One word?"}),
        asking.text_item("words"),
        Item(code="draw", kind=Kind.DRAWING, texts={"en": "Draw it?"}),
    )


def test_every_way_of_answering_has_a_place_for_a_pen(client):
    wave = asking.open_wave(*of_each_kind())
    page = printed(client, wave).content.decode()
    sections = re.findall(r'<section class="q.*?</section>', page, re.S)
    by_heading = {re.sub(r".*<span>|</span>.*", "", re.search(r"<h2>.*?</h2>", s)[0]): s for s in sections}
    boxes = {name: part.count('<i class="box"></i>') for name, part in by_heading.items()}
    two_ways_out = 2
    assert boxes["Question plain?"] == 2 + two_ways_out
    assert boxes["Question ladder?"] == 11 + two_ways_out
    assert boxes["Question many?"] == 2 + two_ways_out
    assert "Tick as many as you like." in by_heading["Question many?"]
    assert by_heading["Question order?"].count('<i class="number">') == 2
    assert "Write 1" in by_heading["Question order?"]
    assert by_heading["Which face?"].count("<svg") == 2
    assert by_heading["Which picture?"].count("<svg") == 2
    assert boxes["Half way."] == 0
    assert by_heading["One word?"].count('<p class="line"></p>') == 1
    assert by_heading["Question words?"].count('<p class="line"></p>') > 3
    assert 'class="draw"' in by_heading["Draw it?"]
    for words in ("Question words?", "One word?", "Draw it?"):
        assert "Childline" in by_heading[words]
    apart = {name for name, part in by_heading.items() if part.count('class="boxes out"') == 1}
    closed = {f"Question {code}?" for code in ("plain", "again", "ladder", "many", "order")}
    assert apart == closed | {"Which face?", "Which picture?"}


def test_a_question_is_numbered_and_what_tells_is_not():
    numbers = question_numbers(asking.instrument(*of_each_kind()))
    assert numbers["order"] == 7
    assert numbers["short"] == 8
    assert "tells" not in numbers


def parts(*items, language="en", **fields):
    wave = asking.open_wave(*items, **fields)
    with override(language):
        made = booklet(wave.edition, asking.instrument(*items), wave=wave.code, language=language)
    return {part.code: part for part in made.parts}


def test_the_routing_is_told_in_words():
    found = parts(
        asking.closed_item("a", "yes", "no", "maybe"),
        asking.closed_item("b", "x", "y", rule=Rule("a", frozenset({"no", "maybe", "do_not_know"}))),
        asking.text_item("c", rule=Rule("b", frozenset({"y"}))),
        asking.closed_item("d", "x", "y"),
        asking.text_item("e", rule=Rule("d", frozenset({"x"}))),
    )
    assert found["a"].only_if == ""
    assert found["b"].only_if == (
        "Only if you ticked “No” or “Maybe” or “I don’t know” at question 1. If you did not, go on to question 4."
    )
    assert found["c"].only_if == "Only if you ticked “Y” at question 2. If you did not, go on to question 4."
    assert found["e"].only_if == "Only if you ticked “X” at question 4. If you did not, go on to the last question."


def test_nobody_is_sent_on_to_a_question_that_hangs_on_the_same_answer():
    found = parts(
        asking.closed_item("a", "yes", "no"),
        asking.text_item("b", rule=Rule("a", NO)),
        asking.text_item("c", rule=Rule("a", NO)),
        asking.text_item("d"),
    )
    assert found["b"].only_if.endswith("go on to question 4.")


def test_the_cover_says_what_the_phone_says_and_what_is_true_of_paper(client):
    frozen = asking.edition(introduction={"en": "About your helper."}, designed_by="The Lanterns")
    wave = asking.open_wave(of=frozen.survey.care_council.area, edition=frozen)
    page = printed(client, wave).content.decode()
    for said in (
        "About your helper.",
        "made by The Lanterns",
        "Nobody at home or at school sees them.",
        "Nobody knows it was you",
        "we cannot come and find you",
        "You can stop at any time.",
        "Someone who picks it up can read it.",
        "you cannot get it back",
        "Do not write your name on it.",
    ):
        assert said in page
    assert "taps" not in page
    assert "Hide this page" not in page
    assert "five words" not in page


def test_told_is_asked_last_and_then_what_to_do_with_the_paper(client):
    page = printed(client, asking.open_wave()).content.decode()
    places = [page.index(said) for said in ("Question words?", "Did someone tell you", "Fold it", "The office writes")]
    assert places == sorted(places)


def test_every_copy_is_the_same_and_says_its_edition(client):
    wave = asking.open_wave()
    link = make_link(wave, place="Here", area=wave.area, by=staff("officer", Role.PARTICIPATION_OFFICER))
    first, second = (printed(client, wave).content.decode() for _ in range(2))
    assert first == second
    assert "edition 1" in first
    assert link.code not in first


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_it_speaks_every_language_of_its_edition(client, language):
    item = Item(code="a", kind=Kind.TEXT, texts=dict.fromkeys(LANGUAGES, "?"))
    made = asking.instrument(item)
    wave = asking.open_wave(item)
    with override(language):
        book = booklet(wave.edition, made, wave=wave.code, language=language)
        assert book.direction == ("rtl" if language in {"ar", "ur"} else "ltr")
        assert book.language_name == LANGUAGES[language]
        if language != "en":
            assert str(book.words.promise) != "Nobody knows it was you"


def test_a_language_the_edition_does_not_speak_is_not_there(client):
    assert printed(client, asking.open_wave(), "pl").status_code == 404


@pytest.mark.parametrize("audience", list(Audience))
def test_each_audience_is_spoken_to_in_its_own_voice(client, audience):
    page = printed(client, asking.open_wave(audience=audience)).content.decode()
    family = {
        "PARENT_CARER": "adults",
        "PROFESSIONAL": "adults",
        "REFERRER": "adults",
        "AGE_12_17": "young",
        "CARE_LEAVER": "young",
    }
    assert f'<body class="{family.get(audience, "children")} t' in page


def test_the_wave_offers_booklets_and_stickers_beside_each_poster(client):
    wave = asking.open_wave()
    officer = staff("officer", Role.PARTICIPATION_OFFICER)
    link = make_link(wave, place="Here", area=wave.area, by=officer)
    at_desk(client, officer)
    page = client.get(f"/desk/work/waves/{wave.code}/").content.decode()
    assert f"/desk/work/waves/{wave.code}/booklet/en/" in page
    assert f"/a/posters/{link.code}/stickers/" in page


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PARTICIPATION_OFFICER])
def test_only_an_officer_prints(client, role):
    assert printed(client, asking.open_wave(), role=role).status_code in {302, 403, 404}


def test_an_officer_of_another_area_prints_nothing_here(client):
    assert printed(client, asking.open_wave(), area=asking.area("far")).status_code == 404
