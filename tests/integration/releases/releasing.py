"""Closes, checks and publishes in one go, and reads what came of it."""

import csv
import io

from feedback.disclosure.blocks import Quarter
from feedback.releases import actions
from feedback.releases.models import ClosedGroup
from feedback.releases.open_data import published_csv
from tests.factories.listening import analyst, checker

Q1, Q2 = Quarter(2025, 1), Quarter(2025, 2)


def release(area, quarter=Q1):
    return actions.release_through(quarter, area=area, proposed_by=analyst(), approved_by=checker())


def rows(one):
    return list(csv.DictReader(io.StringIO(published_csv(one))))


def told():
    """Every figure that is stored, so that two ways to it can be compared."""
    groups = ClosedGroup.objects.select_related("window__area")
    found = [
        [
            one.window.area.code if one.window.area else "", one.window.question, one.window.table,
            one.window.first_quarter, one.window.last_quarter, one.stage, one.service, one.audience, one.asked,
            sorted(one.values.items()), one.reason,
        ]
        for one in groups
    ]  # fmt: skip
    return sorted(map(str, found))
