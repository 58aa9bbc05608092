"""The screens of before and after: an officer prepares and prints; others are refused; bad input gets a sentence."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from feedback.accounts.roles import Role
from surveys.bank import occasions as written
from surveys.design.models import CareCouncil
from surveys.fieldwork.models import Invitation
from surveys.fieldwork.occasions import OccasionPack
from tests.factories import asking, occasions
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
LIST = reverse("desk:occasions")


@pytest.fixture
def officer(client):
    return at_desk(client, staff("officer", Role.PARTICIPATION_OFFICER, area=asking.area("here")))


def form(**changed):
    asking.root()
    council, _ = CareCouncil.objects.get_or_create(area=asking.area("here"), defaults={"name": "The council"})
    usual = {"occasion": "visit", "audience": "AGE_8_11", "council": council.pk, "decision_maker": "The head of visits"}
    return {**usual, "report_back_on": timezone.localdate().isoformat(), **changed}


def test_an_officer_prepares_both_sides(officer, monkeypatch):
    english = {"en": written._texts()["en"]}
    monkeypatch.setattr(written, "_texts", lambda: english)
    page = officer.post(LIST, form(), follow=True).content.decode()
    assert "Both are drafted." in page
    pack = OccasionPack.objects.get()
    assert (
        "They can be opened when both are frozen."
        in officer.get(reverse("desk:occasion", args=[pack.pk])).content.decode()
    )
    refused = officer.post(reverse("desk:occasion", args=[pack.pk]), follow=True).content.decode()
    assert "is not frozen yet" in refused
    assert (
        "Open them first"
        in officer.post(reverse("desk:occasion_cards", args=[pack.pk]), {"cards": "3"}, follow=True).content.decode()
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"occasion": "\0"}, "Choose what it is about"),
        ({"audience": "everybody"}, "Choose whom it asks"),
        ({"council": "9" * 40}, "Choose the area"),
        ({"decision_maker": "  "}, "Say who listens"),
        ({"report_back_on": "soon"}, "Write the day like"),
    ],
)
def test_what_was_typed_wrong_is_said_and_kept(officer, wrong, said):
    answer = officer.post(LIST, form(**wrong))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not OccasionPack.objects.exists()


def test_cards_are_printed_once_in_a_language_both_sides_have(officer):
    pack = occasions.pack(asking.area("here"))
    address = reverse("desk:occasion_cards", args=[pack.pk])
    page = officer.post(address, {"cards": "3", "language": "en"}).content.decode()
    codes = re.findall(r'class="big code"><bdi>(\w{5} \w{5})<', page)
    assert len(codes) == 3
    assert "It works twice" in page
    assert Invitation.objects.count() == 6
    for wrong in (
        {"cards": "0"},
        {"cards": "many"},
        {"cards": "3", "language": "xx"},
        {"cards": "3", "expires_on": "x"},
    ):
        assert officer.post(address, wrong).status_code == 302
    assert Invitation.objects.count() == 6
    assert "as of" not in officer.get(reverse("desk:occasion", args=[pack.pk])).content.decode()


def test_others_find_nothing(client, officer):
    there = occasions.pack(asking.area("there"))
    for name in ("occasion", "occasion_cards"):
        assert officer.post(reverse(f"desk:{name}", args=[there.pk])).status_code == 404
    assert officer.get(reverse("desk:occasion", args=[there.pk])).status_code == 404
    at_desk(client, staff("worker", Role.PRACTITIONER, area=asking.area("here")))
    assert client.get(LIST).status_code in (302, 403)
