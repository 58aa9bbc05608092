"""A drawing is a comment of its own: two moderators decide on it, it keeps no order of strokes, and none is changed."""

import uuid

import pytest

from feedback.anonymisation.actions import sweep
from feedback.anonymisation.models import Comment, Moderation
from feedback.anonymisation.moderation import Corrected, corrected_for, waiting_for
from feedback.anonymisation.moderation_actions import decide_comment, read_comment, take_back_decision
from surveys.frame.policies import NotAllowed
from surveys.instrument.items import Item, Kind
from surveys.responses.actions import Place, new_response, record
from tests.factories import asking
from tests.factories.moderating import is_read, moderator

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    return asking.open_wave()


@pytest.fixture
def ann(wave):
    return moderator(wave.area, "ann")


@pytest.fixture
def drawing(wave):
    """A drawing that waits, of somebody who wrote nothing."""
    asked = Item(code="picture", kind=Kind.DRAWING, texts={"en": "Draw?"})
    drawn = asking.open_wave(asking.closed_item("listened", "yes", "no"), asked, of=wave.area)
    response = new_response(
        uuid.uuid4(), wave=drawn, edition=drawn.edition, place=Place(wave.area_id),
        answers={"picture": {"strokes": STROKES_AS_SENT}}, language="en", helper="alone",
    )  # fmt: skip
    record(response)
    sweep()
    is_read(response)
    sweep()
    return Comment.objects.get(is_drawing=True)


STROKES_AS_SENT = "M9,9l2,2M1,1l2,2"


def on_drawing(of, by, decision="usable", **given):
    decide_comment(of, decision=decision, marked=set(), label="PERSON", by=by, **given)
    of.refresh_from_db()
    return of


def test_a_drawing_is_usable_once_two_say_so_and_keeps_no_order_of_strokes(drawing, ann, wave):
    with pytest.raises(NotAllowed, match="two moderators"):
        on_drawing(drawing, ann)
    bob = moderator(wave.area, "bob")
    assert (on_drawing(drawing, ann).status, drawing.text) == ("redacted", "")
    with pytest.raises(NotAllowed, match="they decide"):
        on_drawing(drawing, ann)
    assert not waiting_for(ann).exists()
    assert read_comment(drawing, by=bob).drawn == STROKES_AS_SENT
    assert (on_drawing(drawing, bob).status, drawing.text) == ("moderated", "M1,1l2,2M9,9l2,2")
    assert corrected_for(ann) == Corrected(0, 0, 0)
    take_back_decision(drawing, by=bob)
    moderator(wave.area, "cat")
    assert on_drawing(Comment.objects.get(), bob).status == "redacted"


def test_a_drawing_with_writing_in_it_is_not_usable_and_none_is_changed(drawing, ann, wave):
    moderator(wave.area, "bob")
    with pytest.raises(NotAllowed, match="answered yes"):
        on_drawing(drawing, ann, reasons=["writing"])
    with pytest.raises(NotAllowed, match="Nothing of a drawing"):
        on_drawing(drawing, ann, "change_more")
    assert on_drawing(drawing, ann, "not_usable", reasons=["writing"]).text == ""
    assert Moderation.objects.get().reasons == ["writing"]
