"""Every kind of public page, made anew, takes fewer than 20 queries, and not one more for ten times as much behind it."""

import re

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction, Site

from cms.pages import pdf
from cms.pages.chapters import CHAPTERS
from cms.pages.models import HomePage, ResultsPage, TextPage
from feedback.disclosure.blocks import Quarter
from feedback.promises.reading import UNDER_11
from feedback.releases import kept
from feedback.releases.actions import withdraw_release
from feedback.releases.models import Release
from feedback.releases.once import one_reading, read_once
from surveys.design import frozen
from tests.factories import asking, promising, reporting
from tests.factories.listening import checker
from tests.integration.pages.test_told import published

pytestmark = pytest.mark.django_db
MOST_QUERIES = 19
QUARTERS = [Quarter(2024, 1)]
while len(QUARTERS) < 8:
    QUARTERS.append(QUARTERS[-1].next())


def cold(monkeypatch):
    """As in a process that has read nothing yet."""
    kept.forget()
    frozen.forget()
    cache.clear()
    ContentType.objects.clear_cache()
    monkeypatch.setattr(pdf, "kept", pdf.Kept())


def counted(client, address, monkeypatch):
    cold(monkeypatch)
    with CaptureQueriesContext(connection) as queries:
        reply = client.get(address)
    assert reply.status_code == 200, address
    return len(queries)


@pytest.fixture
def count(client, monkeypatch):
    return lambda addresses: {address: counted(client, address, monkeypatch) for address in addresses}
