"""The board's fuller pages: every stored table and period of a release, and four sources side by side."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from feedback.accounts.roles import Role
from feedback.releases import kept
from feedback.releases.models import ClosedGroup, ClosedWindow, Release
from feedback.releases.population import PopulationFigure
from tests.factories import asking
from tests.factories.listening import coded
from tests.factories.people import at_desk, staff
from tests.integration.releases.releasing import Q2, release

pytestmark = pytest.mark.django_db
SEES = {Role.BOARD_ANALYST, Role.OUTPUT_CHECKER, Role.BOARD_OFFICER, Role.NATIONAL_OVERSEER}


@pytest.fixture
def area():
    return asking.area("north")


@pytest.fixture
def published(area):
    edition = asking.edition(of=area)
    asking.open_wave(of=area, edition=edition)
    for quarter in ("2025Q1", "2025Q2"):
        coded(edition, area, quarter=quarter, n=60, stage="plan")
        coded(edition, area, quarter=quarter, n=60, stage="leaving")
    return release(area, Q2)[-1]


def addresses(one):
    return [reverse(f"desk:{name}", args=[one.code]) for name in ("figures", "sources")]


def officer(client, area):
    return at_desk(client, staff("officer", Role.BOARD_OFFICER, area=area))


def read(client, one, **asked):
    reply = client.get(reverse("desk:figures", args=[one.code]), asked)
    assert reply.status_code == 200
    return reply.content.decode()


@pytest.mark.parametrize("role", list(Role))
def test_who_sees_them(client, published, role):
    place = None if role is Role.NATIONAL_OVERSEER else published.area
    at_desk(client, staff("somebody", role, area=place))
    assert {client.get(address).status_code for address in addresses(published)} == {200 if role in SEES else 404}


def test_nobody_sees_those_of_another_area(client, published):
    officer(client, asking.area("south"))
    assert {client.get(address).status_code for address in addresses(published)} == {404}


def test_filters_choose_among_stored_cells_and_make_none(client, area, published):
    asking.stage("plan")
    officer(client, area)
    before = ClosedWindow.objects.count(), ClosedGroup.objects.count()
    page = read(client, published, question="listened")
    assert "January to March 2025" in page
    assert "April to June 2025" in page
    page = read(client, published, question="listened", table="stage", answer="no")
    assert "By step of the journey" in page
    assert "Share who said: No" in page
    assert (ClosedWindow.objects.count(), ClosedGroup.objects.count()) == before


@pytest.mark.parametrize("nonsense", ["\x00", "x" * 3000, "overall'--", "2025Q9", "\u202eyes"])
def test_what_is_not_stored_is_answered_with_the_first_that_is(client, area, published, nonsense):
    officer(client, area)
    where = reverse("desk:figures", args=[published.code])
    usual = client.get(where).context
    asked = dict.fromkeys(("question", "table", "period", "answer"), nonsense)
    shown = client.get(where, asked).context
    assert (shown["question"].code, shown["chosen"], shown["shown"]) == (
        usual["question"].code, usual["chosen"], usual["shown"],
    )  # fmt: skip


def test_four_sources_with_the_gaps_said(client, area, published):
    PopulationFigure.objects.create(
        area=area, theme="workforce", kind="count", name="Social workers", value=40, unit="workers", period="2025",
        source="A return <b>", source_date=date(2025, 4, 1),
    )  # fmt: skip
    officer(client, area)
    page = client.get(reverse("desk:sources", args=[published.code])).content.decode()
    assert page.count("Not held here.") == 5
    assert "40 workers" in page
    assert "A return &lt;b&gt;" in page
    assert "nothing on what people say, nor on what became of people, nor on how many there are" in page


def test_they_cost_few_queries(client, area, published):
    officer(client, area)
    for address in addresses(published):
        client.get(address)
        with CaptureQueriesContext(connection) as counted:
            client.get(address)
        own = [one["sql"] for one in counted if "releases_" in one["sql"] or "design_" in one["sql"]]
        assert len(own) < 20, own


def test_a_release_without_figures_says_so(client, area):
    empty = asking.area("empty")
    made = Release.objects.create(code="empty-2025q1", area=empty, quarter="2025Q1", rules={})
    officer(client, empty)
    kept.forget()
    assert "holds no figure yet" in read(client, made)
