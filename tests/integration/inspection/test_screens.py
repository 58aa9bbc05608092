"""What an inspector finds at the desk, who else sees that they looked, and who finds a closed door."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from feedback.accounts.models import RoleHeld
from feedback.accounts.roles import PERMISSIONS, Role
from feedback.inspection.models import Grant, InspectionSample
from surveys.bank.models import QuestionBankPage, QuestionPage
from tests.factories import asking, inspecting
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return asking.area("north")


@pytest.fixture
def grant(area):
    return inspecting.granted(area)


@pytest.fixture
def at(client, grant):
    """The addresses of an inspection, opened by its inspector."""
    at_desk(client, grant.inspector)

    def go(name, *rest, post=False, **query):
        address = reverse(f"desk:{name}", args=[grant.pk, *rest])
        return client.post(address, query, follow=True) if post else client.get(address, query)

    return go


def text_of(reply, status=200):
    assert reply.status_code == status
    return reply.content.decode()


def actions_logged():
    return list(
        ModelLogEntry.objects.filter(action__startswith="inspection.").order_by("pk").values_list("action", flat=True)
    )


def test_the_first_page_leads_to_the_inspection_with_the_days_left(client, at, grant):
    text = text_of(client.get("/desk/"))
    assert "11 days are left" in text
    assert reverse("desk:inspection", args=[grant.pk]) in text
    assert "Open until" in text_of(client.get(reverse("desk:inspections")))
    text = text_of(at("inspection"))
    assert "11 days left, today included" in text
    assert reverse("desk:inspection_promises", args=[grant.pk]) in text


def test_a_sample_is_drawn_read_and_its_record_taken(area, at):
    inspecting.closed_year(area)
    assert "Draw the sample of 2025" in text_of(at("inspection"))
    assert "Nobody has drawn this sample yet" in text_of(at("inspection_sample", 2025))
    text = text_of(at("inspection_sample", 2025, post=True))
    assert "Sheet 1 of 2" in text
    assert "One answer in 10 was replaced" in text
    assert "Question listened?" in text
    text_of(at("inspection_sample", 2025, post=True))
    assert InspectionSample.objects.count() == 1
    reply = at("inspection_record", 2025)
    assert reply["Content-Disposition"] == 'attachment; filename="draw-north-2025.json"'
    assert b'"signature"' in reply.content
    assert "no-store" in reply["Cache-Control"]
    logged = actions_logged()
    assert logged.count("inspection.draw") == 1
    assert logged.count("inspection.look_at_sheets") == 2
    assert logged[-1] == "inspection.take_record"


def test_a_group_is_named_where_it_is_shown(area, at):
    inspecting.closed_year(area, n=400)
    text = text_of(at("inspection_sample", 2025, post=True))
    assert "Step of the journey" in text
    assert "Earlier: Leaving" in text
    assert "Later: Plan, not known" in text


def test_an_area_of_ninety_nine_says_why_it_has_no_sample(area, at):
    inspecting.closed_year(area, n=99)
    assert "Fewer than 100 people are behind the figures of North for 2025" in text_of(at("inspection"))
    assert "Fewer than 100 people" in text_of(at("inspection_sample", 2025))
    assert "Fewer than 100 people" in text_of(at("inspection_sample", 2025, post=True))
    assert not InspectionSample.objects.exists()


def test_the_tables_are_the_released_ones_along_the_journey(area, at):
    assert "No release of North is published yet" in text_of(at("inspection_tables"))
    bank = asking.root().add_child(instance=QuestionBankPage(title="Bank"))
    bank.add_child(instance=QuestionPage(title="Helped", code="helped", theme="helped", is_outcome=True))
    inspecting.published_year(area, n=200)
    text = text_of(at("inspection_tables"))
    helped, journey = text[text.index("Was I helped?") :].split("Step by step", 1)
    assert "Question helped?" in helped
    assert "Question listened?" not in helped
    assert "Question listened?" in journey
    assert '<th scope="row">Plan</th>' in journey
    assert actions_logged()[-1] == "inspection.look_at_tables"
    assert at("inspection_tables", release="a\0b").status_code == 404
    assert at("inspection_tables", release="other-2025q4").status_code == 404


PAGES = (
    ("inspection", ()), ("inspection_tables", ()), ("inspection_promises", ()), ("inspection_draw_again", ()),
    ("inspection_sample", (2025,)), ("inspection_record", (2025,)),
)  # fmt: skip


@pytest.mark.parametrize(("days", "sentence"), [((-9, -1), "was over on"), ((1, 9), "begins on")])
def test_outside_its_days_every_page_says_so(area, at, grant, days, sentence):
    inspecting.closed_year(area)
    at("inspection_sample", 2025, post=True)
    inspecting.moved(grant, days=days)
    before = actions_logged()
    for name, rest in PAGES:
        assert sentence in text_of(at(name, *rest), 403), name
    assert sentence in text_of(at("inspection_sample", 2025, post=True), 403)
    assert actions_logged() == before


def test_a_role_that_is_taken_away_closes_every_page_at_once(client, at, grant):
    RoleHeld.objects.filter(user=grant.inspector, role=Role.INSPECTOR).delete()
    staff("inspector", Role.MODERATOR, area=grant.area)
    for name, rest in PAGES:
        assert at(name, *rest).status_code == 302, name


def test_an_inspection_of_another_area_or_person_is_not_there(client, area, at):
    elsewhere = inspecting.granted(asking.area("south"), of=inspecting.inspector(asking.area("south"), "other"))
    colleagues = inspecting.granted(area, of=inspecting.inspector(area, "colleague"))
    for grant in (elsewhere, colleagues):
        for name, rest in PAGES:
            assert client.get(reverse(f"desk:{name}", args=[grant.pk, *rest])).status_code == 404, name
    assert at("inspection_sample", 2**70).status_code == 200
    assert client.get(f"/desk/work/inspections/{2**70}/").status_code == 404


@pytest.mark.parametrize("role", list(Role))
def test_what_each_role_finds(client, grant, role):
    at_desk(client, staff("somebody", role, area=grant.area))
    can = PERMISSIONS[role]
    opens = {
        "inspections": bool(can & {"inspection.look", "inspection.give_grant", "inspection.see_looks"}),
        "inspection_looks": "inspection.see_looks" in can,
        "inspection_let_in": "inspection.give_grant" in can,
    }
    for name, is_open in opens.items():
        assert (client.get(reverse(f"desk:{name}")).status_code == 200) is is_open, name
    for name, rest in PAGES[1:]:
        assert client.get(reverse(f"desk:{name}", args=[grant.pk, *rest])).status_code in {302, 404}


def test_the_care_council_and_the_officer_see_who_looked_when_and_no_name(client, at, area):
    text_of(at("inspection_tables"))
    for role in (Role.CARE_COUNCIL_MEMBER, Role.PARTICIPATION_OFFICER, Role.BOARD_OFFICER):
        at_desk(client, staff(f"one-{role}", role, area=area))
        text = text_of(client.get(reverse("desk:inspection_looks")))
        assert "Looked at the released tables" in text
        assert "Joint visit" in text
        assert timezone.localdate().strftime("%B %Y") in text
        assert ">inspector<" not in text
    at_desk(client, staff("elsewhere", Role.CARE_COUNCIL_MEMBER, area=asking.area("south")))
    assert "No inspector was let in yet" in text_of(client.get(reverse("desk:inspection_looks")))


def test_a_safeguarding_lead_sees_it_with_the_name(client, at, area):
    text_of(at("inspection_tables"))
    at_desk(client, staff("lead", Role.SAFEGUARDING_LEAD, area=area))
    text = text_of(client.get(reverse("desk:looking"), {"kind": "inspection"}))
    assert "Inspections: Looked at the released tables" in text
    assert "<td>inspector</td>" in text


def sent(client, **changed):
    inspector = changed.pop("inspector", None) or inspecting.inspector(asking.area("north"))
    today = timezone.localdate().isoformat()
    form = {"inspector": inspector.pk, "area": "north", "inspection": "Joint visit", "since": today, "until": today}
    return client.post(reverse("desk:inspection_let_in"), {**form, **changed})


def test_a_board_officer_lets_in_and_ends(client, area):
    at_desk(client, staff("officer", Role.BOARD_OFFICER, area=area))
    assert "Nobody holds the role of an inspector" in text_of(client.get(reverse("desk:inspection_let_in")))
    address = sent(client)["Location"]
    assert "Joint visit (North)" in text_of(client.get(address))
    assert "already" in text_of(sent(client))
    assert "1 inspector is let in today" in text_of(client.get("/desk/"))
    assert "Ended: nothing is open any more." in text_of(client.post(address, follow=True))
    assert Grant.objects.get().ended_by.username == "officer"


@pytest.mark.parametrize(
    "changed",
    [{"area": "south"}, {"inspector": None, "inspection": "a\0b"}, {"inspection": "x" * 2**17}, {"since": "tomorrow"},
     {"until": "2020-01-01"}, {"until": ""}, {"inspection": ""}],
)  # fmt: skip
def test_what_makes_no_sense_lets_nobody_in(client, area, changed):
    asking.area("south")
    at_desk(client, staff("officer", Role.BOARD_OFFICER, area=area))
    assert 'class="error-message"' in text_of(sent(client, **changed))
    assert not Grant.objects.exists()


def test_an_inspector_of_another_area_cannot_be_chosen(client, area):
    at_desk(client, staff("officer", Role.BOARD_OFFICER, area=area))
    inspecting.inspector(area)
    stranger = inspecting.inspector(asking.area("south"), "stranger")
    assert "Choose one of the inspectors" in text_of(sent(client, inspector=stranger))
    assert not Grant.objects.exists()
