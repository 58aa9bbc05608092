"""The path is computed from the answers: one tiny survey per behaviour."""

from hypothesis import given
from hypothesis import strategies as st

from surveys.instrument.document import check_answers
from surveys.instrument.routing import answers_on_path, path
from tests.unit.instrument.small import YES_NO, instrument, item, several


def codes(survey, answers):
    return [one.code for one in path(survey.items, answers)]


def test_an_item_is_asked_after_the_answer_that_leads_to_it():
    survey = instrument(item("moved", *YES_NO), item("why", when="moved == yes"), item("end", *YES_NO))
    assert codes(survey, {"moved": "yes"}) == ["moved", "why", "end"]


def test_an_item_is_left_out_after_another_answer():
    survey = instrument(item("moved", *YES_NO), item("why", when="moved == yes"), item("end", *YES_NO))
    assert codes(survey, {"moved": "no"}) == ["moved", "end"]


def test_an_item_is_left_out_when_nothing_was_answered():
    survey = instrument(item("moved", *YES_NO), item("why", when="moved == yes"))
    assert codes(survey, {}) == ["moved"]


def test_any_of_several_answers_may_lead_on():
    survey = instrument(item("kept", "yes", "sometimes", "no"), item("what", when="kept == sometimes|no"))
    assert codes(survey, {"kept": "no"}) == codes(survey, {"kept": "sometimes"}) == ["kept", "what"]


def test_a_way_out_may_lead_on():
    survey = instrument(item("kept", *YES_NO), item("what", when="kept == rather_not_say"))
    assert codes(survey, {"kept": "rather_not_say"}) == ["kept", "what"]


def test_one_of_several_chosen_options_leads_on():
    survey = instrument(several("who", "mum", "dad"), item("how", when="who == mum"))
    assert codes(survey, {"who": ["dad", "mum"]}) == ["who", "how"]
    assert codes(survey, {"who": ["dad"]}) == ["who"]


def test_an_item_off_the_path_leads_nowhere():
    survey = instrument(
        item("moved", *YES_NO), item("liked", *YES_NO, when="moved == yes"), item("why", when="liked == no")
    )
    assert codes(survey, {"moved": "no", "liked": "no"}) == ["moved"]


def test_a_skipped_item_keeps_no_answer():
    survey = instrument(item("moved", *YES_NO), item("why", when="moved == yes"))
    assert check_answers(survey, {"moved": "no", "why": "old"}) == {"moved": "no"}


answers = st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["yes", "no"]))


@given(answers)
def test_the_path_does_not_depend_on_what_was_left_behind(given_answers):
    """Oracle: dropping the answers off the path changes nothing."""
    survey = instrument(
        item("a", *YES_NO),
        item("b", *YES_NO, when="a == yes"),
        item("c", *YES_NO, when="b == no"),
        item("d", *YES_NO, when="a == no"),
    )
    kept = answers_on_path(survey.items, given_answers)
    assert path(survey.items, kept) == path(survey.items, given_answers)
    assert set(kept) <= {one.code for one in path(survey.items, kept)}
