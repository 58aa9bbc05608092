"""Where a release is made, checked and read, in the menu and as addresses."""

from __future__ import annotations

from django.urls import path
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.desk import (
    attack_report,
    blocks,
    interpreting,
    intruder_tests,
    quotes,
    releases,
    service_information,
)
from cms.desk.menu import job
from feedback.releases.quotes import ORDER, RECALL


def release_urls() -> list:
    """The screens on which a release is made, checked and read."""
    return [
        path("releases/", releases.releases, name="releases"),
        path("releases/blocks/", blocks.blocks, name="blocks"),
        path("releases/blocks/<slug:code>/", blocks.blocks_of, name="blocks_of"),
        path("releases/<slug:code>/", releases.release, name="release"),
        path("releases/<slug:code>/meaning/", interpreting.interpreting, name="interpreting"),
        path("releases/<slug:code>/figures/", service_information.figures, name="figures"),
        path("releases/<slug:code>/sources/", service_information.sources, name="sources"),
        path("releases/<slug:code>/preview/", releases.preview, name="release_preview"),
        path("releases/<slug:code>/test/", intruder_tests.intruder_test, name="intruder_test"),
        path("releases/<slug:code>/quotes/", quotes.release_quotes, name="release_quotes"),
        path("quotes/", quotes.quotes, name="quotes"),
        path("quotes/order/", quotes.quotes_order, name="quotes_order"),
        path("releases/<slug:code>/attack/", attack_report.attack, name="attack_release"),
    ]


@hooks.register("register_admin_menu_item")
def releases_item() -> MenuItem:
    """Release: figures to check and publish."""
    return job("Release", "releases", ("releases.view", "releases.view_published"), "table", 130)


@hooks.register("register_admin_menu_item")
def quotes_item() -> MenuItem:
    """Release: quotes that everybody can read, to be recalled."""
    return job("Quotes", "quotes", RECALL, "openquote", 132)


@hooks.register("register_admin_menu_item")
def order_item() -> MenuItem:
    """Release: which quote comes first, for the care council."""
    return job("Order of quotes", "quotes_order", ORDER, "order", 133)
