"""A new area can be given its care councils at the desk, without which nobody could draft a survey there."""

import pytest
from wagtail.models import ModelLogEntry

from feedback.accounts.roles import Role
from surveys.design.council_actions import MOST_COUNCILS, CouncilSaid, set_councils
from surveys.design.models import CareCouncil
from surveys.design.trees import surveys_of
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed
from tests.factories import asking
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
NORTH = "/desk/work/areas/north/"


@pytest.fixture
def north():
    return asking.area("north")


@pytest.fixture
def admin(client, north):
    person = staff("admin", Role.ADMINISTRATOR, area=north)
    at_desk(client, person)
    return person


def rows(*councils):
    """The form of care councils with these filled in, after what was shown of those that are there."""
    filled = {"step": "councils", "councils-TOTAL_FORMS": str(len(councils)), "councils-INITIAL_FORMS": "0"}
    for place, (number, name, about, *shown) in enumerate(councils):
        filled |= {
            f"councils-{place}-number": number, f"councils-{place}-name": name, f"councils-{place}-about": about,
            f"initial-councils-{place}-name": shown[0] if shown else "",
        }  # fmt: skip
    return filled


def names(area):
    return [council.name for council in area.care_councils.all()]


def test_a_new_area_gets_one_and_an_officer_drafts_a_survey_for_it(client, north, admin):
    tree = surveys_of(north)
    at_desk(client, staff("officer", Role.PARTICIPATION_OFFICER, area=north))
    form = f"/desk/pages/add/design/surveypage/{tree.pk}/"
    assert "There is none yet. An administrator of the area adds it" in client.get(form).content.decode()
    at_desk(client, admin)
    assert client.post(NORTH, rows(("", "Voices of the North", "Ten of us."))).status_code == 302
    assert "Voices of the North" in client.get(NORTH).content.decode()
    at_desk(client, staff("officer", Role.PARTICIPATION_OFFICER, area=north))
    shown = client.get(form).content.decode()
    assert "Voices of the North" in shown
    assert "There is none yet" not in shown


def test_one_is_renamed_another_added_and_what_was_not_touched_stays(client, north, admin):
    first = CareCouncil.objects.create(area=north, name="Voices")
    second = CareCouncil.objects.create(area=north, name="Leavers")
    sent = rows((first.pk, "Loud voices", "", "Voices"), (second.pk, "Leavers", "", "Leavers"), ("", "Youngest", ""))
    CareCouncil.objects.filter(pk=second.pk).update(name="Changed by somebody else meanwhile")
    assert client.post(NORTH, sent).status_code == 302
    assert names(north) == ["Changed by somebody else meanwhile", "Loud voices", "Youngest"]
    entry = ModelLogEntry.objects.get(action="design.set_councils")
    assert entry.data["councils"] == names(north)


def test_one_without_surveys_can_be_taken_out_and_one_with_surveys_stays(client, north, admin):
    unused = CareCouncil.objects.create(area=north, name="Made by mistake")
    assert client.post(NORTH, rows((unused.pk, "", "", "Made by mistake"))).status_code == 302
    assert names(north) == []
    survey = asking.open_wave(of=north).edition.survey
    owner = survey.care_council
    reply = client.post(NORTH, rows((owner.pk, "", "", owner.name)))
    assert reply.status_code == 422
    assert "stays, because surveys are its own" in reply.content.decode()
    assert names(north) == [owner.name]


@pytest.mark.parametrize(
    ("council", "said"),
    [
        (("", "VOICES", ""), "already"),
        (("", "x" * 121, ""), "at most 120 characters"),
        (("", "Heard", "x" * 501), "at most 500 characters"),
        (("99999999", "Not ours", ""), "not there any more"),
        (("-1", "Not ours", ""), "not there any more"),
        (("", "He\x00ard", ""), "Null characters"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_changed(client, north, admin, council, said):
    CareCouncil.objects.create(area=north, name="Voices")
    reply = client.post(NORTH, rows(council))
    assert reply.status_code == 422
    assert said in reply.content.decode()
    assert names(north) == ["Voices"]


def test_that_of_another_area_is_not_there(client, north, admin):
    other = CareCouncil.objects.create(area=asking.area("south"), name="Southerners")
    assert client.post(NORTH, rows((other.pk, "Ours now", ""))).status_code == 422
    other.refresh_from_db()
    assert other.name == "Southerners"


def test_there_are_not_more_than_fit(client, north, admin):
    many = [("", f"Council {number}", "") for number in range(MOST_COUNCILS + 1)]
    assert client.post(NORTH, rows(*many)).status_code == 422
    with pytest.raises(NotAllowed, match="at most"):
        set_councils(north, [CouncilSaid(None, name, "") for _, name, _ in many], by=admin)
    assert names(north) == []


def test_sent_twice_it_is_there_once(client, north, admin):
    for status in (302, 422):
        assert client.post(NORTH, rows(("", "Voices", ""))).status_code == status
    assert names(north) == ["Voices"]


def test_an_area_that_went_into_another_gets_none(north, admin):
    Area.objects.filter(pk=north.pk).update(merged_into=asking.area("south"))
    north.refresh_from_db()
    with pytest.raises(NotAllowed, match="is part of"):
        set_councils(north, [CouncilSaid(None, "Voices", "")], by=admin)


@pytest.mark.parametrize("role", [Role.PARTICIPATION_OFFICER, Role.CARE_COUNCIL_MEMBER, Role.SAFEGUARDING_LEAD])
def test_nobody_else_may(client, north, role):
    at_desk(client, staff("somebody", role, area=north))
    assert client.post(NORTH, rows(("", "Voices", ""))).status_code in {302, 403, 404}
    assert names(north) == []
