"""Talk as everybody reads it: on a page of its own and beside figures, tagged, and gone when it was recalled."""

import pytest
from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.pages.talk_words import AGES, SAID_IN
from feedback.anonymisation.talk_actions import recall_talk
from feedback.anonymisation.told_talk import ToldTalk
from surveys.instrument.wording import LANGUAGES, RIGHT_TO_LEFT, Audience
from surveys.responses.talk_actions import Said
from surveys.responses.talks import TalkKind
from tests.factories import asking
from tests.factories.talking import LINE, WORDS, decided, moderator, quarter_ends

pytestmark = pytest.mark.django_db
PAGE = "/focus-groups/north/"


@pytest.fixture
def area():
    return asking.area("north")


def says(reply):
    return reply.content.decode()


def test_talk_is_read_by_everybody_and_tagged_as_talk(client, area):
    assert "There is nothing here yet." in says(client.get(PAGE))
    quarter_ends(decided(area))
    reply = client.get(PAGE)
    page = says(reply)
    for one in ("This is talk.", LINE, WORDS, "From a focus group. 12 to 17 year olds", "At least 10 people took part"):
        assert one in page
    assert "From a focus group. Told by the person who led it." in page
    assert reply["Cache-Control"] == "public, max-age=60"
    assert not reply.cookies
    recall_talk(ToldTalk.objects.get(sort="words").pk, because="asked", by=moderator(area))
    assert WORDS not in says(client.get(PAGE))


def test_what_nobody_decided_on_or_is_not_usable_is_read_by_nobody(client, area):
    quarter_ends(decided(area, "not_usable"))
    assert "There is nothing here yet." in says(client.get(PAGE))


def test_a_tag_is_words_like_others(client, area):
    quarter_ends(decided(area, said=(Said("time", "They came <b>late</b> to meetings."),)))
    assert "came &lt;b&gt;late" in says(client.get(PAGE))


def test_an_area_that_is_not_there_or_is_part_of_another(client, area):
    assert client.get("/focus-groups/elsewhere/").status_code == 404
    area.merged_into = asking.area("whole")
    area.save()
    assert client.get(PAGE)["Location"] == "/focus-groups/whole/"
    assert client.post(PAGE).status_code == 405


OTHERS = sorted(set(LANGUAGES) - {"en"})


@pytest.mark.parametrize("language", OTHERS)
def test_it_is_read_in_every_language_and_what_was_said_stays_as_it_was_said(client, area, language):
    area.languages = [*LANGUAGES]
    area.save()
    quarter_ends(decided(area))
    reply = client.get(f"{PAGE}{language}/")
    page = says(reply)
    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert reply["Content-Language"] == language
    assert page.count('lang="en" dir="ltr">' + LINE) == page.count('lang="en" dir="ltr">' + WORDS) == 1
    with override(language):
        said = [_("This is talk."), _("From a focus group"), _("12 to 17 year olds"), _("Keeping the same worker")]
        draft = _("A computer helped to translate this. Someone who speaks it still has to check it.")
    assert [one for one in [*said, draft] if one not in page] == []
    assert "This is talk." not in page
    for one in LANGUAGES:
        assert f'hreflang="{one}"' in page


def test_a_language_that_an_area_does_not_offer_is_not_there(client, area):
    area.languages = ["en"]
    area.save()
    assert client.get(f"{PAGE}pl/").status_code == 404
    page = says(client.get(PAGE))
    assert 'hreflang="pl"' not in page
    assert "A computer helped" not in page


def test_what_is_told_in_one_language_leads_to_the_same_language_of_a_merged_area(client, area):
    area.merged_into = asking.area("whole")
    area.save()
    assert client.get(f"{PAGE}cy/")["Location"] == "/focus-groups/whole/cy/"


def test_every_age_of_a_talk_has_words():
    assert set(AGES) == set(Audience)
    assert {one.value for one in TalkKind} | {""} == set(SAID_IN)
