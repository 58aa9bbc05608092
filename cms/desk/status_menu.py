"""How the site is doing, in the menu and as an address."""

from __future__ import annotations

from django.urls import path
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.desk import status
from cms.desk.menu import job


def status_urls() -> list:
    """The one page."""
    return [path("status/", status.status, name="status")]


@hooks.register("register_admin_menu_item")
def status_item() -> MenuItem:
    """How the site is doing: for administrators."""
    return job("How the site is doing", "status", status.LOOK_AFTER, "cogs", 137)
