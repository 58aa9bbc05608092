"""What the page of a release shows beside its figures; each panel is a module of its own and is named here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from cms.desk import attack_report, intruder_tests, quotes, release_changes
from feedback.releases.models import Release


@dataclass(frozen=True)
class Panel:
    """A part of a release's page: its name for the address (#name), its template, and what the template shows.

    `context` is asked for each look, with the request and the release; None shows this person no panel at all. Forms
    in a panel post to an address of their own, and `release` is in every panel's context.
    """

    name: str
    template: str
    context: Callable[[HttpRequest, Release], dict[str, Any] | None]


PANELS: tuple[Panel, ...] = (
    Panel("changes", "desk/release_changes.html", release_changes.changes),
    Panel("rules", "desk/release_rules.html", release_changes.rules),
    Panel("attack", "desk/attack_report.html", attack_report.attack_report),
    Panel("tests", "desk/intruder_tests.html", intruder_tests.intruder_tests),
    Panel("quotes", "desk/release_quotes.html", quotes.panel),
)


@dataclass(frozen=True)
class ShownPanel:
    """A panel as it stands on the page."""

    name: str
    html: str


def panels_of(request: HttpRequest, release: Release, panels: tuple[Panel, ...] | None = None) -> Iterator[ShownPanel]:
    """The panels that this person sees on the page of a release, in order."""
    for panel in PANELS if panels is None else panels:
        context = panel.context(request, release)
        if context is not None:
            html = render_to_string(panel.template, {"release": release, **context}, request=request)
            yield ShownPanel(panel.name, html)
