"""What stands around licensed items, in the language a family chose; and the form that is written on."""

import uuid
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from surveys.fieldwork.licences import LicensedScale
from surveys.instrument.wording import LANGUAGES, RIGHT_TO_LEFT
from surveys.responses.receipts import card_words
from surveys.responses.together_actions import set_goal
from tests.factories import asking
from tests.factories.licensed import card, loaded, worker
from tests.factories.people import at_desk

pytestmark = pytest.mark.django_db
CARD = "desk:family_card"


@pytest.fixture
def area():
    return asking.area("here")


@pytest.fixture
def desk(client, area):
    desk = at_desk(client, worker(area))
    desk.post(reverse("desk:together"), {"step": "open", "words": card_words(card(area).pk)})
    return desk


def says(reply):
    return reply.content.decode()


def speaks(desk, language, back=""):
    return desk.post(reverse("desk:family_language"), {"language": language, "back": back})


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_around_a_card_are_those_of_the_language_that_was_chosen(desk, area, language):
    loaded(area)
    assert speaks(desk, language).url == reverse(CARD)
    page = says(desk.get(reverse(CARD)))
    with override(language):
        assert gettext("In the child’s or the family’s own words") in page
        assert gettext("Licensed version in") in page
    assert f'<html lang="{language}"' in page
    assert (' dir="rtl"><head>' in page) is (language in RIGHT_TO_LEFT)


def test_the_desk_itself_stays_as_it_is(desk):
    speaks(desk, "pl")
    assert "Together with a family" in says(desk.get(reverse("desk:together")))


@pytest.mark.parametrize("language", ["", "xx", "en-GB", "\0", "../.."])
def test_a_language_that_is_not_there_changes_nothing(desk, language):
    speaks(desk, "pl")
    speaks(desk, language)
    assert '<html lang="pl"' in says(desk.get(reverse(CARD)))


@pytest.mark.parametrize(
    "back", ["https://example.org/", "//example.org/desk/work/together/", "/a/", "/desk/", "javascript:alert(1)"]
)
def test_nobody_is_sent_elsewhere_by_it(desk, back):
    assert speaks(desk, "pl", back).url == reverse(CARD)


def test_whoever_changes_it_stays_where_they_are(desk, area):
    here = reverse("desk:family_paper", args=[loaded(area, modes="paper").pk, "en"])
    assert speaks(desk, "pl", here).url == here


@pytest.mark.parametrize("modes", ["paper", "electronic paper"])
def test_a_form_to_write_on_has_the_notice_and_shows_no_item_on_a_screen_without_licence(desk, area, modes):
    scale = loaded(area, modes=modes)
    address = reverse("desk:family_paper", args=[scale.pk, "en"])
    assert address in says(desk.get(reverse(CARD)))
    page = says(desk.get(address))
    assert scale.licensed.notice["en"].split("\n")[0] in page
    assert all(text["en"] in page for text in scale.licensed.items.values())
    assert ("only-on-paper" in page) is (modes == "paper")


@pytest.mark.parametrize(("modes", "language"), [("electronic", "en"), ("paper", "pl")])
def test_a_form_the_licence_does_not_cover_is_refused(desk, area, modes, language):
    scale = loaded(area, modes=modes)
    reply = desk.get(reverse("desk:family_paper", args=[scale.pk, language]), follow=True)
    assert reply.redirect_chain[-1][0] == reverse(CARD)
    assert not any(text["en"] in says(reply) for text in scale.licensed.items.values())


def test_after_the_licence_no_form_is_printed(desk, area):
    scale = loaded(area, modes="paper")
    LicensedScale.objects.update(expires_on=date(2020, 1, 1))
    reply = desk.get(reverse("desk:family_paper", args=[scale.pk, "en"]), follow=True)
    assert "are neither shown nor scored" in says(reply)


def test_without_an_open_card_there_is_no_form(client, area):
    scale = loaded(area, modes="paper")
    reply = at_desk(client, worker(area)).get(reverse("desk:family_paper", args=[scale.pk, "en"]))
    assert reply.url == reverse("desk:together")


def test_days_are_written_as_they_are_in_this_country(client, area):
    desk, of, today = at_desk(client, worker(area)), card(area), timezone.localdate()
    set_goal(of.pk, words="a bike", language="en", sent_as=uuid.uuid4(), by=worker(area))
    desk.post(reverse("desk:together"), {"step": "open", "words": card_words(of.pk)})
    assert f"Set on {today.day} {today:%B %Y}." in says(desk.get(reverse(CARD)))
