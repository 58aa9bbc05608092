"""Who guesses codes is slowed down; no school behind one address is locked out."""

import math
import threading

import pytest

from surveys.answering import views
from surveys.answering.guessing import PAUSE_SECONDS, WINDOW_SECONDS, WRONG_BEFORE_SLOW, Guesses, address_of
from surveys.fieldwork.models import OpenLink
from surveys.responses.receipts import WORDS_IN_RECEIPT, words
from tests.factories import asking

FORM = "application/x-www-form-urlencoded"


class Clock:
    """A clock that is set by hand, and what was waited for."""

    def __init__(self):
        self.now, self.waited = 0.0, []

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def guesses(clock):
    return Guesses(clock=clock, pause=clock.waited.append)


def guess_wrong(guesses, times, address="school"):
    for _ in range(times):
        guesses.was_wrong(address)


def test_a_class_that_mistypes_waits_for_nothing(guesses, clock):
    guess_wrong(guesses, WRONG_BEFORE_SLOW - 1)
    assert guesses.slow_down("school")
    assert clock.waited == []


def test_past_the_limit_each_try_takes_a_second_and_still_gets_in(guesses, clock):
    guess_wrong(guesses, WRONG_BEFORE_SLOW)
    assert guesses.slow_down("school")
    assert guesses.slow_down("school")
    assert clock.waited == [PAUSE_SECONDS, PAUSE_SECONDS]


def test_another_address_is_not_slowed(guesses, clock):
    guess_wrong(guesses, WRONG_BEFORE_SLOW)
    assert guesses.slow_down("home")
    assert clock.waited == []


def test_what_was_wrong_long_ago_is_forgotten(guesses, clock):
    guess_wrong(guesses, WRONG_BEFORE_SLOW)
    clock.now = WINDOW_SECONDS
    assert guesses.slow_down("school")
    assert clock.waited == []


def test_one_program_cannot_guess_on_many_lines_at_once(clock):
    waiting, go_on = threading.Event(), threading.Event()

    def pause(_):
        waiting.set()
        assert go_on.wait(10)

    guesses = Guesses(clock=clock, pause=pause)
    guess_wrong(guesses, WRONG_BEFORE_SLOW)
    first = threading.Thread(target=guesses.slow_down, args=["school"])
    first.start()
    assert waiting.wait(10)
    assert not guesses.slow_down("school")
    go_on.set()
    first.join()


def test_no_address_is_kept(guesses):
    guess_wrong(guesses, 1, address="192.0.2.7")
    assert "192.0.2.7" not in repr(vars(guesses))


@pytest.mark.django_db
def test_a_right_code_gets_in_after_many_wrong_ones_from_the_same_address(client, monkeypatch, clock):
    guesses = Guesses(clock=clock, pause=clock.waited.append)
    monkeypatch.setattr(views, "guesses", guesses)
    wave = asking.open_wave()
    link = OpenLink.objects.create(wave=wave, place="school hall", area=wave.area)
    for _ in range(WRONG_BEFORE_SLOW):
        assert client.post("/a/", "code=wrong", content_type=FORM).status_code == 404
    got_in = client.post("/a/", f"code={link.code}", content_type=FORM)
    assert got_in.status_code == 303
    assert len(clock.waited) == 1


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:DB8:1:2::99", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("::1", "::/64"),
        ("unknown", "unknown"),
        ("", ""),
    ],
)
def test_a_connection_with_many_addresses_has_no_more_first_tries_than_one(rf, address, counted):
    assert address_of(rf.get("/", REMOTE_ADDR=address)) == counted


def test_five_words_are_fifty_bits_and_one_address_tries_sixty_a_minute():
    """The figures of decisions 15 and 42; whoever shortens the list or the receipt changes what they promise."""
    assert len(set(words())) == len(words())
    bits = WORDS_IN_RECEIPT * math.log2(len(words()))
    assert bits > 50
    assert 60 / PAUSE_SECONDS == 60
    tries = WRONG_BEFORE_SLOW + 30 * 24 * 3600 / PAUSE_SECONDS
    # One address for a month, in a wave of a hundred thousand.
    assert tries * 100_000 / 2**bits < 1 / 4000
