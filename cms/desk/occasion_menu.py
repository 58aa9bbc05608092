"""Before and after, in the menu and as addresses."""

from __future__ import annotations

from django.urls import path
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.desk import occasions
from cms.desk.menu import job


def occasion_urls() -> list:
    """The list, one of them, and its cards."""
    return [
        path("before-and-after/", occasions.packs, name="occasions"),
        path("before-and-after/<int:number>/", occasions.pack, name="occasion"),
        path("before-and-after/<int:number>/cards/", occasions.both_cards, name="occasion_cards"),
    ]


@hooks.register("register_admin_menu_item")
def occasions_item() -> MenuItem:
    """Questions before and after a conference, a review or a first visit."""
    return job("Before and after", "occasions", occasions.SEE, "calendar-check", 119)
