"""The public pages that every site has: a front door for all areas, and below it a home page for each."""

from __future__ import annotations

from django.db import transaction
from wagtail.coreutils import find_available_slug
from wagtail.models import Page, Site

from cms.pages.models import HomePage, ResultsPage, TextPage
from surveys.frame.models import Area

TOGETHER = (
    "Choose where you live. Each area asks children, young people and parents for itself, and shows what it heard."
)
INTRODUCTION = (
    "Children, young people and parents here have social workers. We ask whether they were helped and heard. "
    "We show what they say, and what we will do about it."
)
FIGURES = "These are the questions as they were asked, and what people chose."
# True of every area, whatever it asks: an area may write it anew, and its own words are kept.
WHAT_HAPPENS = """
<ol>
<li>It is stored before the phone says <i>thank you</i>. No name, no address, no time of day.</li>
<li>Anything written in words is searched for signs that somebody is not safe, and a person looks at those first.</li>
<li>The chosen answers are counted, without the words. What four and five year olds say is read, and never counted.</li>
<li>When a quarter is over and enough people have answered, never fewer than 20, figures are protected, and frozen.</li>
<li>A second person checks them. Only then are they published.</li>
<li>Somebody who did not make them tries to find a person in them. What came of it stands beside the figures.</li>
</ol>
<h2>What nobody can see</h2>
<p>Nobody, not even we, sees figures that are not protected. Groups of fewer than 10 people are never shown.</p>
"""


@transaction.atomic
def make_missing_pages() -> list[HomePage]:
    """Makes the front door and each area's pages where there are none, published; returns the home pages that are new.

    A page that is there stays as it is, also where somebody took it off the site.
    """
    if not _are_missing():
        return []
    # Two programs at once: the second waits here, and then finds nothing missing.
    root = Page.objects.select_for_update().order_by("path").filter(depth=1).first()
    front = _front_door()
    new = [] if front else [front := _make_front_door(root)]
    return new + [_make_home(area, front) for area in _without_pages()]


def _are_missing() -> bool:
    return _front_door() is None or _without_pages().exists()


def _front_door() -> HomePage | None:
    return HomePage.objects.filter(area=None).order_by("path").first()


def _without_pages():
    """Areas that have no home page; one that went into another needs none."""
    having = HomePage.objects.exclude(area=None).values("area")
    return Area.objects.filter(merged_into=None).exclude(pk__in=having).order_by("code")


def _make_front_door(root: Page) -> HomePage:
    front = HomePage(title="All areas together", introduction=TOGETHER, show_in_menus=True)
    _put(front, "all-areas", below=root)
    _put_results(front, "What we heard in all areas")
    _take_the_place_of_wagtails_welcome(front)
    return front


def _make_home(area: Area, front: HomePage) -> HomePage:
    home = HomePage(title=f"{area.name} listens", area=area, introduction=INTRODUCTION, show_in_menus=True)
    _put(home, area.code, below=front)
    _put_results(home, f"What we heard in {area.name}")
    about = TextPage(title="What happens to an answer", body=WHAT_HAPPENS, show_in_menus=True)
    _put(about, "about", below=home)
    return home


def _put_results(home: HomePage, title: str) -> None:
    _put(ResultsPage(title=title, introduction=FIGURES, show_in_menus=True), "results", below=home)


def _put(page: Page, slug: str, *, below: Page) -> None:
    page.slug = find_available_slug(below, slug)
    below.add_child(instance=page)


def _take_the_place_of_wagtails_welcome(front: HomePage) -> None:
    """Where a site begins with a page of ours already, it goes on beginning there."""
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
    welcome = site.root_page if site.root_page_id else None
    if welcome is not None and welcome.specific_class is not Page:
        return
    site.root_page, site.site_name = front, front.title
    site.save()
    if welcome is not None and not welcome.get_children().exists():
        welcome.delete()
