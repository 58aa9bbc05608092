"""Where the screens of words are: themes of comments, findings that areas share, and all areas together."""

from __future__ import annotations

from django.urls import path
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.desk import nation, shared_findings, themes
from cms.desk.menu import job


def words_urls() -> list:
    """The screens on which what was said is put into words that others can use."""
    return [
        path("themes/", themes.themes, name="themes"),
        path("themes/of/<slug:code>/", themes.themes_area, name="themes_of"),
        path("themes/<uuid:key>/", themes.theme, name="theme"),
        path("nation/", nation.nation, name="nation"),
        path("shared-findings/", shared_findings.shared_findings, name="shared_findings"),
        path("shared-findings/kinds/", shared_findings.finding_kinds, name="finding_kinds"),
        path("shared-findings/write/<slug:code>/", shared_findings.write, name="shared_finding_write"),
        path("shared-findings/<slug:code>/", shared_findings.shared_finding, name="shared_finding"),
        path("shared-findings/<slug:code>/rests-on/<slug:release>/", shared_findings.cite, name="shared_finding_cite"),
    ]


@hooks.register("register_admin_menu_item")
def themes_item() -> MenuItem:
    """Release: what several wrote about."""
    return job("Themes", "themes", themes.ANY_OF, "tag", 131)


@hooks.register("register_admin_menu_item")
def findings_item() -> MenuItem:
    """Tell: what areas found, in words that others recognise."""
    return job("Shared findings", "shared_findings", shared_findings.ANY_OF, "group", 136)


@hooks.register("register_admin_menu_item")
def nation_item() -> MenuItem:
    """Tell: all areas together."""
    return job("All areas", "nation", nation.ANY_OF, "site", 138)
