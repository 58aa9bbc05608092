"""What an area decides for itself, who may decide it, and what is refused whoever asks."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from wagtail.models import ModelLogEntry

from feedback.accounts.roles import Role
from surveys.frame.actions import change_area, set_help_numbers, set_logo
from surveys.frame.colours import check_accent, contrast
from surveys.frame.models import Area, HelpNumber
from tests.factories import asking
from tests.factories.people import staff
from tests.factories.pictures import photograph, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def north():
    return asking.area("north")


@pytest.fixture
def admin(north):
    return staff("north-admin", Role.ADMINISTRATOR, area=north)


def test_contrast_is_what_wcag_says():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("colour", ["#0b5c73", "#000000", "#6a3d8f"])
def test_a_colour_that_can_be_read_is_taken(colour):
    check_accent(colour)


@pytest.mark.parametrize("colour", ["#f2b632", "#ffffff", "#767676", "#8fd3e6"])
def test_a_colour_that_cannot_be_read_is_refused_with_its_contrast(colour):
    with pytest.raises(ValidationError, match="WCAG AA asks for"):
        check_accent(colour)


@pytest.mark.parametrize("colour", ["red", "#0b5c7", "#0B5C73", "#0b5c73;}", "#0b5c73\n", "\0", "#" + "0" * 1_000_000])
def test_what_is_no_colour_is_refused(colour):
    with pytest.raises(ValidationError, match="Write the colour like"):
        check_accent(colour)


def test_what_changed_is_kept_and_logged_without_the_rest(north, admin):
    changes = {"known_as": "North listens", "accent": "#0b5c73", "retention_days": 60, "name": "Hacked", "code": "x"}
    assert change_area(north, changes, by=admin) == ["known_as", "accent", "retention_days"]
    north.refresh_from_db()
    assert (north.title, north.name, north.code, north.retention_days) == ("North listens", "North", "north", 60)
    entry = ModelLogEntry.objects.get(action="frame.change_area")
    assert (entry.user, entry.data) == (admin, {"changed": ["known_as", "accent", "retention_days"]})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"retention_days": 6}, "7 days at least"),
        ({"retention_days": 366}, "365 days at most"),
        ({"accent": "#f2b632"}, "WCAG AA"),
        ({"languages": ["cy"]}, "English is always offered"),
        ({"languages": ["en", "xx"]}, "languages that are listed"),
        ({"languages": "en"}, "languages that are listed"),
        ({"languages": [["en"]]}, "languages that are listed"),
        ({"known_as": "North\nx"}, "in one line"),
        ({"known_as": "North\0"}, "one line"),
        ({"welcome": "w" * 1_000_000}, "at most 300"),
        ({"contact_phone": "call me"}, "digits and spaces"),
        ({"contact_email": "nobody"}, "valid email"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(north, admin, changes, said):
    with pytest.raises(ValidationError, match=said):
        change_area(north, changes, by=admin)
    assert not ModelLogEntry.objects.filter(action="frame.change_area").exists()


@pytest.mark.parametrize("days", [6, 366])
def test_the_database_refuses_other_days_too(north, days):
    with pytest.raises(IntegrityError), transaction.atomic():
        Area.objects.filter(pk=north.pk).update(retention_days=days)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR], ids=lambda role: role.value)
def test_no_other_role_changes_an_area(north, role):
    person = staff("other", role, area=north)
    for act in (
        lambda: change_area(north, {"known_as": "x"}, by=person),
        lambda: set_help_numbers(north, [], by=person),
        lambda: set_logo(north, None, by=person),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_nor_does_an_administrator_of_another_area(north):
    person = staff("south-admin", Role.ADMINISTRATOR, area=asking.area("south"))
    with pytest.raises(PermissionDenied):
        change_area(north, {"known_as": "x"}, by=person)


def test_help_numbers_are_replaced_in_their_order(north, admin):
    for names in (["Duty", "Night line"], ["Night line", "Duty"]):
        rows = [HelpNumber(name=name, number=f"01632 96000{len(name)}") for name in names]
        set_help_numbers(north, rows, by=admin)
    assert [one.name for one in north.help_numbers.all()] == ["Night line", "Duty"]


@pytest.mark.parametrize("number", ["", "0", "0800-1111", "javascript:1", "01632\n960", "9" * 30, "0\0"])
def test_a_wrong_number_leaves_all_as_they_were(north, admin, number):
    set_help_numbers(north, [HelpNumber(name="Duty", number="01632 960001")], by=admin)
    with pytest.raises(ValidationError):
        set_help_numbers(north, [HelpNumber(name="New", number="999"), HelpNumber(name="x", number=number)], by=admin)
    assert [one.name for one in north.help_numbers.all()] == ["Duty"]


def test_more_numbers_than_a_phone_should_carry_are_refused(north, admin):
    rows = [HelpNumber(name="Line", number=f"01632 96000{n}") for n in range(7)]
    with pytest.raises(ValidationError, match="6 numbers at most"):
        set_help_numbers(north, rows, by=admin)


def test_a_logo_is_kept_without_where_it_was_taken(north, admin, django_capture_on_commit_callbacks):
    set_logo(north, upload(photograph(), "home.jpg"), by=admin)
    north.refresh_from_db()
    first = f"logos/{north.logo}"
    with default_storage.open(first) as file:
        assert b"Exif" not in file.read()
    with django_capture_on_commit_callbacks(execute=True):
        set_logo(north, None, by=admin)
    assert not default_storage.exists(first)


def test_areas_are_found_by_what_people_call_them(north):
    Area.objects.filter(pk=north.pk).update(gss_code="E06000001", spellings=["the north"])
    for words in ("north", "E06000001", "NORTH", "The North"):
        assert Area.objects.called(words) == [north]
    assert Area.objects.called("") == []
