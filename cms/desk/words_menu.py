"""Where the screens of words are: themes of comments, findings that areas share, and all areas together."""

from __future__ import annotations

from django.urls import path
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.desk import themes
from cms.desk.menu import job


def words_urls() -> list:
    """The screens on which what was said is put into words that others can use."""
    return [
        path("themes/", themes.themes, name="themes"),
        path("themes/of/<slug:code>/", themes.themes_area, name="themes_of"),
        path("themes/<uuid:key>/", themes.theme, name="theme"),
    ]


@hooks.register("register_admin_menu_item")
def themes_item() -> MenuItem:
    """Release: what several wrote about."""
    return job("Themes", "themes", themes.ANY_OF, "tag", 131)
