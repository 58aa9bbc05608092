"""From a draft to a wave with the desk's own buttons."""

import copy

import pytest
from django.urls import reverse

from feedback.accounts.roles import Role
from surveys.design.models import Edition, SurveyPage
from surveys.fieldwork.models import Wave
from tests.factories import asking
from tests.factories.designing import again, designers, draft
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return asking.area("here")


@pytest.fixture(scope="module")
def drafted(built_once):
    return built_once(lambda: draft(asking.area("here"), title="About you"))


@pytest.fixture
def survey(drafted):
    return copy.deepcopy(drafted)


@pytest.fixture
def people(area):
    return designers(area)


class Desk:
    """Somebody at the page of one survey."""

    def __init__(self, client, survey):
        self.client, self.survey = client, survey
        self.address = reverse("desk:survey", args=[survey.pk])

    def sees(self, person):
        at_desk(self.client, person)
        return self.client.get(self.address).content.decode()

    def does(self, person, step, **fields):
        at_desk(self.client, person)
        reply = self.client.post(self.address, {"step": step, **fields}, follow=True)
        return reply.content.decode()


@pytest.fixture
def desk(client, survey):
    return Desk(client, survey)


def test_three_people_bring_a_survey_into_the_field(desk, survey, people):
    author, young, second = people
    assert "Submit for approval" in desk.sees(author)
    assert "The care council decides on it now" in desk.does(author, "submit")
    assert "You submitted this survey" not in desk.sees(author)
    assert "Approve for the care council" in desk.sees(young)
    assert "A second person freezes it now" in desk.does(young, "approve")
    assert 'value="freeze"' in desk.sees(second)
    assert 'value="freeze"' not in desk.sees(author)
    assert "You submitted this survey, so someone else must decide on it." in desk.sees(author)
    assert "A wave can be planned now" in desk.does(second, "freeze")
    page = desk.does(second, "plan", edition="1", name="Autumn", code="here-autumn")
    assert "Autumn is planned" in page
    wave = Wave.objects.get()
    assert (wave.status, wave.edition.survey, wave.area) == (Wave.Status.PLANNED, survey, survey.care_council.area)
    history = desk.sees(author)
    for said in ("Submit a survey, author", "Approve for the care council, young", "Freeze a survey, second"):
        assert said in history


def test_a_refusal_is_read_by_whoever_wrote_it(desk, people):
    author, young, _ = people
    desk.does(author, "submit")
    assert "Say in a sentence why" in desk.does(young, "send_back", reason="  ")
    desk.does(young, "send_back", reason="Nobody says <b>this</b>.")
    assert "Nobody says &lt;b&gt;this&lt;/b&gt;." in desk.sees(author)
    assert "refused this wording" in desk.does(author, "submit")


def test_a_frozen_survey_is_worked_on_again(desk, people, survey):
    author, young, second = people
    for person, step in ((author, "submit"), (young, "approve"), (second, "freeze")):
        desk.does(person, step)
    assert "It is a draft again" in desk.does(author, "take_back")
    assert again(survey).status == SurveyPage.Status.DRAFT
    assert Edition.objects.count() == 1


@pytest.mark.parametrize("step", ["submit", "approve", "freeze", "send_back", "take_back", "plan", "", "delete", "\0"])
@pytest.mark.parametrize("role", list(Role))
def test_no_role_of_another_area_does_anything(client, desk, survey, role, step):
    person = staff("far", role, area=asking.area("there"))
    at_desk(client, person)
    reply = client.post(desk.address, {"step": step, "reason": "x", "edition": "1", "name": "n", "code": "c"})
    assert reply.status_code in {302, 404}
    assert again(survey).status == SurveyPage.Status.DRAFT
    assert not Wave.objects.exists()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"code": "Not A Code", "name": "n"}, "Use small letters"),
        ({"code": "waiting", "name": "n"}, "part of an address"),
        ({"code": "", "name": "n"}, "cannot be blank"),
        ({"code": "ok", "name": ""}, "cannot be blank"),
        ({"code": "ok", "name": "n" * 1_000}, "at most 120"),
        ({"code": "c" * 1_000, "name": "n"}, "at most 63"),
        ({"code": "a\0b", "name": "n\0"}, "is planned"),
        ({"code": "ok", "name": "n", "edition": "9"}, ""),
        ({"code": "ok", "name": "n", "edition": "x" * 1_000}, ""),
    ],
)
def test_a_wave_that_cannot_be_planned(desk, people, fields, said):
    author, young, second = people
    for person, step in ((author, "submit"), (young, "approve"), (second, "freeze")):
        desk.does(person, step)
    page = desk.does(author, "plan", **{"edition": "1", **fields})
    assert said in page
    assert Wave.objects.exists() is (said == "is planned")


def test_two_tabs_submit_once(desk, people, survey):
    author = people[0]
    desk.does(author, "submit")
    assert "cannot become" in desk.does(author, "submit")
    assert "This is not to be decided by you now" in desk.does(people[1], "freeze")
    assert again(survey).approved_by is None


def test_lists_that_are_empty_say_what_to_do(client):
    area = asking.area("empty")
    at_desk(client, staff("officer", Role.PARTICIPATION_OFFICER, area=area))
    assert "Draft one: choose for whom it is" in client.get(reverse("desk:surveys")).content.decode()
    assert "plan a wave on its page" in client.get(reverse("desk:waves")).content.decode()
    at_desk(client, staff("worker", Role.PRACTITIONER, area=area))
    assert "No conversation is open in your area" in client.get(reverse("desk:conversations")).content.decode()
    at_desk(client, staff("lead", Role.SAFEGUARDING_LEAD, area=area))
    assert "Nothing waits for you" in client.get(reverse("desk:concerns")).content.decode()
    at_desk(client, staff("analyst", Role.BOARD_ANALYST, area=area))
    assert "There is no release yet" in client.get(reverse("desk:releases")).content.decode()
