"""What is open: said in sentences that give no number away, and the same as what closing does."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from feedback.accounts.roles import Role
from feedback.disclosure.periods import Quarter
from feedback.disclosure.rules import Table
from feedback.releases import actions
from feedback.releases.models import ClosedWindow, Release
from feedback.releases.open_windows import open_area
from tests.factories import asking
from tests.factories.listening import analyst, coded
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
LAST = Quarter.of(timezone.localdate()).previous()
BEFORE = LAST.previous()


@pytest.fixture
def area():
    return asking.area("north")


@pytest.fixture
def edition(area):
    return asking.edition(of=area)


def page(client, area):
    return client.get(reverse("desk:blocks_of", args=[area.code])).content.decode()


def picture(text):
    return re.sub(r"\s+", " ", text[text.index("<h1") :])


@pytest.mark.parametrize("n", [1, 7, 19])
def test_one_and_nineteen_look_the_same(client, area, edition, n):
    coded(edition, area, quarter=str(LAST), n=n)
    at_desk(client, analyst())
    text = picture(page(client, area))
    assert "Stays open: fewer than 20 people answered, so it joins the next quarter." in text
    nobody = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
    other = asking.area("other")
    coded(asking.edition(of=other), other, quarter=str(LAST), n=20 - n)
    again = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", picture(page(client, other)))
    assert nobody.replace("North", "").replace("north", "") == again.replace("Other", "").replace("other", "")


def test_nobody_and_one_look_the_same_to_those_who_know_whom_they_asked(client):
    """The survey is in the field in both areas; in one of them a single child has answered."""
    at_desk(client, analyst())
    texts = []
    for code, many in (("brae", 0), ("cove", 1)):
        here = asking.area(code)
        wave = asking.open_wave(of=here)
        coded(wave.edition, here, quarter=str(BEFORE), n=many)
        texts.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", picture(page(client, here))))
    shown = [re.sub("Brae|brae|Cove|cove", "", text) for text in texts]
    assert shown[0] == shown[1]
    assert "Children and young people" in shown[0]


@pytest.mark.parametrize(("n", "m"), [(20, 45), (30, 200)])
def test_enough_is_enough_however_many(client, area, edition, n, m):
    at_desk(client, analyst())
    texts = []
    for code, many in (("brae", n), ("cove", m)):
        here = asking.area(code)
        coded(asking.edition(of=here), here, quarter=str(LAST), n=many)
        texts.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", picture(page(client, here))))
    assert "May close now" in texts[0]
    assert texts[0].replace("Brae", "").replace("brae", "") == texts[1].replace("Cove", "").replace("cove", "")


def test_what_is_said_to_close_is_what_closes(area, edition):
    for quarter, stages in ((BEFORE, {"plan": 25, "review": 4}), (LAST, {"plan": 12, "review": 11, "leaving": 2})):
        for stage, n in stages.items():
            coded(edition, area, quarter=str(quarter), n=n, stage=stage)
    said = {
        (question, str(table.table), str(period))
        for one in open_area(area, last=LAST).windows
        for question in one.questions
        for table in one.tables
        for period in table.closes
    }
    actions.close_area_through(area, until=LAST, by=analyst())
    windows = ClosedWindow.objects.values_list("question", "table", "first_quarter", "last_quarter")
    done = {(q, t, first if first == last else f"{first}..{last}") for q, t, first, last in windows}
    assert said == done
    assert any(table == Table.OVERALL for _, table, _ in said)


def test_after_closing_nothing_moves_when_somebody_late_is_counted(client, area, edition):
    coded(edition, area, quarter=str(LAST), n=19)
    actions.close_area_through(area, until=LAST, by=analyst())
    at_desk(client, analyst())
    before = picture(page(client, area))
    coded(edition, area, quarter=str(LAST), n=3, stage="late")
    assert picture(page(client, area)) == before


def test_closing_from_there_leads_to_the_draft(client, area, edition):
    coded(edition, area, quarter=str(LAST), n=40)
    at_desk(client, analyst())
    reply = client.post(reverse("desk:blocks_of", args=[area.code]))
    (draft,) = Release.objects.all()
    assert draft.status == Release.Status.DRAFT
    assert reply["Location"] == reverse("desk:release", args=[draft.code])
    again = client.post(reverse("desk:blocks_of", args=[area.code]), follow=True).content.decode()
    assert "Nothing new can be shown" in again
    assert "Nothing waits" in again


def test_all_areas_together_wait_for_each_and_are_closed_by_somebody_who_may(client, area, edition):
    south = asking.area("south")
    for where in (area, south):
        coded(edition, where, quarter=str(LAST), n=60)
    at_desk(client, analyst())
    assert "They wait for 2 areas" in client.get(reverse("desk:blocks")).content.decode()
    refused = client.post(reverse("desk:blocks"), follow=True).content.decode()
    assert "has not closed" in refused
    for where in (area, south):
        actions.close_area_through(where, until=LAST, by=analyst())
    client.post(reverse("desk:blocks"))
    assert Release.objects.filter(area=None, status="draft").exists()


@pytest.mark.parametrize("role", list(Role))
def test_only_those_who_make_and_check_releases_of_the_area_see_what_is_open(client, area, role):
    address = reverse("desk:blocks_of", args=[area.code])
    sees = role in {Role.BOARD_ANALYST, Role.OUTPUT_CHECKER}
    at_desk(client, staff("somebody", role, area=area))
    assert client.get(address).status_code == (200 if sees else 302)
    assert client.get(reverse("desk:blocks")).status_code == (200 if sees else 302)
    at_desk(client, staff("far", role, area=asking.area("south")))
    assert client.get(address).status_code == (404 if sees else 302)
    assert client.post(address).status_code == (404 if sees else 302)
    assert not Release.objects.exists()


def test_a_checker_does_not_close(client, area, edition):
    coded(edition, area, quarter=str(LAST), n=40)
    at_desk(client, staff("checker", Role.OUTPUT_CHECKER, area=area))
    assert "Close everything up to" not in page(client, area)
    client.post(reverse("desk:blocks_of", args=[area.code]))
    client.post(reverse("desk:blocks"))
    assert not Release.objects.exists()
