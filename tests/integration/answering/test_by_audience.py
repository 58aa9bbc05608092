"""What the phone does for each audience: it follows from the edition, and from nothing anybody sets."""

import re

import pytest

from surveys.instrument.items import Kind
from surveys.instrument.wording import Audience
from surveys.responses.models import Response
from tests.factories import asking

pytestmark = pytest.mark.django_db
# The design's table, typed here once more: target in px, a break after so many, large Listen button, a try first.
TABLE = {
    "AGE_4_5": (64, 5, True, False),
    "AGE_6_7": (64, 5, True, True),
    "AGE_8_11": (48, 10, False, True),
    "AGE_12_17": (44, None, False, False),
    "CARE_LEAVER": (44, None, False, False),
    "PARENT_CARER": (44, None, False, False),
    "PROFESSIONAL": (44, None, False, False),
    "REFERRER": (44, None, False, False),
}
QUESTIONS = 10


def document(client, audience, *, language="", kind=None, n=QUESTIONS):
    kind = kind or ("conversation" if audience == "AGE_4_5" else "survey")
    items = [asking.text_item(f"q{number}") for number in range(n)]
    edition = asking.edition(*items, audience=Audience(audience), kind=kind, designed_by="The Lanterns")
    wave = asking.open_wave(edition=edition)
    return client.get(f"/a/{wave.code}/{language}").content.decode(), wave


@pytest.mark.parametrize("audience", TABLE)
def test_targets_breaks_audio_and_practice_follow_the_audience(client, audience):
    target, every, is_loud, has_practice = TABLE[audience]
    page, _ = document(client, audience)
    assert f' t{target}"' in re.search(r"<body[^>]*>", page)[0]
    rests = [int(n) for n in re.findall(r'id="s-rest\.(\d+)"', page)]
    # A rest has questions before it and after it.
    assert rests == [n for n in range(1, QUESTIONS) if every and n % every == 0]
    assert ('class="loud"' in page) is is_loud
    assert ('id="s-try"' in page) is has_practice
    # Reading aloud is there for everybody.
    assert "data-aloud=" in page


@pytest.mark.parametrize("audience", TABLE)
def test_each_audience_is_spoken_to_in_its_own_words(client, audience):
    page, _ = document(client, audience)
    young, worker = "young people who have social workers", "children who have social workers"
    assert (worker in page) is audience.startswith(("AGE_4", "AGE_6", "AGE_8"))
    assert (young in page) is (audience in {"AGE_12_17", "CARE_LEAVER"})
    assert ("your family" in page.split("s-promise")[0]) is (audience in {"AGE_12_17", "CARE_LEAVER", "PARENT_CARER"})
    assert ("personal adviser" in page) is (audience == "CARE_LEAVER")
    # Childline is for those under 19; the strip below has it for everybody.
    assert ("Samaritans" in page) is (audience == "CARE_LEAVER")
    assert ("What professionals say" in page) is (audience == "PROFESSIONAL")
    assert ("those who refer families say" in page) is (audience == "REFERRER")


def test_a_conversation_speaks_first_to_the_one_who_holds_the_phone(client):
    page, _ = document(client, "AGE_4_5")
    first = page.split('id="s-what"')[1].split("</section>")[0]
    assert first.index("To you who hold this: read it aloud together") < first.index("children who have social workers")
    assert "We do not count it." in first
    who = page.split('id="s-who"')[1].split("</section>")[0]
    assert re.findall(r'name="helper" value="(\w+)"', who) == ["read", "tapped", "chose", "subject"]
    assert "if anything worried you, call a number below today" in page.split('id="s-send"')[1]
    assert "Numbers" not in page


@pytest.mark.parametrize("audience", ["AGE_8_11", "AGE_12_17"])
def test_any_audience_can_be_talked_with(client, audience):
    page, _ = document(client, audience, kind="conversation")
    assert "To you who hold this" in page
    assert 'id="s-try"' not in page
    assert "To you who hold this" not in document(client, audience)[0]


def test_a_conversation_costs_few_bytes_more_and_a_survey_none(client):
    talk, _ = document(client, "AGE_4_5", n=3)
    survey, _ = document(client, "AGE_6_7", n=3)
    # Most of it is what is asked at its end: whether others may read it.
    assert len(talk.encode()) < len(survey.encode()) + 1200


@pytest.mark.parametrize("kind", [Kind.CHOICE, Kind.TEXT])
def test_what_was_said_in_a_conversation_is_stored_like_an_answer(client, kind):
    item = asking.closed_item("t", "in", "out") if kind is Kind.CHOICE else asking.text_item("t")
    edition = asking.edition(item, audience=Audience.AGE_4_5, kind="conversation")
    wave = asking.open_wave(edition=edition)
    form = f"edition={edition.digest}&language=en&helper=read&told=nobody&q_t=in"
    sent = client.post(f"/a/{wave.code}/", form, content_type="application/x-www-form-urlencoded")
    assert sent.status_code == 303
    assert "Someone reads what you said and drew." in client.get(sent["Location"]).content.decode()
    stored = Response.objects.get()
    assert (stored.answers, stored.audience, stored.helper) == ({"t": "in"}, "AGE_4_5", "read")
