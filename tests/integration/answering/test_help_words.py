"""The words at which the phone shows help: each list finds what it is for, says nothing elsewhere, and is small."""

import gzip
import re

import pytest

from surveys.answering.help_words import PHRASES, pattern_of, plain, shows_help
from surveys.instrument.wording import LANGUAGES
from tests.factories.help_examples import NOT_SHOWN, SHOWN

# Words that filters of schools look for in what is opened there.
FILTERED = ("suicid", "rape", "sex", "kill", "kil", "nude", "overdos", "self harm")


@pytest.mark.parametrize(("language", "text"), SHOWN)
def test_help_is_shown_beside_what_sounds_like_danger(language, text):
    assert shows_help(text, language=language)


@pytest.mark.parametrize(("language", "text"), NOT_SHOWN)
def test_and_not_beside_everything(language, text):
    assert not shows_help(text, language=language)


def test_every_language_of_ours_has_a_list_and_english_with_it():
    assert set(PHRASES) == set(LANGUAGES)
    for language in LANGUAGES:
        assert shows_help("he hits me", language=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_is_found_in_nothing(language):
    """A phrase that is empty, or all star, would show help beside every word."""
    assert not shows_help("w", language=language)
    assert not shows_help("w w w w w w", language=language)
    assert "||" not in pattern_of(language)
    assert "(?:|" not in pattern_of(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_text_is_searched_in_no_time(language):
    """Nothing in the pattern can be tried in more ways than a text has words."""
    assert re.search(pattern_of(language), plain("hit touch lock w " * 20_000)) is None


def test_what_is_served_is_the_pattern_backwards_and_no_filter_finds_a_word_in_it(client):
    page = client.get("/a/help.en.txt")
    pattern, *said = page.content.decode()[::-1].split("\n")
    assert pattern == pattern_of("en")
    assert said[0] == "If you are not safe now, or want to talk to someone:"
    assert page["Cache-Control"] == "public, max-age=3600"
    assert not any(word in page.content.decode() for word in FILTERED)
    assert client.get("/a/help.en.txt", headers={"If-None-Match": page["ETag"]}).status_code == 304


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_are_few_bytes(client, language):
    page = client.get(f"/a/help.{language}.txt")
    assert page.status_code == 200
    assert len(gzip.compress(page.content)) < 1900


def test_there_are_no_words_in_a_language_that_is_not_ours(client):
    assert client.get("/a/help.xx.txt").status_code == 404
    assert client.post("/a/help.en.txt").status_code == 405
