"""Focus groups and interviews: kept once, read by a lead, decided on by a second person, told as talk or not at all."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import ModelLogEntry

from feedback.accounts.roles import PERMISSIONS, Role
from feedback.anonymisation.actions import sweep
from feedback.anonymisation.talk_actions import (
    Marked,
    decide_talk_text,
    erase_talk,
    erase_talks_again,
    read_talk_text,
    recall_talk,
    recall_talk_again,
    worry_about_talk,
)
from feedback.anonymisation.telling_talk import erased_talks, recalled_talk, waiting_texts
from feedback.anonymisation.told_talk import ToldTalk
from feedback.releases.talk import talks_of
from feedback.safeguarding.actions import close_concern, read_concern, refer_concern
from feedback.safeguarding.models import Concern
from feedback.safeguarding.talk_actions import erase_old_talk_texts, finish_talk, read_talk, talk_texts_left
from feedback.safeguarding.talks import unread_talks
from surveys.frame.policies import NotAllowed
from surveys.responses.talk_actions import Said, record_talk
from surveys.responses.talks import Talk, TalkText, quarters_to_choose
from tests.factories import asking
from tests.factories.people import staff
from tests.factories.promising import officer
from tests.factories.talking import LINE, WORDS, decided, lead, moderator, quarter_ends, read, recorded, whole

pytestmark = pytest.mark.django_db
WORRY = "He hits me and I am scared to go home."


@pytest.fixture
def area():
    return asking.area("north")


def shown(area):
    return [
        (one.said_in, one.audience, one.words)
        for told in talks_of(area)
        for theme in told.themes
        for one in (*theme.lines, *theme.quotes)
    ]


def texts(talk):
    return TalkText.objects.filter(talk=talk)


def test_a_talk_is_kept_once_however_often_the_page_is_sent(area):
    page = uuid.uuid4()
    record_talk(area, whole(), sent_as=page, by=officer(area))
    with pytest.raises(NotAllowed, match="sent before"):
        record_talk(area, whole(said=(Said("time", "Something else."),)), sent_as=page, by=officer(area))
    assert [text.words for text in TalkText.objects.all()] == [LINE, WORDS]
    assert ModelLogEntry.objects.filter(action="responses.record_talk").count() == 1
    assert WORDS not in str(list(ModelLogEntry.objects.values()))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"is_about_me": None}, "Say whether it was about you"),
        ({"is_about_me": True}, "let somebody else write it down"),
        ({"agreed": None}, "unless everybody who was there agreed"),
        ({"agreed": False}, "unless everybody who was there agreed"),
        ({"words_agreed": False}, "unless they agreed to that"),
        ({"words_agreed": None}, "unless they agreed to that"),
        ({"kind": "survey"}, "choose one of the answers"),
        ({"quarter": "2019Q1"}, "choose one of the answers"),
        ({"quarter": ""}, "choose one of the answers"),
        ({"stage": "x"}, "choose one of the answers"),
        ({"language": "xx"}, "choose one of the answers"),
        ({"people": {"AGE_12_17": "7"}}, "choose one of the answers"),
        ({"people": {"BABIES": "few"}}, "choose one of the answers"),
        ({"people": {}}, "Say who was there"),
        ({"kind": "interview", "people": {"AGE_12_17": "many"}}, "fewer than five"),
        ({"kind": "interview", "people": {"AGE_12_17": "few", "AGE_8_11": "few"}}, "one age"),
        ({"said": ()}, "Please write what was said"),
        ({"said": (Said("time", " \0 "),)}, "Please write what was said"),
        ({"said": (Said("", LINE),)}, "Choose a theme"),
        ({"said": (Said("x", LINE),)}, "Choose a theme"),
        ({"said": (Said("time", "x" * 1_000_000),)}, "too long"),
        ({"said": (Said("time", "", WORDS, "AGE_8_11"),)}, "of an age that was there"),
    ],
)
def test_what_is_not_whole_is_not_kept_at_all(area, given, sentence):
    with pytest.raises(NotAllowed, match=sentence):
        record_talk(area, whole(**given), sent_as=uuid.uuid4(), by=officer(area))
    assert not Talk.objects.exists()


def test_a_word_that_no_database_keeps_is_left_out(area):
    record_talk(area, whole(said=(Said("time", "a\0b\r\nc\ud800"),)), sent_as=uuid.uuid4(), by=officer(area))
    assert TalkText.objects.get().words == "ab\nc?"


@pytest.mark.parametrize("role", list(Role))
def test_every_role_does_its_own_part(area, role):
    text = TalkText.objects.filter(talk=read(area)).first()
    somebody = staff("somebody", role, area=area)
    tried = {
        "fieldwork.record_talk": lambda: record_talk(area, whole(), sent_as=uuid.uuid4(), by=somebody),
        "safeguarding.read_concern": lambda: read_talk(text.talk_id, by=somebody),
        "moderation.decide": lambda: read_talk_text(text.pk, by=somebody),
    }
    for permission, do in tried.items():
        if permission in PERMISSIONS[role]:
            do()
        else:
            with pytest.raises(PermissionDenied):
                do()


def test_nothing_goes_on_before_a_lead_has_read_it(area):
    talk = recorded(area)
    text = texts(talk).first()
    assert not waiting_texts(moderator(area)).exists()
    with pytest.raises(NotAllowed, match="with the safeguarding leads"):
        decide_talk_text(text.pk, "usable", Marked(set()), by=moderator(area))
    assert [one.pk for one in unread_talks(lead(area))] == [talk.pk]
    assert [one.words for one in read_talk(talk.pk, by=lead(area))[1]] == [LINE, WORDS]
    finish_talk(talk.pk, worrying=(), by=lead(area))
    assert waiting_texts(moderator(area)).count() == 2
    assert {"safeguarding.read_talk", "safeguarding.finish_talk"} <= set(
        ModelLogEntry.objects.values_list("action", flat=True)
    )


def test_a_worry_holds_back_what_it_is_about_and_nothing_else(area):
    talk = recorded(area, said=(Said("time", LINE, WORRY),))
    concern = Concern.objects.get()
    assert "Written down by officer" in read_concern(concern, by=lead(area))[0].question
    finish_talk(talk.pk, worrying=(), by=lead(area))
    assert [text.words for text in waiting_texts(moderator(area))] == [LINE]
    close_concern(concern, reason="A story, not a worry", by=lead(area))
    assert waiting_texts(moderator(area)).count() == 2


def test_a_worry_that_was_handed_on_is_quoted_by_nobody(area):
    talk = recorded(area, said=(Said("time", LINE, WORRY),))
    finish_talk(talk.pk, worrying=(), by=lead(area))
    concern = Concern.objects.get()
    read_concern(concern, by=lead(area))
    refer_concern(concern, reason="Handed on", place="Front door", on=timezone.localdate(), by=lead(area))
    assert [text.words for text in waiting_texts(moderator(area))] == [LINE]


def test_a_lead_or_a_moderator_worries_where_screening_did_not(area):
    talk = recorded(area)
    line, words = texts(talk)
    finish_talk(talk.pk, worrying=[line.pk], by=lead(area))
    worry_about_talk(words.pk, by=moderator(area))
    assert not waiting_texts(moderator(area)).exists()
    assert sorted(Concern.objects.values_list("status", flat=True)) == ["raised", "seen"]


def test_whoever_wrote_it_down_does_not_decide_on_it(area):
    both = staff("officer", Role.MODERATOR, area=area)
    text = texts(read(area, by=officer(area))).first()
    assert not waiting_texts(both).exists()
    with pytest.raises(NotAllowed, match="You wrote this down"):
        read_talk_text(text.pk, by=both)


def test_of_what_is_usable_the_redacted_words_are_kept_and_of_the_other_none(area):
    talk = read(area, said=(Said("time", LINE, "Leanne never came."),))
    line, words = texts(talk)
    found = read_talk_text(words.pk, by=moderator(area))
    assert found.redacted == "[name] never came."
    marked = Marked({piece.number for piece in found.pieces if piece.label})
    decide_talk_text(words.pk, "usable", marked, by=moderator(area))
    decide_talk_text(line.pk, "not_usable", Marked(set()), by=moderator(area))
    assert ToldTalk.objects.get().words == "[name] never came."
    with pytest.raises(NotAllowed, match="A colleague has decided"):
        decide_talk_text(words.pk, "usable", marked, by=moderator(area))


@pytest.mark.parametrize(
    ("decision", "given", "sentence"),
    [("maybe", {}, "Choose what you decide"), ("usable", {"reasons": ["classmate"]}, "answered yes")],
)
def test_what_a_moderator_cannot_decide(area, decision, given, sentence):
    text = texts(read(area)).first()
    with pytest.raises(NotAllowed, match=sentence):
        decide_talk_text(text.pk, decision, Marked(set()), by=moderator(area), **given)
    with pytest.raises(NotAllowed, match="what the words that you marked are"):
        decide_talk_text(text.pk, "usable", Marked({0}, label="NOISE"), by=moderator(area))
    assert not ToldTalk.objects.exists()


def test_another_language_is_for_whoever_reads_it(area):
    text = texts(read(area, language="pl", said=(Said("time", "Nikt nie przyszedł na czas."),))).get()
    with pytest.raises(NotAllowed, match="read the language"):
        decide_talk_text(text.pk, "usable", Marked(set()), by=moderator(area))
    decide_talk_text(text.pk, "usable", Marked(set()), reads=True, by=moderator(area))


def test_it_is_told_as_talk_once_its_quarter_is_over_and_ten_took_part(area):
    talk = decided(area)
    assert talks_of(area) == []
    quarter_ends(talk)
    assert shown(area) == [("From a focus group", "", LINE), ("From a focus group", "12 to 17 year olds", WORDS)]
    assert talks_of(area)[0].at_least == 10
    assert talks_of(asking.area("south")) == []


def test_fewer_than_ten_wait_for_others(area):
    small = decided(area, people={"AGE_12_17": "some"})
    quarter_ends(small)
    assert talks_of(area) == []
    other = decided(area, people={"PARENT_CARER": "some"}, said=(Said("time", LINE, WORDS, "PARENT_CARER"),))
    quarter_ends(other)
    # Five of each age, and no more: who said it is not told.
    assert {audience for _, audience, _ in shown(area)} == {""}
    assert len(shown(area)) == 4


def test_nobody_learns_that_a_few_were_interviewed(area):
    quarter_ends(decided(area), decided(area, kind="interview"))
    assert {said_in for said_in, _, _ in shown(area)} == {"From a focus group or an interview"}


def test_a_later_talk_changes_nothing_that_was_told(area):
    quarter_ends(decided(area))
    before = shown(area)
    quarter_ends(decided(area, kind="interview"))
    assert shown(area) == before


def test_what_is_recalled_is_gone_and_stays_gone(area):
    quarter_ends(decided(area))
    told = ToldTalk.objects.get(sort="words")
    with pytest.raises(PermissionDenied):
        recall_talk(told.pk, because="asked", by=officer(area))
    with pytest.raises(NotAllowed, match="Say why"):
        recall_talk(told.pk, because="worry", by=moderator(area))
    recall_talk(told.pk, because="asked", by=moderator(area))
    assert [words for _, _, words in shown(area)] == [LINE]
    assert not TalkText.objects.filter(pk=told.text_key).exists()
    known = list(recalled_talk())
    with pytest.raises(NotAllowed):
        recall_talk(told.pk, because="asked", by=moderator(area))
    # As it stood in a backup.
    told.refresh_from_db()
    told.status, told.words = "usable", WORDS
    told.save()
    assert recall_talk_again(known) == 1
    assert [words for _, _, words in shown(area)] == [LINE]
    assert recall_talk_again(known) == 0


def test_what_somebody_worries_about_later_is_told_no_more(area):
    quarter_ends(decided(area))
    told = ToldTalk.objects.get(sort="words")
    Concern.objects.create(response_key=told.text_key, area=area, severity="soon", raised_on=timezone.localdate())
    assert [words for _, _, words in shown(area)] == [LINE]
    sweep()
    told.refresh_from_db()
    assert (told.status, told.because, told.words) == ("recalled", "worry", "")
    assert TalkText.objects.filter(pk=told.text_key).exists()


def test_a_talk_is_erased_for_somebody_who_was_there(area):
    talk = recorded(area)
    with pytest.raises(NotAllowed, match="not done with this yet"):
        erase_talk(talk.pk, by=officer(area))
    finish_talk(talk.pk, worrying=(), by=lead(area))
    for stranger in (moderator(area), staff("worker", Role.PRACTITIONER, area=area)):
        with pytest.raises(PermissionDenied):
            erase_talk(talk.pk, by=stranger)
    erase_talk(talk.pk, by=officer(area, "another"))
    talk.refresh_from_db()
    assert (talk.people, talk.stage, texts(talk).count()) == ({}, "", 0)
    with pytest.raises(NotAllowed, match="not there any more"):
        erase_talk(talk.pk, by=officer(area))
    known = list(erased_talks())
    Talk.objects.filter(pk=talk.pk).update(erased_on=None)
    assert erase_talks_again(known) == 1
    assert erase_talks_again(known) == 0


def test_an_erased_talk_leaves_the_page_and_not_the_others(area):
    one, other = decided(area), decided(area, said=(Said("time", "They came when they said."),))
    quarter_ends(one, other)
    erase_talk(one.pk, by=officer(area))
    assert [words for _, _, words in shown(area)] == ["They came when they said."]
    assert talks_of(area)[0].at_least == 20


def test_whoever_it_may_be_about_cannot_erase_a_worry(area):
    talk = recorded(area, said=(Said("time", LINE, WORRY),))
    finish_talk(talk.pk, worrying=(), by=lead(area))
    with pytest.raises(NotAllowed, match="not done with this yet"):
        erase_talk(talk.pk, by=officer(area))


def test_what_was_said_goes_after_four_weeks_and_what_nobody_decided_on_after_a_year(area):
    done, waiting, unread = decided(area), read(area), recorded(area)
    TalkText.objects.filter(talk=done).update(decided_on=timezone.localdate() - timedelta(days=28))
    assert erase_old_talk_texts() == 2
    assert ToldTalk.objects.standing().count() == 2
    Talk.objects.update(recorded_on=timezone.localdate() - timedelta(days=365))
    assert erase_old_talk_texts() == 2
    assert not texts(waiting).exists()
    assert talk_texts_left() == texts(unread).count() == 2


def test_an_area_that_became_part_of_another_keeps_its_talks(area):
    talk = decided(area)
    whole_area = asking.area("whole")
    area.merged_into = whole_area
    area.save()
    quarter_ends(talk)
    assert len(shown(whole_area)) == 2
    everywhere = staff("everywhere", Role.PARTICIPATION_OFFICER)
    with pytest.raises(NotAllowed, match="part of"):
        record_talk(area, whole(), sent_as=uuid.uuid4(), by=everywhere)


def test_the_quarters_that_can_be_chosen_are_the_present_one_and_the_four_before():
    assert quarters_to_choose(timezone.datetime(2026, 2, 3).date()) == [
        "2026Q1", "2025Q4", "2025Q3", "2025Q2", "2025Q1",
    ]  # fmt: skip
