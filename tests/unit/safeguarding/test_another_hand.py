"""Texts of another hand, that knew neither the rules nor the other texts; scored once, with nothing changed since."""

from pathlib import Path

from feedback.safeguarding.screening import screen

HERE = Path(__file__).parent


def share_raised(kind):
    """Which share of the texts of a kind has a signal."""
    texts = (HERE / f"another_hand_{kind}.txt").read_text("utf-8").splitlines()
    assert len(texts) > 100
    return sum(bool(screen(text).signals) for text in texts) / len(texts)


def test_most_of_what_worries_is_raised():
    assert share_raised("worrying") >= 0.95


def test_what_is_ordinary_but_hard_is_raised_no_more_often_than_it_was():
    """The goal is a quarter; of these, chosen to be hard, it is missed: 43 % are raised."""
    assert share_raised("ordinary") <= 0.43
