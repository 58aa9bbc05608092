"""Every page of the desk on which a child's words stand has just been logged as a look."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from feedback.accounts.models import User
from feedback.accounts.roles import Role
from feedback.privacy.looks import LOOKS
from feedback.safeguarding.actions import screen_waiting
from feedback.safeguarding.models import Concern
from tests.factories import asking
from tests.factories.answering import arrives
from tests.factories.contacting import asks_for_a_person
from tests.factories.moderating import comment
from tests.factories.paper import keys, officers
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
CANARY = "zyzzyva"


@pytest.fixture
def places():
    """Every address of the desk where words might stand, with words planted behind each."""
    wave = asking.open_wave()
    arrives(wave, f"he hits me {CANARY}")
    quiet = arrives(wave, f"all is well {CANARY}")
    message = asks_for_a_person(wave.area, words=CANARY, name=CANARY, reach=CANARY)
    keys(wave, officers(wave.area, "ann")[0], 7, q_words=CANARY, q_listened="no")
    screen_waiting()
    concern = Concern.objects.get()
    waiting = comment(wave, f"so it is {CANARY}")
    return wave, [
        reverse("desk:concerns"),
        reverse("desk:concern", args=[concern.pk]),
        reverse("desk:contact", args=[message.pk]),
        reverse("desk:texts"),
        reverse("desk:text", args=[quiet.pk]),
        reverse("desk:comments"),
        reverse("desk:comment", args=[waiting.pk]),
        reverse("desk:waves"),
        reverse("desk:wave", args=[wave.code]),
        reverse("desk:paper", args=[wave.code]),
        reverse("desk:releases"),
        reverse("desk:looking"),
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailusers_users:index"),
    ]


def looks():
    return ModelLogEntry.objects.filter(action__in=LOOKS).count()


@pytest.mark.parametrize("role", [*Role, "superuser"])
def test_no_page_shows_words_without_an_entry(client, places, role):
    wave, addresses = places
    if role == "superuser":
        at_desk(client, User.objects.create_superuser("boss"))
    else:
        at_desk(client, staff("somebody", role, area=wave.area))
    for address in addresses:
        before = looks()
        reply = client.get(address)
        if CANARY.encode() in reply.content:
            assert looks() == before + 1, address


def test_the_pages_of_a_lead_do_show_words(client, places):
    wave, addresses = places
    at_desk(client, staff("lead", Role.SAFEGUARDING_LEAD, area=wave.area))
    assert sum(CANARY.encode() in client.get(address).content for address in addresses) == 3


def test_the_page_of_a_moderator_does_show_words(client, places):
    wave, addresses = places
    at_desk(client, staff("moderator", Role.MODERATOR, area=wave.area))
    assert sum(CANARY.encode() in client.get(address).content for address in addresses) == 1
