"""The screens of an area's settings and of the rota: one's own area, one's own job, and errors beside the field."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from feedback.accounts.roles import Role
from feedback.safeguarding.models import Duty
from surveys.frame.models import Area, HelpNumber, Thresholds
from tests.factories import asking
from tests.factories.people import at_desk, staff
from tests.factories.pictures import photograph, picture, upload

pytestmark = pytest.mark.django_db
NORTH, ROTA = "/desk/work/areas/north/", "/desk/work/rota/north/"
SETTINGS = {"step": "settings", "known_as": "North listens", "languages": ["pl"], "retention_days": "45"}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def north():
    return asking.area("north")


@pytest.fixture
def admin(client, north):
    person = staff("admin", Role.ADMINISTRATOR, area=north)
    at_desk(client, person)
    return person


@pytest.fixture
def lead(client, north):
    person = staff("ada", Role.SAFEGUARDING_LEAD, area=north)
    at_desk(client, person)
    return person


def rows(*numbers):
    """The form of help numbers with these filled in."""
    filled = {"step": "help", "help-TOTAL_FORMS": "6", "help-INITIAL_FORMS": "0"}
    for place, (name, number) in enumerate(numbers):
        filled |= {f"help-{place}-name": name, f"help-{place}-number": number}
    return filled


def test_one_area_is_opened_at_once_and_several_are_listed(client, north, admin):
    assert client.get("/desk/work/areas/")["Location"] == NORTH
    asking.area("south")
    at_desk(client, staff("everywhere"))
    page = client.get("/desk/work/areas/").content.decode()
    assert "North" in page
    assert "South" in page


def test_settings_are_kept(client, north, admin):
    assert client.post(NORTH, SETTINGS).status_code == 302
    north.refresh_from_db()
    assert (north.known_as, north.languages, north.retention_days) == ("North listens", ["en", "pl"], 45)
    assert "North listens" in client.get(NORTH).content.decode()


def test_an_old_page_does_not_undo_what_somebody_else_changed(client, north, admin):
    """Two administrators have the page open; the second changes another field."""
    shown = {f"initial-{name}": value for name, value in SETTINGS.items() if name != "step"}
    Area.objects.filter(pk=north.pk).update(retention_days=45, known_as="Changed by the first")
    assert client.post(NORTH, {**SETTINGS, **shown, "welcome": "Hello", "initial-welcome": ""}).status_code == 302
    north.refresh_from_db()
    assert (north.known_as, north.welcome) == ("Changed by the first", "Hello")
    page = client.get(NORTH).content.decode()
    assert 'name="initial-known_as" value="Changed by the first"' in page


def test_no_field_beside_those_of_the_form_can_be_set(client, north, admin):
    asking.area("south")
    extra = {
        "name": "Hacked",
        "code": "south",
        "id": "999",
        "gss_code": "E06000001",
        "logo": "x.png",
        "is_fictional": "",
    }
    assert client.post(NORTH, {**SETTINGS, **extra}).status_code == 302
    north.refresh_from_db()
    assert (north.name, north.code, north.gss_code, north.logo, north.is_fictional) == ("North", "north", "", "", True)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("accent", "#f2b632", "WCAG AA"),
        ("retention_days", "6", "7 days at least"),
        ("retention_days", "366", "365 days at most"),
        ("retention_days", "1" * 5_000, "valid|whole|most"),
        ("known_as", "x" * 1_000_000, "at most 60"),
        ("known_as", "\0", "Null characters|one line"),
        ("languages", "xx", "not one of the available"),
        ("contact_email", "nobody", "valid email"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(client, settings, north, admin, field, value, said):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
    reply = client.post(NORTH, {**SETTINGS, field: value})
    assert reply.status_code == 422
    page = reply.content.decode()
    error = re.search(rf'id="id_{field}_error">(.*?)</div>', page, re.S)
    assert re.search(said, error[1])
    assert 'aria-invalid="true"' in page
    assert Area.objects.get(pk=north.pk).known_as == ""


def test_a_megabyte_is_refused_by_the_server_itself(client, north, admin):
    assert client.post(NORTH, {**SETTINGS, "welcome": "x" * 1_000_000}).status_code == 413


def test_help_numbers_are_kept_changed_and_taken_out(client, north, admin):
    assert client.post(NORTH, rows(("Duty", "01632 960001"), ("Night", "01632 960002"))).status_code == 302
    assert client.post(NORTH, rows(("", ""), ("Night", "01632 960002"))).status_code == 302
    assert [str(one) for one in north.help_numbers.all()] == ["Night 01632 960002"]


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ([("Duty", "")], "cannot be blank"),
        ([("", "01632 960001")], "cannot be blank"),
        ([("Duty", "call us")], "digits and spaces only"),
        ([("Duty", "01632 960001"), ("Again", "01632960001")], "there twice"),
    ],
)
def test_a_wrong_number_is_said_and_nothing_is_changed(client, north, admin, numbers, said):
    HelpNumber.objects.create(area=north, name="Old", number="01632 960009")
    reply = client.post(NORTH, rows(*numbers))
    assert reply.status_code == 422
    assert said in reply.content.decode()
    assert [one.name for one in north.help_numbers.all()] == ["Old"]


def test_a_number_cannot_be_smuggled_past_the_last_row(client, north, admin):
    assert client.post(NORTH, {**rows(), "help-TOTAL_FORMS": "2000"}).status_code == 422
    assert client.post(NORTH, {"step": "help"}).status_code == 422


def test_stricter_thresholds_are_kept_for_the_next_free_year(client, north, admin):
    assert client.post(NORTH, {"step": "thresholds", "smallest_group": "15"}).status_code == 302
    kept = Thresholds.objects.get()
    assert (kept.area, kept.year, kept.smallest_group, kept.smallest_block) == (
        north,
        timezone.localdate().year,
        15,
        None,
    )


@pytest.mark.parametrize("value", ["9", "0", "-1", "1001", "ten", "9" * 30])
def test_weaker_or_useless_thresholds_are_refused_beside_the_field(client, north, admin, value):
    reply = client.post(NORTH, {"step": "thresholds", "smallest_group": value})
    assert reply.status_code == 422
    assert 'id="id_smallest_group_error"' in reply.content.decode()
    assert not Thresholds.objects.exists()


def test_a_logo_is_taken_and_shown_at_an_address_of_its_own(client, north, admin):
    assert client.post(NORTH, {"step": "logo", "logo": upload(photograph(), "Joe Bloggs.jpg")}).status_code == 302
    north.refresh_from_db()
    assert "Joe" not in north.logo
    reply = client.get(f"/shown/north/{north.logo}")
    assert reply["Content-Type"] == "image/jpeg"
    assert b"Exif" not in reply.content
    other = asking.area("south")
    assert client.get(f"/shown/{other.code}/{north.logo}").status_code == 404
    assert client.post(NORTH, {"step": "no_logo"}).status_code == 302
    assert client.get(f"/shown/north/{north.logo}").status_code == 404


@pytest.mark.parametrize("content", [b"<svg><script>alert(1)</script></svg>", b"", picture("PNG")])
def test_what_is_no_logo_is_refused_beside_the_field(client, north, admin, content):
    reply = client.post(NORTH, {"step": "logo", "logo": upload(content, "logo.jpg")})
    assert reply.status_code == 422
    assert 'id="id_logo_error"' in reply.content.decode()


def test_a_colour_has_a_style_sheet_of_its_own(client, north):
    Area.objects.filter(pk=north.pk).update(accent="#0b5c73")
    assert "--sea:#0b5c73" in client.get("/shown/north/0b5c73.css").content.decode()
    for address in ("/shown/north/000000.css", "/shown/south/0b5c73.css", "/shown/north/0b5c73;}.css", "/shown/"):
        assert client.get(address).status_code == 404


def test_an_unknown_step_is_refused(client, north, admin):
    for step in ("", "delete", "settings\0"):
        assert client.post(NORTH, {"step": step}).status_code in {302, 403}
    assert Area.objects.filter(pk=north.pk).exists()


@pytest.mark.parametrize("address", ["/desk/work/areas/south/", "/desk/work/areas/nowhere/"])
def test_another_areas_address_is_none(client, north, admin, address):
    asking.area("south")
    assert client.get(address).status_code == 404
    assert client.post(address, SETTINGS).status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR], ids=lambda r: r.value)
def test_no_other_role_reaches_an_area(client, north, role):
    at_desk(client, staff("other", role, area=north))
    for address in ("/desk/work/areas/", NORTH):
        assert client.get(address).status_code in {302, 403}
        assert client.post(address, SETTINGS).status_code in {302, 403}
    assert Area.objects.get(pk=north.pk).known_as == ""


def test_nobody_reaches_it_without_signing_in(client, north):
    for address in (NORTH, ROTA):
        assert "/desk/login/" in client.get(address)["Location"]


def turn(**changed):
    today = timezone.localdate()
    return {"step": "plan", "starts_on": str(today), "ends_on": str(today + timedelta(days=3)), **changed}


def test_an_empty_rota_says_so(client, north, lead):
    assert "The rota is empty" in client.get(ROTA).content.decode()
    assert client.get("/desk/work/rota/")["Location"] == ROTA


def test_somebody_is_planned_and_taken_off(client, north, lead):
    assert client.post(ROTA, turn(lead=lead.pk)).status_code == 302
    page = client.get(ROTA).content.decode()
    assert "Nobody is on duty in the next 14 days on" in page
    assert "Today: <strong>ada</strong>" in page
    duty = Duty.objects.get()
    assert client.post(ROTA, {"step": "remove", "duty": duty.pk}).status_code == 302
    assert client.post(ROTA, {"step": "remove", "duty": duty.pk}).status_code == 404


def test_planning_twice_by_two_taps_plans_once(client, north, lead):
    client.post(ROTA, turn(lead=lead.pk))
    reply = client.post(ROTA, turn(lead=lead.pk))
    assert reply.status_code == 422
    assert "ada is on duty from" in re.search(r'id="id_starts_on_error">(.*?)</div>', reply.content.decode(), re.S)[1]
    assert Duty.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"lead": ""}, "lead"),
        ({"lead": "999999"}, "lead"),
        ({"lead": "\0"}, "lead"),
        ({"ends_on": "2020-01-01"}, "ends_on"),
        ({"starts_on": "tomorrow"}, "starts_on"),
        ({"ends_on": "9" * 1000}, "ends_on"),
    ],
)
def test_a_wrong_plan_is_said_beside_its_field(client, north, lead, changed, field):
    reply = client.post(ROTA, turn(**{"lead": lead.pk, **changed}))
    assert reply.status_code == 422
    assert f'id="id_{field}_error"' in reply.content.decode()
    assert not Duty.objects.exists()


def test_a_lead_of_another_area_is_not_offered_and_refused(client, north, lead):
    other = staff("sam", Role.SAFEGUARDING_LEAD, area=asking.area("south"))
    assert "sam" not in client.get(ROTA).content.decode()
    assert client.post(ROTA, turn(lead=other.pk)).status_code == 422


@pytest.mark.parametrize("duty", ["", "x", "1" * 400, "-1", "\0"])
def test_a_duty_that_is_none_is_not_taken_off(client, north, lead, duty):
    assert client.post(ROTA, {"step": "remove", "duty": duty}).status_code == 404


def test_another_areas_rota_is_none(client, north, lead):
    south = asking.area("south")
    sam = staff("sam", Role.SAFEGUARDING_LEAD, area=south)
    today = timezone.localdate()
    duty = Duty.objects.create(area=south, lead=sam, starts_on=today, ends_on=today)
    assert client.get("/desk/work/rota/south/").status_code == 404
    assert client.post("/desk/work/rota/south/", turn(lead=sam.pk)).status_code == 404
    assert client.post(ROTA, {"step": "remove", "duty": duty.pk}).status_code == 404
    assert Duty.objects.count() == 1


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SAFEGUARDING_LEAD], ids=lambda r: r.value)
def test_no_other_role_reaches_the_rota(client, north, role):
    at_desk(client, staff("other", role, area=north))
    for address in ("/desk/work/rota/", ROTA):
        assert client.get(address).status_code in {302, 403}


def test_a_lead_of_several_areas_sees_each_rota(client, north):
    asking.area("south")
    at_desk(client, staff("everywhere", Role.SAFEGUARDING_LEAD))
    page = client.get("/desk/work/rota/").content.decode()
    assert page.count("Nothing is planned") == 2
