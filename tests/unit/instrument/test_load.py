"""How much of somebody's time a survey asks for."""

from hypothesis import given
from hypothesis import strategies as st

from surveys.instrument.items import Item, Kind
from surveys.instrument.load import minutes_of, questions_in, seconds_of
from tests.factories.asking import closed_item, instrument, text_item

TOLD = Item(code="told", kind=Kind.INFORMATION, texts={"en": "Now."}, ways_out=())


def test_every_way_of_answering_takes_some_time():
    for kind in Kind:
        assert seconds_of(Item(code="x", kind=kind, texts={"en": "X?"})) > 0
    assert seconds_of(text_item("words")) > seconds_of(closed_item("who", "a", "b", kind=Kind.MULTI))
    assert seconds_of(closed_item("who", "a", "b", kind=Kind.MULTI)) > seconds_of(closed_item("one", "a", "b"))


@given(st.integers(1, 60), st.integers(0, 20))
def test_minutes_cover_every_second_and_no_minute_more(choices, told):
    asked = [closed_item(f"q{n}", "a", "b") for n in range(choices)]
    told_items = [Item(code=f"t{n}", kind=TOLD.kind, texts=TOLD.texts, ways_out=()) for n in range(told)]
    whole = instrument(*asked, *told_items)
    seconds = sum(seconds_of(item) for item in whole.items)
    assert seconds <= 60 * minutes_of(whole) < seconds + 60 or minutes_of(whole) == 1
    assert questions_in(whole) == choices
