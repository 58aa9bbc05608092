"""What adults write about their work: fewer ordinary sentences are raised, and no worrying one is missed for it."""

from pathlib import Path

import pytest

from feedback.safeguarding.screening import SIMILAR, Severity, screen
from feedback.safeguarding.screening_figures import at_work_lines, looked_at, missed_at_work
from feedback.safeguarding.screening_model import AT_WORK_FILE
from feedback.safeguarding.screening_training import AT_WORK, Labelled, labelled, trained_at_work
from tests.unit.safeguarding import held_out

HERE = Path(__file__).parent
CARD = Path(__file__).parents[3] / "docs/explanation/screening.md"
SET_ASIDE, LEARNED = f"held out{AT_WORK}", f"train{AT_WORK}"


def of_another_hand():
    texts = (HERE / "another_hand_worrying.txt").read_text("utf-8").splitlines()
    return [Labelled(text, 1, "en", "", "") for text in [*texts, *held_out.WORRYING]]


def test_the_committed_texts_give_the_committed_weights_to_the_byte():
    assert trained_at_work() == AT_WORK_FILE.read_text("ascii")


@pytest.mark.parametrize("texts", [labelled("held out"), labelled("train"), of_another_hand()])
def test_no_worrying_text_is_missed_or_read_later_because_an_adult_wrote_it_at_work(texts):
    assert missed_at_work(texts) == []


def test_what_worries_an_adult_at_work_is_raised():
    worrying = [text for text in labelled(SET_ASIDE) if text.label]
    assert all(one.is_raised for one in looked_at(worrying, at_work=True))


def test_fewer_ordinary_sentences_about_work_are_raised():
    ordinary = [text for text in labelled(SET_ASIDE) if not text.label]
    as_children, at_work = looked_at(ordinary), looked_at(ordinary, at_work=True)
    assert sum(one.is_raised for one in at_work) < sum(one.is_raised for one in as_children)


def test_nothing_set_aside_was_learned_and_what_was_learned_here_is_not_learned_for_children():
    learned, set_aside = ({text.text for text in labelled(part)} for part in (LEARNED, SET_ASIDE))
    of_children = {text.text for part in ("train", "held out") for text in labelled(part)}
    assert len(learned) > 150
    assert len(set_aside) == 60
    assert not learned & set_aside
    assert not of_children & (learned | set_aside)


def test_the_model_card_has_the_figures_that_are_computed():
    card = CARD.read_text("utf-8")
    assert [line for line in at_work_lines() if line not in card] == []


def test_rules_are_the_same_whoever_writes():
    text = "he hits me when he is drunk"
    as_children, at_work = (
        [signal for signal in screen(text, at_work=at_work).signals if signal.rule != SIMILAR]
        for at_work in (False, True)
    )
    assert as_children == at_work
    assert screen(text, at_work=True).severity is Severity.NOW
