"""Every kind of public page, made anew, takes fewer than 20 queries, and no more for ten times as much behind it."""

import re

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction, Site

from cms.pages import pdf
from cms.pages.chapters import CHAPTERS
from cms.pages.models import HomePage, ResultsPage, TextPage
from feedback.disclosure.blocks import Quarter
from feedback.promises.reading import UNDER_11
from feedback.releases import kept
from feedback.releases.actions import withdraw_release
from feedback.releases.models import Release
from feedback.releases.once import one_reading, read_once
from surveys.design import frozen
from tests.factories import promising, reporting
from tests.factories.listening import checker
from tests.integration.pages.test_told import published

pytestmark = pytest.mark.django_db
MOST_QUERIES = 19
QUARTERS = [Quarter(2024, 1)]
while len(QUARTERS) < 8:
    QUARTERS.append(QUARTERS[-1].next())


def cold(monkeypatch):
    """As in a process that has read nothing yet."""
    kept.forget()
    frozen.forget()
    cache.clear()
    ContentType.objects.clear_cache()
    monkeypatch.setattr(pdf, "kept", pdf.Kept())


def counted(client, address, monkeypatch):
    cold(monkeypatch)
    with CaptureQueriesContext(connection) as queries:
        reply = client.get(address)
    assert reply.status_code == 200, address
    return len(queries)


@pytest.fixture
def count(client, monkeypatch):
    return lambda addresses: {address: counted(client, address, monkeypatch) for address in addresses}


def told_in(area, many):
    """So many releases, each with figures and with what stands beside them."""
    one = published(area, quarter=QUARTERS[0], audience="AGE_8_11")
    return [one, *(copy_of(one, quarter) for quarter in QUARTERS[1:many])]


def copy_of(one, quarter):
    """The same release a while later, as the figures of another quarter."""
    windows = list(one.windows.prefetch_related("groups"))
    states = list(one.states.order_by("pk"))
    later = Release.objects.get(pk=one.pk)
    later.pk, later.code, later.quarter = None, f"{one.code}-{quarter}".lower(), str(quarter)
    later.save(force_insert=True)
    for window in windows:
        groups = list(window.groups.all())
        window.pk, window.release = None, later
        window.first_quarter = window.last_quarter = str(quarter)
        window._state.adding = True
        window.save(force_insert=True)
        for group in groups:
            group.pk, group.window, group._state.adding = None, window, True
            group.save(force_insert=True)
    for state in states:
        state.pk, state.release, state._state.adding = None, later, True
        state.save(force_insert=True)
    return later


def pages_of(one, results):
    at = f"/open-data/{one.code}/"
    chapters = [f"{at}{chapter}/" for chapter in CHAPTERS]
    files = [f"{at}{name}" for name in ("published.csv", "published.json", "metadata.json", "statement.txt")]
    return [
        results,
        at,
        *chapters,
        f"{at}questions/listened/",
        *files,
        "/open-data/",
        "/open-data/changes/",
        "/nation/",
    ]


def test_every_page_of_a_release_takes_few_queries_and_no_more_for_eight_of_them(count, area, results):
    one, *_ = told_in(area, 1)
    few = count(pages_of(one, results))
    assert max(few.values()) <= MOST_QUERIES, few
    for quarter in QUARTERS[1:]:
        copy_of(one, quarter)
    many = count(pages_of(one, results))
    assert {page: number for page, number in many.items() if number > few[page]} == {}


def test_pages_of_promises_take_no_more_for_ten_times_as_many(count, area, results):
    promising.promised(area, *UNDER_11, "AGE_12_17")
    pages = [f"/promises/north/{rest}" for rest in ("", "8-11/", "8-11/poster/", "12-17/", "promises.csv")]
    few = count(pages)
    by, owner = promising.officer(area, "more"), promising.owner(area, "another")
    for _ in range(10):
        promising.promised(area, *UNDER_11, "AGE_12_17", by=by, owner=owner)
    assert count(pages) == few
    assert max(few.values()) <= MOST_QUERIES, few


def test_an_annual_report_takes_few_queries_however_many_releases_it_rests_on(count, area):
    home = reporting.home_of(area)
    one = reporting.released(area)
    promising.promised(area, *UNDER_11)

    def report(some, slug):
        figures = [reporting.figure(release, we_think="Ask who was not there.") for release in some]
        promises = ("promises", {"theme": "", "audience": ""})
        made = reporting.report(home, reporting.chapter("All", *figures, promises), reporting.youngest())
        made.slug = slug
        made.save()
        return reporting.published(made).get_url()

    few = report([one], "one")
    many = report([one, *(copy_of(one, quarter) for quarter in QUARTERS if str(quarter) != one.quarter)], "many")
    found = count([few, f"{few}pdf/", many, f"{many}pdf/"])
    assert found[few] == found[many]
    assert found[f"{few}pdf/"] == found[f"{many}pdf/"]
    assert max(found.values()) <= MOST_QUERIES, found


def test_a_page_is_found_in_one_query_however_deep_it_lies(count, area, results):
    home = HomePage.objects.get(slug="north")
    for name in ("about", "privacy"):
        home.add_child(instance=TextPage(title=name, slug=name, body="<p>Words.</p>", show_in_menus=True))
    found = count(["/", "/north/", "/north/about/", "/north/privacy/"])
    assert found["/north/about/"] == found["/north/privacy/"] <= 7
    assert max(found.values()) <= MOST_QUERIES, found


@pytest.mark.parametrize(
    "address", ["/nothing/", "/north/nothing/", "/north/results/nothing/", "/results/", "/north/results/x/y/z/"]
)
def test_an_address_that_leads_nowhere(client, results, address):
    assert client.get(address).status_code == 404


def test_a_page_that_is_not_published_is_not_found(client, results):
    ResultsPage.objects.get().unpublish()
    assert client.get(results).status_code == 404


@pytest.mark.parametrize("slug", ["north", "results", "all-areas"])
def test_a_page_below_one_for_people_who_sign_in_stays_closed(client, results, slug):
    page = {"north": HomePage, "all-areas": HomePage, "results": ResultsPage}[slug].objects.get(slug=slug)
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert client.get(results).status_code == 302


def test_a_mirror_of_a_closed_page_stays_closed(client, results):
    page = ResultsPage.objects.get()
    mirror = page.create_alias(update_slug="mirror", parent=HomePage.objects.get(slug="north"))
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert client.get(mirror.get_url()).status_code == 302


def test_addresses_are_those_of_the_site_that_is_asked(client, results, settings):
    settings.ALLOWED_HOSTS = ["*"]
    assert 'href="/north/"' in client.get(results).content.decode()
    Site.objects.create(hostname="elsewhere.test", root_page=HomePage.objects.get(slug="north"))
    assert client.get("/results/", headers={"host": "elsewhere.test"}).status_code == 200
    assert not re.search(
        r'href="/north/results/"', client.get("/", headers={"host": "elsewhere.test"}).content.decode()
    )


def test_what_is_read_once_is_read_anew_for_the_next_page():
    calls = []
    read = read_once(lambda about: calls.append(about) or len(calls))
    assert (read("a"), read("a")) == (1, 2)
    with one_reading():
        assert (read("a"), read("a"), read("b")) == (3, 3, 4)
        with one_reading():
            assert read("a") == 3
    with one_reading():
        assert read("a") == 5


def test_a_release_that_was_withdrawn_is_gone_from_a_page_that_reads_once(client, area, results):
    one = published(area)
    assert "What was said" in client.get(results).content.decode()
    withdraw_release(release=one, reason="A wrong question was published.", by=checker())
    text = client.get(results).content.decode()
    assert "What was said" not in text
    assert "Withdrawn" in text


def test_a_site_without_pages_has_none(client):
    Site.objects.all().delete()
    assert client.get("/").status_code == 404


def test_an_address_of_a_thousand_parts_is_looked_up_once(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get("/" + "a/" * 1_500).status_code == 404
