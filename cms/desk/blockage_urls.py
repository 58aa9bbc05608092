"""The addresses of the board at the desk, and its place in the menu."""

from __future__ import annotations

from django.urls import path
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.desk import blockages
from cms.desk.menu import job
from feedback.promises.blockages import SEE


def blockage_urls() -> list:
    """The screens of what gets in the way."""
    return [
        path("blockages/", blockages.blockages, name="blockages"),
        path("blockages/name/<slug:code>/", blockages.name_blockage, name="blockage_name"),
        path("blockages/named/<uuid:key>/", blockages.named_blockage, name="blockage_named"),
        path("blockages/<int:number>/", blockages.blockage, name="blockage"),
    ]


@hooks.register("register_admin_menu_item")
def blockages_item() -> MenuItem:
    """Tell: what gets in the way, of those who name it, answer it, or look through it each week."""
    return job("In the way", "blockages", SEE, "cross", 143)
