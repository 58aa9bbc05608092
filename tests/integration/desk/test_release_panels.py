"""What a panel puts on the page of a release, and that it may keep itself to itself."""

import pytest
from django.test import RequestFactory

from cms.desk.release_panels import PANELS, Panel, panels_of
from feedback.releases.models import Release

pytestmark = pytest.mark.django_db


def test_a_panel_shows_its_template_or_nothing():
    release = Release(code="here-2026q1", quarter="2026Q1", rules={})
    request = RequestFactory().get("/")
    one = Panel("one", "desk/finding.html", lambda request, release: {"finding": None})
    none = Panel("none", "desk/finding.html", lambda request, release: None)
    assert [panel.name for panel in panels_of(request, release, (none, one))] == ["one"]


def test_every_panel_has_a_name_of_its_own():
    names = [panel.name for panel in PANELS]
    assert len(names) == len(set(names))
