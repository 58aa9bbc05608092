"""An area with a results page, and releases to read there."""

import pytest
from wagtail.models import Site

from cms.pages.models import HomePage, ResultsPage
from tests.factories import asking


@pytest.fixture
def area():
    return asking.area("north")


@pytest.fixture
def results(area):
    """The address of the page of results of the area, below a front door as in the demo."""
    front = asking.root().add_child(instance=HomePage(title="All areas", slug="all-areas"))
    home = front.add_child(instance=HomePage(title="North listens", slug="north", area=area))
    home.add_child(instance=ResultsPage(title="What we heard", slug="results", show_in_menus=True))
    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", root_page=front, is_default_site=True)
    return "/north/results/"
