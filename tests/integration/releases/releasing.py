"""Closes, checks and publishes in one go, and reads what came of it."""

import csv
import io

from feedback.disclosure.blocks import Quarter
from feedback.releases import actions
from feedback.releases.open_data import published_csv
from tests.factories.listening import analyst, checker

Q1, Q2 = Quarter(2025, 1), Quarter(2025, 2)


def release(area, quarter=Q1):
    return actions.release_through(quarter, area=area, proposed_by=analyst(), approved_by=checker())


def rows(one):
    return list(csv.DictReader(io.StringIO(published_csv(one))))
