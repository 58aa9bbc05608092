"""What a lead is told was noticed in a text."""

from hypothesis import given
from hypothesis import strategies as st

from feedback.safeguarding.screening import LONGEST_QUOTED, not_screened, noticed_in, screen

WORRY = "he hits me when he is drunk. mum says he hits me because i am bad"


def test_each_reason_stands_once_with_the_words_that_gave_it():
    noticed = noticed_in(WORRY, screen(WORRY).signals)
    reasons = [one.reason for one in noticed]
    assert len(reasons) == len(set(reasons))
    assert any("he hits me" in one.words for one in noticed)


def test_of_what_was_not_screened_nothing_is_quoted():
    (only,) = noticed_in("ሰላም ነው", not_screened("ሰላም ነው").signals)
    assert only.words == ()


@given(st.text())
def test_what_is_quoted_stands_in_the_text(text):
    for one in noticed_in(f"{text} he hits me {text}", screen(f"{text} he hits me {text}").signals):
        for words in one.words:
            assert words in f"{text} he hits me {text}"
            assert len(words) <= LONGEST_QUOTED
