"""A public page shows what is its own area's, and nothing of another."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Site

from cms.pages.models import HomePage, TextPage
from surveys.frame.models import Area, HelpNumber
from tests.factories import asking

pytestmark = pytest.mark.django_db


@pytest.fixture
def homes():
    """Two areas, one below the other, as in the demo."""
    made, parent = {}, asking.root()
    for name in ("north", "south"):
        area = asking.area(
            name, known_as=f"{name.title()} listens", welcome=f"Welcome to the {name}.", accent="#0b5c73"
        )
        Area.objects.filter(pk=area.pk).update(contact_name=f"{name.title()} team", contact_email=f"ask@{name}.example")
        HelpNumber.objects.create(area=area, name=f"{name.title()} line", number="01632 960001")
        parent = made[name] = parent.add_child(instance=HomePage(title=f"{name} home", slug=name, area=area))
    made["north"].add_child(instance=TextPage(title="About", slug="about", body="<p>x</p>"))
    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", root_page=made["north"], is_default_site=True)
    return made


@pytest.mark.parametrize(
    ("address", "own", "other"), [("/", "north", "south"), ("/about/", "north", "south"), ("/south/", "south", "north")]
)
def test_a_page_has_the_numbers_and_the_look_of_its_area(client, homes, address, own, other):
    page = client.get(address).content.decode()
    for shown in (f"{own.title()} line", f"{own.title()} team", f"ask@{own}.example", f"/shown/{own}/0b5c73.css"):
        assert shown in page
    for hidden in (f"{other.title()} line", f"{other.title()} team", f"/shown/{other}/", f"Welcome to the {other}"):
        assert hidden not in page


def test_the_address_of_the_duty_team_is_on_no_page(client, homes):
    Area.objects.update(safeguarding_email="duty@north.example")
    assert "duty@north.example" not in client.get("/").content.decode()


def test_what_an_area_writes_is_only_words(client, homes):
    Area.objects.update(welcome="<script>alert(1)</script>", contact_name="<b>x</b>")
    page = client.get("/").content.decode()
    assert "<script>alert" not in page
    assert "<b>x" not in page


def test_a_way_in_to_a_survey_of_another_area_is_refused(homes):
    own, other = (asking.open_wave(of=homes[name].area) for name in ("north", "south"))
    for wave, is_refused in ((own, False), (other, True)):
        homes["north"].body = [("way_in", {"title": "Us", "text": "x", "wave": wave.code, "poster": "abc"})]
        if is_refused:
            with pytest.raises(ValidationError, match="is no wave of North"):
                homes["north"].full_clean()
        else:
            homes["north"].full_clean()
