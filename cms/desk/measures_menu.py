"""Tell: what a board wants to know, and what is known from elsewhere, in the menu and as addresses."""

from __future__ import annotations

from django.urls import path
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.desk import measures, population
from cms.desk.menu import job


def measure_urls() -> list:
    """The screens of measures and of population information."""
    return [
        path("measures/", measures.measures, name="measures"),
        path("measures/new/<slug:code>/", measures.new_measure, name="new_measure"),
        path("measures/<int:number>/", measures.measure, name="measure"),
        path("population/", population.population, name="population"),
    ]


@hooks.register("register_admin_menu_item")
def measures_item() -> MenuItem:
    """What a board wants to know, and the card of questions that goes with it."""
    return job("Measures", "measures", measures.SEE, "list-ul", 134)


@hooks.register("register_admin_menu_item")
def population_item() -> MenuItem:
    """Counts and outcomes from elsewhere, beside what people say."""
    return job("Population information", "population", measures.SEE, "group", 135)
