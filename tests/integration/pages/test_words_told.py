"""Words beside figures: on every page that has them, and on none once they are recalled, however much else is kept."""

import uuid
from types import SimpleNamespace

import pytest

from cms.pages.chapters import CHAPTERS, _about
from feedback.releases.quote_actions import choose_quote, recall_quote
from feedback.releases.quoting import Quotes, ShownQuote, candidates
from surveys.instrument.wording import Voice
from tests.factories.listening import analyst, checker
from tests.factories.quoting import draft, publish, usable, wave_of

pytestmark = pytest.mark.django_db
SAID = "my worker [name] is nice"


@pytest.fixture
def quoted(area):
    wave = wave_of(area)
    usable(wave)
    made = draft(wave)
    quote = choose_quote(made, mark=candidates(made)[0].mark, by=analyst())
    publish(made)
    return made, quote


def pages_with_words(client, made, results):
    start = f"/open-data/{made.code}/"
    every = [results, start, *(f"{start}{chapter}/" for chapter in CHAPTERS), f"{start}questions/listened/"]
    return [address.removeprefix(start) for address in every if SAID in client.get(address).content.decode()]


def test_words_stand_beside_figures_until_they_are_recalled_everywhere(client, results, quoted):
    made, quote = quoted
    assert pages_with_words(client, made, results) == [results, "", "words/", "questions/listened/"]
    recall_quote(quote, because="recognised", by=checker())
    assert pages_with_words(client, made, results) == []
    assert "A quote was recalled." in client.get(f"/open-data/{made.code}/words/").content.decode()


def test_nobody_may_keep_a_page_with_words_longer_than_a_minute(client, results, quoted):
    made, _ = quoted
    for rest in ("", "words/", "questions/listened/"):
        assert client.get(f"/open-data/{made.code}/{rest}")["Cache-Control"] == "public, max-age=60"
    assert "no-cache" in client.get(results)["Cache-Control"]


def test_words_have_an_age_band_and_a_question_and_no_service(client, results, quoted):
    made, _ = quoted
    page = client.get(f"/open-data/{made.code}/words/").content.decode()
    figure = page.split("<figure>")[1].split("</figure>")[0]
    assert "8 to 11 year olds" in figure
    assert "Visits" not in figure


def test_words_beside_a_figure_are_of_its_voice_and_of_nobody_whose_voice_is_not_known():
    def quote(who):
        return ShownQuote(uuid.uuid4(), f"said by {who}", who, "", "en", False)

    question = SimpleNamespace(code="listened")
    said = Quotes(tuple(quote(who) for who in ("Parents and carers", "", "8 to 11 year olds")), 0)
    assert [one.audience for one in _about(question, Voice.CHILD, said)] == ["8 to 11 year olds"]
    assert [one.audience for one in _about(question, Voice.PARENT, said)] == ["Parents and carers"]
    assert _about(question, Voice.PROFESSIONAL, said) == ()
