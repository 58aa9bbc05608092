"""The first page says what waits for whoever has come, and the menu has their jobs and no other."""

import pytest
from django.urls import reverse

from cms.workflow.actions import decide, send_for_approval
from feedback.accounts.roles import Role
from feedback.releases.models import Release, ReleaseState
from tests.factories import asking
from tests.factories.answering import WORRY, arrives
from tests.factories.designing import again, designers, draft
from tests.factories.paper import keys
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return asking.area("here")


def home(client, person):
    at_desk(client, person)
    reply = client.get(reverse("wagtailadmin_home"))
    assert reply.status_code == 200
    return reply.content.decode()


# What each role's menu leads to, of everything that there is.
LEADS_TO = {
    Role.CARE_COUNCIL_MEMBER: {"surveys", "bank", "inspections"},
    Role.PARTICIPATION_OFFICER: {"surveys", "bank", "waves", "inspections"},
    Role.PRACTITIONER: {"conversations"},
    Role.SAFEGUARDING_LEAD: {"concerns", "texts"},
    Role.MODERATOR: {"comments"},
    Role.BOARD_ANALYST: {"releases"},
    Role.OUTPUT_CHECKER: {"releases"},
    Role.BOARD_OFFICER: {"releases", "pages", "inspections"},
    Role.INSPECTOR: {"inspections"},
    Role.NATIONAL_OVERSEER: {"releases"},
    Role.ADMINISTRATOR: set(),
}
EVERYTHING = set().union(*LEADS_TO.values())


def address(name):
    return reverse(f"desk:{name}")


@pytest.mark.parametrize("role", list(Role))
def test_each_role_finds_its_jobs_and_every_one_of_them_opens(client, area, role):
    text = home(client, staff("somebody", role, area=area))
    menu = text[text.index('id="wagtail-sidebar-props"') :]
    for name in EVERYTHING:
        leads = f'"{address(name)}"' in menu
        assert leads is (name in LEADS_TO[role]), name
        status = client.get(address(name), follow=True).redirect_chain
        assert (("/desk/", 302) in status) is (name not in LEADS_TO[role])
    for nobodys in ("reports", "settings", "sites", "users", "groups", "workflows", "collections"):
        assert f"/desk/{nobodys}/" not in menu
    assert "Published results" in text
    assert role.label in text


def test_a_lead_sees_how_many_wait_and_since_when(client, area):
    from feedback.safeguarding.actions import screen_waiting

    wave = asking.open_wave(of=area)
    arrives(wave, WORRY)
    arrives(wave, "The room is nice.")
    screen_waiting()
    elsewhere = asking.open_wave(of=asking.area("there"))
    arrives(elsewhere, "Their room is nice.")
    screen_waiting()
    text = home(client, staff("lead", Role.SAFEGUARDING_LEAD, area=area))
    assert "1 worry waits." in text
    assert "1 text waits for a person; the oldest came on" in text
    assert "room is nice" not in text


def test_nobody_is_asked_to_decide_on_their_own_survey(client, area):
    author, young, second = designers(area)
    survey = draft(area, title="About you")
    send_for_approval(survey, by=author)
    waits = "About you (Here) waits for"
    assert f"{waits} the care council" in home(client, young)
    assert waits not in home(client, author)
    decide(again(survey), approved=True, by=young)
    assert f"{waits} a second person" in home(client, second)
    assert waits not in home(client, author)
    assert waits not in home(client, staff("far", Role.PARTICIPATION_OFFICER, area=asking.area("there")))


def test_nobody_is_asked_to_check_their_own_release(client, area):
    release = Release.objects.create(code="r", area=area, quarter="2026Q1", rules={}, status="proposed")
    checker = staff("checker", Role.OUTPUT_CHECKER, area=area)
    assert "Check Here, 2026Q1" in home(client, checker)
    ReleaseState.objects.create(release=release, status="proposed", by=checker, on="2026-05-04")
    text = home(client, checker)
    assert "Check Here, 2026Q1" not in text
    assert "No release waits for you" in text


def test_booklets_wait_for_the_second_person_and_not_for_the_first(client, area):
    wave = asking.open_wave(of=area)
    ann, bob = (staff(name, Role.PARTICIPATION_OFFICER, area=area) for name in ("ann", "bob"))
    keys(wave, ann, listened="no")
    assert "1 booklet was keyed once" in home(client, bob)
    assert "keyed once" not in home(client, ann)


def test_the_overseer_sees_what_is_published_and_nothing_before(client, area):
    for quarter, status in enumerate(("draft", "proposed", "published"), start=1):
        Release.objects.create(code=f"here-{status}", area=area, quarter=f"2026Q{quarter}", rules={}, status=status)
    at_desk(client, staff("overseer", Role.NATIONAL_OVERSEER))
    page = client.get(reverse("desk:releases")).content.decode()
    assert "here-published" in page
    assert "here-draft" not in page
    assert "here-proposed" not in page
    assert client.get(reverse("desk:release", args=["here-published"])).status_code == 200
    assert client.get(reverse("desk:release", args=["here-proposed"])).status_code == 404


def test_a_practitioner_finds_the_open_conversations_of_their_area(client, area):
    held = asking.open_wave(of=area, edition=asking.edition(of=area, kind="conversation"))
    asked = asking.open_wave(of=area)
    there = asking.area("there")
    elsewhere = asking.open_wave(of=there, edition=asking.edition(of=there, kind="conversation"))
    at_desk(client, staff("worker", Role.PRACTITIONER, area=area))
    page = client.get(reverse("desk:conversations")).content.decode()
    assert held.name in page
    assert asked.name not in page
    assert elsewhere.name not in page
    for wave, status in ((held, 200), (asked, 404), (elsewhere, 404)):
        assert client.get(reverse("desk:booklet", args=[wave.code, "en"])).status_code == status
    assert client.get(reverse("desk:wave", args=[held.code])).status_code in {302, 404}


def test_who_holds_no_role_does_not_come_in(client):
    from feedback.accounts.models import User

    at_desk(client, User.objects.create(username="nobody", is_staff=True))
    assert client.get(reverse("wagtailadmin_home")).status_code == 403
