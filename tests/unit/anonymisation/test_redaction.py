"""What redaction finds is measured on texts it was not tuned on; no text makes it fail."""

import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.anonymisation import redaction_training
from feedback.anonymisation.redaction import Span, redact, redacted, without_overlaps
from feedback.anonymisation.redaction_lists import lists
from feedback.anonymisation.redaction_model import LABELS, the_model
from tests.unit.anonymisation.labelled import labelled, score


def shown(text):
    return redacted(text, redact(text).spans)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("my worker kelly is nice", "my worker [name] is nice"),
        ("Ke\u200blly is nice", "[name] is nice"),
        ("Ka😀yla stole my phone", "[name] stole my phone"),
        ("\u0410nna is my worker", "[name] is my worker"),
        ("d a n i e l is nice", "[name] is nice"),
        ("i told hope about it", "i told [name] about it"),
        ("i hope they listen", "i hope they listen"),
        ("will Will come back", "will [name] come back"),
        ("they said may but it was june", "they said may but it was june"),
        ("the bath was cold", "the bath was cold"),
        ("i moved to Hull", "i moved to [place]"),
        ("i go to St Marys primary school", "i go to [school]"),
        ("my primary school was better", "my primary school was better"),
        ("they put me in maple lodge", "they put me in [service]"),
        ("ring 07700 9oo 321", "ring [phone]"),
        ("im 13 and my brother is 5", "im [age] and my brother is [age]"),
        ("i have 3 brothers", "i have 3 brothers"),
        ("we live at 14 Beech Grove, LS7 1AB", "we live at [address], [postcode]"),
        ("add me on snap lil_zee09", "add me on snap [account]"),
        ("mail m.k@mail.example or see www.example.org/x", "mail [email] or see [link]"),
        ("it was on 3rd June 2015", "it was on [date]"),
        ("good😀thanks", "good😀thanks"),
    ],
)
def test_what_identifies_is_replaced_by_what_it_was(text, expected):
    assert shown(text) == expected


# What each set scored when it was first seen is in docs/explanation/redaction.md; these are floors of what it is now.
@pytest.mark.parametrize(
    ("file", "texts", "recall"),
    [
        ("held_out.txt", 159, 0.98),
        ("tuned.txt", 199, 0.98),
        ("later.txt", 181, 0.97),
        ("third.txt", 131, 0.97),
        ("voices.txt", 918, 0.97),
        ("ordinary.txt", 1231, 0),
        ("frozen.txt", 448, 0.98),
        ("fresh.txt", 135, 0.95),
        ("another_hand.txt", 220, 0.99),
    ],
)
def test_most_of_what_identifies_is_found_and_little_else(file, texts, recall):
    found = score(labelled(file))
    assert found.texts == texts
    assert found.recall >= recall, found.missed
    # These two have the hardest ordinary words, and miss the goal of 3 %.
    assert found.over < (0.045 if file in {"frozen.txt", "another_hand.txt"} else 0.03)


def test_small_letters_hide_little():
    found = score((text.lower(), spans) for text, spans in labelled("held_out.txt") if len(text.lower()) == len(text))
    assert found.recall >= 0.93, found.missed


@pytest.mark.parametrize("text", ["mój brat chce być z nami w domu", "я хочу додому до мами", "أريد أن أعود إلى البيت"])
def test_another_language_waits_for_who_reads_it(text):
    assert redact(text).needs_a_reader


def test_english_waits_for_nobody_else():
    assert not redact("i want to live with my nan").needs_a_reader
    assert redact("i want to live with my nan", language="pl").needs_a_reader


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_no_text_makes_it_fail(text):
    found = redact(text).spans
    assert list(found) == sorted(found)
    assert all(0 <= span.start < span.end <= len(text) for span in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    redacted(text, found)


WORDS = ["kelly", "is", "my", "worker", "hope", "will", "st", "7", "road", "im", "from", "leeds", "and", "The", "."]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_what_was_left_out_stays_left_out_and_whole(parts):
    once = shown(" ".join(parts))
    spans = redact(once).spans
    brackets = [found.span() for found in re.finditer(r"\[[a-z ]+\]", once)]
    assert not [span for span in spans for start, end in brackets if span.start < end and start < span.end]


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(["kelly", "shaniqua", "mohammed", "agnieszka"]), st.data())
def test_what_nobody_sees_hides_no_name(name, data):
    at = data.draw(st.integers(1, len(name) - 1))
    unseen = data.draw(st.sampled_from(["\u200b", "\u200d", "\u2060", "\u00ad", "\ufeff", "😀", "❤️", "!", "*"]))
    written = f"my worker {name[:at]}{unseen}{name[at:]} is nice"
    assert shown(written) == "my worker [name] is nice"


def test_the_weights_are_those_that_the_texts_give_and_no_others():
    known = lists()
    texts = list(labelled("held_out.txt"))[:40]
    assert redaction_training.trained(texts, known) == redaction_training.trained(texts, known)
    assert the_model().identifies
    assert all(len(weights) == len(LABELS) for weights in the_model().labels.values())


def test_the_learned_layer_only_adds():
    for text, _ in labelled("voices.txt"):
        rules = redact(text, learned=False).spans
        both = redact(text).spans
        assert all(any(one.start <= span.start and span.end <= one.end for one in both) for span in rules), text


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["kelly", "will", "st", "7", "road", "\u200b", "😀", "@x", "im", ".", "The", "A"])))
def test_nothing_of_what_was_found_is_left(parts):
    text = " ".join(parts)
    assert "kelly" not in shown(text)


def test_time_grows_with_the_text_and_no_faster():
    piece = "my worker Kelly from hillcrest said im 9 and 0 7 a@ " * 400
    redact(piece)
    start = time.process_time()
    redact(piece)
    once = time.process_time() - start
    start = time.process_time()
    redact(piece * 5)
    assert time.process_time() - start < once * 15 + 0.5


@pytest.mark.parametrize("unit", ["a", "@", "0 ", "A.", "\u200b", "x@x.", "one ", "st ", "\x00", "1/"])
def test_a_long_run_of_one_thing_ends(unit):
    start = time.process_time()
    redact(unit * (20_000 // len(unit)))
    assert time.process_time() - start < 5


def test_overlapping_marks_become_one():
    assert without_overlaps([Span(0, 5, "PERSON"), Span(3, 12, "SCHOOL")]) == (Span(0, 12, "SCHOOL"),)


def test_the_lists_say_where_they_come_from():
    folder = Path(lists.__globals__["HERE"])
    named = (folder / "SOURCES.md").read_text()
    assert all(file.name in named for file in folder.glob("*.txt"))
