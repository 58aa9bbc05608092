"""What was said in a conversation meets a moderator only where its child said yes; it is told as talk, in no figure."""

from datetime import date

import pytest
from django.db import transaction

from feedback.anonymisation.actions import sweep
from feedback.anonymisation.models import Comment
from feedback.anonymisation.moderation import waiting_for
from feedback.anonymisation.moderation_actions import decide_comment, read_comment
from feedback.anonymisation.themes import may_be_themed
from feedback.releases.quote_actions import choose_quote
from feedback.releases.quotes import Quote
from feedback.releases.quoting import candidates, quotes_of
from surveys.instrument.wording import Audience
from surveys.responses.actions import withdraw
from surveys.responses.receipts import receipt_of
from tests.factories import asking
from tests.factories.listening import analyst, coded
from tests.factories.moderating import is_read, moderator, says
from tests.factories.quoting import draft, publish, wave_of

pytestmark = pytest.mark.django_db
SAID = "my worker Kelly is nice"


def talk_of(area, audience=Audience.AGE_4_5):
    edition = asking.edition(asking.text_item("words"), of=area, audience=audience, kind="conversation")
    return asking.open_wave(edition=edition, of=area)


def said(wave, *, others=True, on=None, **given):
    """Words of a conversation that a lead has read."""
    response = says(wave, SAID, helper=given.pop("helper", "tapped"), **given)
    response.others_may_read, response.received_on = others, on or response.received_on
    response.save()
    sweep()
    is_read(response)
    sweep()
    return response


@pytest.mark.parametrize("audience", [Audience.AGE_4_5, Audience.AGE_8_11])
def test_only_a_yes_brings_it_to_a_moderator(audience):
    wave = talk_of(asking.area(), audience)
    yes, _no, _others = said(wave), said(wave, others=False), said(wave, helper="chose")
    comment = Comment.objects.get()
    assert comment.link.response_key == yes.pk
    assert comment.is_talk
    assert not Comment.objects.from_surveys().exists()
    ann = moderator(wave.area, "ann")
    assert list(waiting_for(ann)) == [comment]
    assert "[name]" in read_comment(comment, by=ann).redacted


def test_it_supports_no_theme(client):
    wave = talk_of(asking.area())
    said(wave)
    comment = Comment.objects.get()
    decide_comment(comment, decision="usable", marked=set(), label="PERSON", by=moderator(wave.area))
    assert not may_be_themed(wave.area).exists()


def test_taken_back_before_a_decision_it_is_gone():
    wave = talk_of(asking.area())
    response = said(wave)
    withdraw(receipt_of(response.pk), wave=wave)
    sweep()
    assert not Comment.objects.exists()


@pytest.fixture
def survey():
    return wave_of()


def a_quarter_of_talks(survey, many, audience=Audience.AGE_4_5):
    """So many conversations in the quarter of the release, of which one child said yes."""
    talk = talk_of(survey.area, audience)
    coded(talk.edition, survey.area, quarter="2025Q1", n=many - 1, audience=str(audience), answers=lambda die: {})
    response = said(talk, on=date(2025, 2, 1))
    comment = Comment.objects.get(link__response_key=response.pk)
    decide_comment(comment, decision="usable", marked=set(), label="PERSON", by=moderator(survey.area))
    return talk, response


def test_it_is_quoted_as_talk_with_an_age_and_without_its_question(survey):
    a_quarter_of_talks(survey, 10)
    made = draft(survey)
    (one,) = candidates(made)
    assert one.is_talk
    choose_quote(made, mark=one.mark, by=analyst())
    (quote,) = quotes_of(publish(made)).shown
    assert (quote.is_talk, quote.audience, quote.question, quote.item) == (True, "4 and 5 year olds", "", "")


def test_where_few_were_talked_with_nothing_is_offered(survey):
    a_quarter_of_talks(survey, 9)
    assert candidates(draft(survey)) == []


def test_of_a_band_with_few_the_age_is_not_printed(survey):
    a_quarter_of_talks(survey, 9, Audience.AGE_12_17)
    other = talk_of(survey.area, Audience.AGE_4_5)
    coded(other.edition, survey.area, quarter="2025Q1", n=9, audience="AGE_4_5", answers=lambda die: {})
    made = draft(survey)
    (one,) = candidates(made)
    assert choose_quote(made, mark=one.mark, by=analyst()).audience == ""


def test_it_stands_among_words_and_never_beside_a_figure(client, survey):
    a_quarter_of_talks(survey, 10)
    made = draft(survey)
    choose_quote(made, mark=candidates(made)[0].mark, by=analyst())
    at = f"/open-data/{publish(made).code}/"
    page = client.get(at + "words/").content.decode()
    assert "From a conversation. 4 and 5 year olds" in page
    assert "Said in conversations" in page
    assert "From a conversation" not in client.get(at).content.decode()


def test_taken_back_it_is_recalled_everywhere(survey):
    talk, response = a_quarter_of_talks(survey, 10)
    made = draft(survey)
    quote = choose_quote(made, mark=candidates(made)[0].mark, by=analyst())
    with transaction.atomic():
        withdraw(receipt_of(response.pk), wave=talk)
    assert quotes_of(publish(made)).shown == ()
    sweep()
    quote.refresh_from_db()
    assert (quote.status, quote.words) == (Quote.Status.RECALLED, "")
