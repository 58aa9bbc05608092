"""The public pages of the demo. The pages' room is above this one, so its models are named by string."""

from __future__ import annotations

import io

from django.apps import apps
from django.core.management import call_command
from wagtail.models import Page, Site

from feedback.config.demo.hearing import CARDS
from surveys.frame.models import Area

INTRODUCTION = (
    "Children, young people and parents here have social workers. We ask whether they were helped and heard. "
    "We show what they say, and what we will do about it."
)
TOGETHER = (
    "Choose where you live. Each area asks children, young people and parents for itself, and shows what it heard."
)
ABOUT = """
<p>This is a look around. Both areas are made up, and so is every answer.</p>
<h2>What happens to an answer</h2>
<ol>
<li>It is stored before the phone says <i>thank you</i>. No name, no address, no time of day.</li>
<li>Anything written in words is searched for signs that somebody is not safe, and a person looks at those first.</li>
<li>The chosen answers are counted, without the words. What four and five year olds say is read, and never counted.</li>
<li>When a quarter is over and at least 20 people have answered, figures are protected, and frozen.</li>
<li>A second person checks them. Only then are they published.</li>
<li>Somebody who did not make them tries to find a person in them. What came of it stands beside the figures.</li>
</ol>
<h2>What nobody can see</h2>
<p>Nobody, not even we, sees figures that are not protected. Groups of fewer than 10 people are never shown.</p>
"""


def make_pages(areas: list[Area], ways_in: dict[str, list[dict[str, str]]]) -> None:
    """A front door for all areas together, and below it a home page for each: none is below another's."""
    home_model = apps.get_model("pages", "HomePage")
    front = Page.get_first_root_node().add_child(
        instance=home_model(title="All areas together", slug="all-areas", introduction=TOGETHER, show_in_menus=True)
    )
    _results(front, "What we heard in all areas")
    for area in areas:
        _home(home_model, front, area, ways_in)
    _decks(areas)
    _replace_default_site(front)


def _decks(areas: list[Area]) -> None:
    """Cards to talk with; after two of the decks what was said can be kept."""
    call_command("load_starting_decks", verbosity=0, stdout=io.StringIO())
    decks, homes = (apps.get_model("pages", name).objects for name in ("DeckPage", "HomePage"))
    for area in areas:
        own = decks.filter(path__startswith=homes.get(area=area).path)
        own.filter(slug="weather").update(wave=f"{area.code}-4-and-5")
    # In the first area a child also chooses who hears it.
    own = decks.filter(path__startswith=homes.get(area=areas[0]).path)
    own.filter(slug=CARDS.wave).update(wave=f"{areas[0].code}-{CARDS.wave}")


def _home(model: type[Page], parent: Page, area: Area, ways_in: dict[str, list[dict[str, str]]]) -> Page:
    home = model(
        title=f"{area.name} listens",
        slug=area.code,
        area=area,
        introduction=INTRODUCTION,
        body=[("way_in", way) for way in ways_in[area.code]],
        show_in_menus=True,
    )
    parent.add_child(instance=home)
    _results(home, f"What we heard in {area.name}")
    text = apps.get_model("pages", "TextPage")
    home.add_child(instance=text(title="What happens to an answer", slug="about", body=ABOUT, show_in_menus=True))
    return home


def _results(home: Page, title: str) -> None:
    results = apps.get_model("pages", "ResultsPage")
    introduction = "These are the questions as they were asked, and what people chose."
    home.add_child(instance=results(title=title, slug="results", introduction=introduction, show_in_menus=True))


def _replace_default_site(front: Page) -> None:
    """Wagtail comes with a welcome page of its own; ours takes its place."""
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
    site.root_page, site.site_name = front, front.title
    site.save()
    Page.objects.filter(slug="home", depth=2).exclude(pk=front.pk).delete()
