"""Under which name a question is counted when a survey changes; the editions of two surveys of one audience."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from feedback.releases.series import AskedEdition, code_of, is_later_series, names_of_editions
from surveys.instrument.document import Instrument
from surveys.instrument.items import Item, Kind, Option
from surveys.instrument.routing import Rule
from surveys.instrument.wording import Audience

YES_NO, THREE = ("yes", "no"), ("yes", "a_bit", "no")


def item(code="safe", text="Do you feel safe here?", options=YES_NO, rule=None):
    return Item(code, options=tuple(Option(o, {"en": o.title()}) for o in options), texts={"en": text}, rule=rule,
                kind=Kind.CHOICE)  # fmt: skip


def asked(key, *items, survey=1, audience=Audience.AGE_8_11, **about):
    usual = {"title": {"en": "A"}, "kind": "survey", "promise": "nobody_knows", "languages": ("en",)}
    return AskedEdition(key, survey, key, Instrument(audience=audience, items=items, **{**usual, **about}))


def names(*editions, settled=None, same=lambda before, after, item: False):
    found = names_of_editions(editions, settled=settled or {}, means_the_same=same)
    return [found[edition.key] for edition in editions]


def test_an_edition_that_asks_the_same_goes_on():
    assert names(asked(1, item()), asked(2, item(), item("kept"))) == [
        {"safe": "safe"},
        {"safe": "safe", "kept": "kept"},
    ]


def test_other_options_begin_a_new_series_and_going_back_takes_the_old_one_up():
    found = names(asked(1, item()), asked(2, item(options=THREE)), asked(3, item()), asked(4, item(options=THREE)))
    assert [one["safe"] for one in found] == ["safe", "safe~2", "safe", "safe~2"]


def test_other_words_break_unless_people_say_that_they_mean_the_same():
    editions = asked(1, item()), asked(2, item(text="Are you safe at home?"))
    assert names(*editions)[1] == {"safe": "safe~2"}
    assert names(*editions, same=lambda before, after, code: code == "safe")[1] == {"safe": "safe"}


def test_nobody_can_say_that_another_form_means_the_same():
    found = names(asked(1, item()), asked(2, item(options=THREE)), same=lambda *_: True)
    assert found[1] == {"safe": "safe~2"}


def test_a_slip_of_the_keyboard_is_no_break():
    assert names(asked(1, item(text="Do you fell safe hear?")), asked(2, item(text="do you fell safe hear")))[1] == {
        "safe": "safe"
    }


def test_another_promise_breaks_every_series_of_the_survey():
    found = names(asked(1, item()), asked(2, item(), promise="my_code"))
    assert found[1] == {"safe": "safe~2"}


def test_what_is_settled_stays_whatever_is_said_later():
    editions = asked(1, item()), asked(2, item(text="Are you safe at home?"))
    settled = {(1, "safe"): "safe", (2, "safe"): "safe~2"}
    assert names(*editions, settled=settled, same=lambda *_: True)[1] == {"safe": "safe~2"}
    third = asked(3, item(text="Is it safe?"))
    assert names(*editions, third, settled=settled)[2] == {"safe": "safe~3"}


def test_two_surveys_share_a_code_where_the_form_is_the_same():
    found = names(
        asked(1, item()), asked(2, item(text="Other words?"), survey=2), asked(3, item(options=THREE), survey=3)
    )
    assert [one["safe"] for one in found] == ["safe", "safe", "safe~2"]


def test_other_audiences_have_words_and_answers_of_their_own():
    found = names(asked(1, item()), asked(2, item(options=THREE), survey=2, audience=Audience.AGE_12_17))
    assert found[1] == {"safe": "safe"}


def test_what_is_asked_after_a_broken_question_breaks_with_it():
    why = item("why", "Why not?", rule=Rule("safe", frozenset({"no"})))
    found = names(asked(1, item(), why), asked(2, item(options=THREE), why))
    assert found[1] == {"safe": "safe~2", "why": "why~2"}


def test_the_code_is_found_again():
    assert (code_of("safe~12"), code_of("safe")) == ("safe", "safe")
    assert is_later_series("safe~2")
    assert not is_later_series("safe")


VERSIONS = st.tuples(
    st.sampled_from([1, 2]), st.sampled_from([YES_NO, THREE]), st.sampled_from(["Do you feel safe?", "Is home safe?"])
)


@given(st.lists(VERSIONS, min_size=1, max_size=7), st.integers(0, 7))
def test_one_name_never_joins_two_forms_and_later_editions_rename_nothing(versions, cut):
    """The oracle: within an audience, a name has one form; what was named stays named as editions are added."""
    editions = [
        asked(key, item(text=text, options=options), survey=survey)
        for key, (survey, options, text) in enumerate(versions, 1)
    ]
    found = names(*editions)
    forms = {}
    for edition, one in zip(editions, found, strict=True):
        form = edition.instrument.items[0].option_codes
        assert forms.setdefault(one["safe"], form) == form
    assert names(*editions[:cut]) == found[:cut]
    settled = {(edition.key, "safe"): one["safe"] for edition, one in zip(editions, found, strict=True)}
    assert names(*editions, settled=settled, same=lambda *_: True) == found
    for before, after in pairwise(editions):
        if before.survey == after.survey and before.instrument.items != after.instrument.items:
            assert found[before.key - 1] != found[after.key - 1]


def test_an_edition_of_nothing_closed_has_no_names():
    words = replace(item(), kind=Kind.TEXT, options=())
    assert names(asked(1, words)) == [{}]
