"""The public pages of the demo. The pages' room is above this one, so its models are named by string."""

from __future__ import annotations

import io

from django.apps import apps
from django.core.management import call_command

from feedback.config.demo.hearing import CARDS
from surveys.frame.models import Area

ABOUT = "<p>This is a look around. Both areas are made up, and so is every answer.</p>"


def make_pages(areas: list[Area], ways_in: dict[str, list[dict[str, str]]]) -> None:
    """The pages that every site is given, with what is open here and that all of it is made up."""
    call_command("make_pages", verbosity=0, stdout=io.StringIO())
    homes, texts = (apps.get_model("pages", name).objects for name in ("HomePage", "TextPage"))
    for area in areas:
        home = homes.get(area=area)
        home.body = [("way_in", way) for way in ways_in[area.code]]
        home.save()
        about = texts.child_of(home).get(slug="about")
        about.body = ABOUT + about.body
        about.save()
    _decks(areas)


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
