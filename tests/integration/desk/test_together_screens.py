"""The screens that a worker and a family look at together, and the one on which scales are loaded: plain forms all."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from feedback.accounts.roles import Role
from feedback.privacy.looks import LOOKS
from surveys.fieldwork.licences import LicensedScale
from surveys.responses.receipts import card_words
from surveys.responses.together import FamilyCard, Goal, GoalStep, Sitting
from tests.factories import asking
from tests.factories.licensed import INVENTED, administrator, card, loaded, worker
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
ALL_SEVEN = {f"item-{item}": "o3" for item in range(1, 8)}
LOAD, TOGETHER, CARD = (f"desk:{name}" for name in ("licensed", "together", "family_card"))


@pytest.fixture
def area():
    return asking.area("here")


@pytest.fixture
def scale(area):
    return loaded(area, languages=("en", "ar"))


@pytest.fixture
def desk(client, area):
    return at_desk(client, worker(area))


@pytest.fixture
def opened(desk, area):
    """A browser of a worker in which a family’s card is open."""
    held = card(area)
    desk.post(reverse(TOGETHER), {"step": "open", "words": card_words(held.pk)})
    return held


def says(reply):
    return reply.content.decode()


def uploads(client, content, area="here"):
    file = SimpleUploadedFile("scale.csv", content, content_type="text/csv")
    return client.post(reverse(LOAD), {"step": "load", "area": area, "file": file}, follow=True)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "the first line must name the columns"),
        (b"\0", "there is a NUL byte"),
        (b"\xff\xfe", "this is not UTF-8"),
        (b"what,code\n", "the column language is missing"),
        (b"x" * (1024 * 1024 + 1), "larger than 1 MB"),
        ("what,code,language,text\nitem,1,en,🐸\npoem,1,en,x\n".encode(), "Line 3: "),
        (INVENTED.read_bytes().replace(b"2035-12-31", b"2020-12-31"), "This licence ended on 31.12.2020"),
    ],
)
def test_a_file_that_is_wrong_loads_nothing_and_says_why(client, area, content, sentence):
    at_desk(client, administrator(area))
    reply = uploads(client, content)
    assert reply.status_code == 422
    assert sentence in says(reply)
    assert not LicensedScale.objects.exists()


def test_an_administrator_loads_it_once_more_and_ends_it(client, area):
    at_desk(client, administrator(area))
    for _ in range(2):
        assert "Loaded whole." in says(uploads(client, INVENTED.read_bytes()))
    assert LicensedScale.objects.current().count() == 1
    number = LicensedScale.objects.current().get().pk
    assert "Ended." in says(client.post(reverse(LOAD), {"step": "end", "scale": number}, follow=True))
    assert "Choose the area and the file first." in says(uploads(client, INVENTED.read_bytes(), area="there\0"))
    assert client.post(reverse(LOAD), {"step": "end", "scale": "x"}).status_code == 404


@pytest.mark.parametrize("role", list(Role))
def test_each_screen_is_for_its_role_alone(client, area, role):
    at_desk(client, staff("somebody", role, area=area))
    assert (client.get(reverse(LOAD)).status_code == 200) == (role == Role.ADMINISTRATOR)
    assert (client.get(reverse(TOGETHER)).status_code == 200) == (role == Role.PRACTITIONER)
    goal = client.get(reverse("desk:goal", args=[uuid.uuid4()]))
    assert (goal.status_code == 200) == (role == Role.SAFEGUARDING_LEAD)
    client.post(reverse(TOGETHER), {"step": "begin", "area": "here", "audience": "PARENT_CARER"})
    assert FamilyCard.objects.exists() == (role == Role.PRACTITIONER)


@pytest.mark.parametrize("words", ["", "no such words at all", "x" * 100_000, "a\0b", "🐸", "كلمات"])
def test_a_card_that_is_not_there_is_said_in_a_sentence(desk, words):
    reply = desk.post(reverse(TOGETHER), {"step": "open", "words": words})
    assert reply.status_code == 422
    assert "No card with these words" in says(reply)
    assert "family_card" not in desk.session


def test_a_card_of_another_area_does_not_open(desk):
    held = card(asking.area("there"))
    assert "No card" in says(desk.post(reverse(TOGETHER), {"step": "open", "words": card_words(held.pk)}))
    begun = desk.post(reverse(TOGETHER), {"step": "begin", "area": "there", "audience": "PARENT_CARER"})
    assert "Choose the area first." in says(begun)
    wrong = desk.post(reverse(TOGETHER), {"step": "begin", "area": "here", "audience": "AGE_4_5"})
    assert "Choose whom the card is for." in says(wrong)
    assert FamilyCard.objects.count() == 1


def test_it_is_answered_twice_and_looked_at_and_every_look_is_logged(desk, scale, opened):
    address = reverse("desk:family_scale", args=[scale.pk])
    terms = {"language": "ar", "mode": "electronic"}
    asked = says(desk.get(address, terms))
    assert "Invented item 7 (ar)" in asked
    assert "Invented notice (ar)" in asked
    assert 'dir="rtl"' in asked
    sent = {**terms, **ALL_SEVEN, "number": 1, "sent_as": str(uuid.uuid4())}
    desk.post(address, sent)
    desk.post(address, sent)
    assert Sitting.objects.count() == 1
    second = {**sent, "number": 2, "sent_as": str(uuid.uuid4()), "item-1": "o5"}
    reply = desk.post(address, second, follow=True)
    assert "19.25" in says(reply)
    assert "Invented notice (ar)" in says(reply)
    before = ModelLogEntry.objects.filter(action__in=LOOKS).count()
    desk.get(reverse("desk:side_by_side", args=["swemwbs", "standard"]))
    assert ModelLogEntry.objects.filter(action__in=LOOKS).count() == before + 1


def test_two_devices_at_once_are_told(desk, scale, opened, area):
    other = at_desk(Client(), staff("second-worker", Role.PRACTITIONER, area=area))
    other.post(reverse(TOGETHER), {"step": "open", "words": card_words(opened.pk)})
    address, sent = reverse("desk:family_scale", args=[scale.pk]), {"language": "en", "mode": "electronic", "number": 1}
    desk.post(address, {**sent, **ALL_SEVEN})
    reply = other.post(address, {**sent, **ALL_SEVEN, "item-1": "o1"})
    assert reply.status_code == 422
    assert "on another device" in says(reply)
    assert "checked" in says(reply)
    assert Sitting.objects.count() == 1


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        ({"language": "pl", "mode": "electronic"}, "no licensed version in this language"),
        ({"language": "\0", "mode": "electronic"}, "no licensed version in this language"),
        ({"language": "en", "mode": "paper"}, "does not allow this way"),
        ({}, "no licensed version in this language"),
    ],
)
def test_what_the_licence_does_not_cover_is_refused(desk, scale, opened, terms, sentence):
    address = reverse("desk:family_scale", args=[scale.pk])
    assert sentence in says(desk.get(address, terms, follow=True))
    assert sentence in says(desk.post(address, {**terms, **ALL_SEVEN, "number": 1}, follow=True))
    assert not Sitting.objects.exists()


def test_a_licence_that_ended_shows_no_item(desk, scale, opened):
    LicensedScale.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    terms = {"language": "en", "mode": "electronic"}
    reply = desk.get(reverse("desk:family_scale", args=[scale.pk]), terms, follow=True)
    assert "neither shown nor scored" in says(reply)
    assert "Invented item" not in says(reply)
    assert "licence ended" in says(reply)


def test_nothing_chosen_a_strange_choice_and_another_areas_scale_are_refused(desk, scale, opened):
    terms = {"language": "en", "mode": "electronic", "number": 1}
    address = reverse("desk:family_scale", args=[scale.pk])
    assert "Nothing was chosen." in says(desk.post(address, terms))
    assert "none that can be chosen" in says(desk.post(address, {**terms, "item-1": "🐸"}))
    elsewhere = loaded(asking.area("there"))
    reply = desk.post(reverse("desk:family_scale", args=[elsewhere.pk]), {**terms, **ALL_SEVEN}, follow=True)
    assert "There is no such scale any more." in says(reply)
    assert "has not been answered" in says(desk.get(reverse("desk:side_by_side", args=["who5", "x"]), follow=True))
    assert not Sitting.objects.exists()


def test_a_goal_and_its_numbers_on_a_plain_page(desk, opened):
    goal = {"step": "goal", "goal": "نلعب معا 🐸", "language": "ar", "sent_as": str(uuid.uuid4())}
    for _ in range(2):
        assert "The goal is kept." in says(desk.post(reverse(CARD), goal, follow=True))
    assert Goal.objects.count() == 1
    mark = {"step": "mark", "goal": "1", "after": "0", "chosen": "4"}
    for _ in range(2):
        assert "Kept." in says(desk.post(reverse(CARD), mark, follow=True))
    assert GoalStep.objects.count() == 1
    for wrong in ({**mark, "chosen": "11"}, {**mark, "goal": "7"}, {**mark, "after": "x"}, {**goal, "goal": "x" * 501}):
        assert desk.post(reverse(CARD), {**wrong, "sent_as": "x"}).status_code == 422
    too_long = desk.post(reverse(CARD), {**goal, "goal": "y" * 100_000})
    assert "at most 500 letters" in says(too_long)
    assert desk.post(reverse(CARD), {**goal, "goal": "y" * 1_000_000}).status_code in (400, 413, 422)
    assert desk.post(reverse(CARD), {"step": "nothing"}).status_code in (302, 403)


def test_a_card_is_put_away_erased_only_if_sure_and_gone_for_the_other_device(desk, opened, area):
    other = at_desk(Client(), staff("second-worker", Role.PRACTITIONER, area=area))
    other.post(reverse(TOGETHER), {"step": "open", "words": card_words(opened.pk)})
    assert "Nothing was erased." in says(desk.post(reverse(CARD), {"step": "erase"}))
    assert "Erased, all of it." in says(desk.post(reverse(CARD), {"step": "erase", "sure": "yes"}, follow=True))
    assert not FamilyCard.objects.exists()
    assert "was erased in the meantime" in says(other.get(reverse(CARD), follow=True))
    assert other.get(reverse(CARD)).url == reverse(TOGETHER)
    assert desk.post(reverse("desk:put_away")).url == reverse(TOGETHER)


def test_a_lead_reads_goals_one_after_another(client, desk, opened, area):
    desk.post(reverse(CARD), {"step": "goal", "goal": "A quiet evening", "language": "en"})
    lead = at_desk(Client(), staff("lead", Role.SAFEGUARDING_LEAD, area=area))
    goal = Goal.objects.get()
    assert "1 goal of a family waits" in says(lead.get(reverse("wagtailadmin_home")))
    assert "Goals to read" in says(lead.get(reverse("desk:texts")))
    assert "A quiet evening" in says(lead.get(reverse("desk:goal", args=[goal.pk])))
    assert "among the worries" in says(lead.post(reverse("desk:goal", args=[goal.pk]), {"step": "worry"}, follow=True))
    assert "Goals to read" not in says(lead.get(reverse("desk:texts")))
    address = reverse("desk:goal", args=[goal.pk])
    goal.delete()
    assert "not there any more" in says(lead.get(address))
    assert "erased in the meantime" in says(lead.post(address, follow=True))
