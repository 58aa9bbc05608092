"""A new site has a front door and a page for each area without anybody making them, and keeps what somebody wrote."""

import pytest
from django.core.management import call_command
from wagtail.models import Page, Site

from cms.pages.models import HomePage, ResultsPage, TextPage
from cms.pages.planting import make_missing_pages
from feedback.accounts.rights import home_pages_of
from feedback.accounts.roles import Role
from surveys.frame.models import Area
from tests.factories import asking
from tests.factories.people import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def areas():
    """Two areas, and the site as a migration leaves it."""
    assert Site.objects.get(is_default_site=True).root_page.title == "Welcome to your new Wagtail site!"
    return [asking.area("north"), asking.area("south")]


def test_everybody_finds_a_page_of_their_area(client, areas):
    call_command("make_pages", verbosity=0)
    front = client.get("/").content.decode()
    assert "All areas together" in front
    assert "Welcome to your new Wagtail site" not in front
    for area in areas:
        assert f'href="/{area.code}/"' in front
        home = client.get(f"/{area.code}/").content.decode()
        assert f"{area.name} listens" in home
        for below in ("results", "about"):
            assert f'href="/{area.code}/{below}/"' in home
            assert client.get(f"/{area.code}/{below}/").status_code == 200
    assert client.get("/results/").status_code == 200
    assert not Page.objects.filter(slug="home", depth=2).exists()


def test_a_site_without_areas_has_a_front_door(client):
    call_command("make_pages", verbosity=0)
    assert "All areas together" in client.get("/").content.decode()


def test_the_board_officer_of_an_area_writes_its_pages(areas):
    officer = staff("officer", Role.BOARD_OFFICER, area=areas[0])
    assert home_pages_of(officer) == []
    make_missing_pages()
    assert [page.specific.area for page in home_pages_of(officer)] == areas[:1]


def test_a_second_time_nothing_is_made_and_little_is_asked(areas, django_assert_max_num_queries):
    assert [page.area for page in make_missing_pages()] == [None, *areas]
    before = Page.objects.count()
    with django_assert_max_num_queries(4):
        assert make_missing_pages() == []
    assert Page.objects.count() == before


def test_what_somebody_wrote_or_took_off_the_site_stays(client, areas):
    make_missing_pages()
    home = HomePage.objects.get(area=areas[0])
    home.title = "Ask us in the north"
    home.save()
    home.unpublish()
    TextPage.objects.child_of(HomePage.objects.get(area=areas[1])).get().delete()
    assert make_missing_pages() == []
    assert client.get("/north/").status_code == 404
    assert client.get("/south/about/").status_code == 404


def test_an_area_that_comes_later_has_its_page_with_the_next_tick(client, areas):
    make_missing_pages()
    west = asking.area("west")
    call_command("tick", verbosity=0)
    assert client.get("/west/").status_code == 200
    assert ResultsPage.objects.child_of(HomePage.objects.get(area=west)).exists()


def test_an_area_that_went_into_another_gets_none(areas):
    Area.objects.filter(pk=areas[1].pk).update(merged_into=areas[0])
    assert [page.area for page in make_missing_pages()] == [None, areas[0]]


def test_an_address_that_is_taken_is_not_taken_twice(client):
    asking.area("results")
    Page.get_first_root_node().add_child(instance=HomePage(title="Ours", slug="all-areas", area=asking.area("north")))
    make_missing_pages()
    assert HomePage.objects.get(area=None).slug == "all-areas-1"
    assert HomePage.objects.get(area__code="results").slug == "results-1"
    assert client.get("/results-1/").status_code == 200


def test_a_site_that_begins_with_a_page_of_ours_goes_on_beginning_there(client, areas):
    home = Page.get_first_root_node().add_child(instance=HomePage(title="North", slug="north", area=areas[0]))
    Site.objects.update(root_page=home)
    make_missing_pages()
    assert Site.objects.get(is_default_site=True).root_page_id == home.pk
    assert HomePage.objects.filter(area=areas[0]).count() == 1
