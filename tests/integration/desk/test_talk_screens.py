"""Focus groups and interviews at the desk: who comes in, what a page keeps that is not whole, and each step."""

import re
import time
import uuid

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from cms.desk.moderation import SHOWN
from feedback.accounts.roles import PERMISSIONS, Role
from feedback.anonymisation.told_talk import ToldTalk
from feedback.safeguarding.models import Concern
from surveys.responses.talks import Talk, TalkText, quarters_to_choose
from tests.factories import asking
from tests.factories.people import at_desk, staff
from tests.factories.promising import officer, owner
from tests.factories.talking import LINE, WORDS, decided, lead, moderator, quarter_ends, read, recorded

pytestmark = pytest.mark.django_db
TALKS = "desk:talks"


@pytest.fixture
def area():
    return asking.area("north")


def says(reply):
    return reply.content.decode()


def write(area="north"):
    return reverse("desk:talk_write", args=[area])


def token(client):
    return re.search(r'name="token" value="([^"]+)"', says(client.get(write())))[1]


def whole(client, **given):
    usual = {
        "token": token(client), "step": "keep", "about_me": "no", "agreed": "yes", "words_agreed": "yes",
        "kind": "focus_group", "quarter": quarters_to_choose(timezone.localdate())[1], "stage": "", "language": "en",
        "people-AGE_12_17": "many", "theme-1": "time", "line-1": LINE, "words-1": WORDS, "who-1": "AGE_12_17",
    }  # fmt: skip
    return {**usual, **given}


@pytest.mark.parametrize("role", list(Role))
def test_only_whose_job_it_is_comes_in(client, area, role):
    talk, held = read(area), PERMISSIONS[role]
    text = TalkText.objects.filter(talk=talk).first()
    person = at_desk(client, staff("somebody", role, area=area))
    any_of = {"fieldwork.record_talk", "moderation.decide", "releases.recall_quote"}
    for address, needs in (
        (reverse(TALKS), any_of),
        (write(), {"fieldwork.record_talk"}),
        (reverse("desk:talk_text", args=[text.pk]), {"moderation.decide"}),
        (reverse("desk:talk_to_read", args=[talk.pk]), {"safeguarding.read_concern"}),
        (reverse("desk:told_talk", args=["north"]), {"releases.recall_quote"}),
    ):
        assert (person.get(address).status_code == 200) == bool(needs & held), address


def test_a_facilitator_writes_it_down_once_and_sees_how_far_it_came(client, area):
    person = at_desk(client, owner(area))
    said = whole(person)
    assert "Kept. A safeguarding lead reads it first" in says(person.post(write(), said, follow=True))
    again = says(person.post(write(), {**said, "line-1": "Other words."}))
    assert "This page was sent before" in again
    assert "Other words." in again
    assert [text.words for text in TalkText.objects.all()] == [LINE, WORDS]
    page = says(person.get(reverse(TALKS)))
    assert "A safeguarding lead has not read it yet." in page
    assert WORDS not in page
    assert "What was said comes here once" not in page


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"about_me": "yes"}, "let somebody else write it down"),
        ({"about_me": ""}, "Say whether it was about you"),
        ({"agreed": "no"}, "unless everybody who was there agreed"),
        ({"words_agreed": ""}, "unless they agreed to that"),
        ({"kind": "", "quarter": "x\0"}, "choose one of the answers"),
        ({"theme-1": ""}, "Choose a theme"),
        ({"line-1": "y" * 3000}, "too long"),
        ({"token": "x"}, "not whole"),
    ],
)
def test_what_cannot_be_kept_stays_on_the_page(client, area, given, sentence):
    person = at_desk(client, officer(area))
    page = says(person.post(write(), whole(person, **given)))
    assert sentence in page
    assert WORDS in page
    assert not Talk.objects.exists()


def test_bad_input_keeps_nothing_and_breaks_nothing(client, area):
    person = at_desk(client, officer(area))
    too_much = whole(person, **{"line-1": "y" * 3_000_000})
    assert person.post(write(), too_much).status_code in (400, 413)
    asking.area("south")
    assert person.get(write("south")).status_code == 404
    assert person.post(write("south"), whole(person)).status_code == 404
    assert person.post(write(), {"step": "x", "boxes": "99999999"}).status_code == 200
    assert not Talk.objects.exists()
    reply = person.post(write(), whole(person, **{"line-1": "a\0b"}), follow=True)
    assert "Kept." in says(reply)
    assert TalkText.objects.first().words == "ab"


def test_more_boxes_keep_what_was_written(client, area):
    person = at_desk(client, officer(area))
    page = says(person.post(write(), whole(person, step="more", boxes="3")))
    assert 'name="line-6"' in page
    assert LINE in page
    assert not Talk.objects.exists()


def test_a_lead_reads_it_and_ticks_what_worries(client, area):
    talk = recorded(area)
    person = at_desk(client, lead(area))
    assert "1 focus group or interview waits to be read." in says(person.get(reverse("wagtailadmin_home")))
    assert "Read talk 1" in says(person.get(reverse("desk:texts")))
    address = reverse("desk:talk_to_read", args=[talk.pk])
    assert WORDS in says(person.get(address))
    worrying = TalkText.objects.filter(talk=talk).last()
    assert "among the worries" in says(person.post(address, {"worry": str(worrying.pk)}, follow=True))
    assert Concern.objects.get().response_key == worrying.pk
    page = says(at_desk(client, officer(area)).get(reverse(TALKS)))
    assert "Part of it is with the safeguarding leads" in page
    at_desk(client, lead(area))
    assert "not there any more" in says(client.get(reverse("desk:talk_to_read", args=[uuid.uuid4()]), follow=True))
    assert client.post(address, {"worry": "x"}).status_code in (302, 403)


def test_a_moderator_decides_on_one_after_the_other(client, area):
    line, words = TalkText.objects.filter(talk=read(area))
    person = at_desk(client, moderator(area))
    assert "2 texts wait to be decided on." in says(person.get(reverse("wagtailadmin_home")))
    address = reverse("desk:talk_text", args=[line.pk])
    assert "tells this in their own words" in says(person.get(address))
    tried = says(person.post(address, {"step": "try", "mark": ["0"], "kind": "PERSON"}))
    assert "[name]" in tried
    quick = {"step": "usable", "since": signing.dumps(time.time(), salt=SHOWN)}
    assert "quicker than anybody reads" in says(person.post(address, quick))
    assert "answered yes" in says(person.post(address, {"step": "usable", "yes": "classmate"}))
    assert "Choose what you decide" in says(person.post(address, {"step": "nonsense"}))
    reply = person.post(address, {"step": "usable"})
    assert reply["Location"] == reverse("desk:talk_text", args=[words.pk])
    assert "A colleague has decided" in says(person.post(address, {"step": "usable"}, follow=True))
    reply = person.post(reverse("desk:talk_text", args=[words.pk]), {"step": "worry"}, follow=True)
    assert "The safeguarding leads have it now." in says(reply)
    assert ToldTalk.objects.get().words == LINE


def test_what_is_told_is_recalled_for_good(client, area):
    quarter_ends(decided(area))
    person = at_desk(client, lead(area))
    address = reverse("desk:told_talk", args=["north"])
    assert WORDS in says(person.get(address))
    told = ToldTalk.objects.get(sort="words")
    assert "Say why" in says(person.post(address, {"told": str(told.pk), "because": "x"}, follow=True))
    page = says(person.post(address, {"told": str(told.pk), "because": "asked"}, follow=True))
    assert "Recalled." in page
    assert WORDS not in page
    assert WORDS not in says(client.get("/focus-groups/north/"))
    assert person.post(address, {"told": "x"}).status_code in (302, 403)


def test_it_is_erased_once_somebody_says_that_they_mean_it(client, area):
    talk = decided(area)
    person = at_desk(client, officer(area))
    said = {"talk": str(talk.pk)}
    assert "Tick that you mean it" in says(person.post(reverse(TALKS), said, follow=True))
    assert "Erased, with every word of it." in says(person.post(reverse(TALKS), {**said, "sure": "1"}, follow=True))
    assert not TalkText.objects.exists()
    assert not ToldTalk.objects.standing().exists()


def test_another_area_is_not_there(client, area):
    text = TalkText.objects.filter(talk=read(area)).first()
    south = asking.area("south")
    person = at_desk(client, moderator(south, "stranger"))
    assert person.get(reverse("desk:talk_text", args=[text.pk])).status_code in (302, 403)
    assert person.get(reverse("desk:told_talk", args=["north"])).status_code == 404
    assert str(text.pk) not in says(person.get(reverse(TALKS)))
