"""Every address outside the desk, as anybody and as every role, by every method: the same, and nothing changes."""

import re
import uuid

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import URLPattern, get_resolver

from feedback.accounts.roles import Role
from tests.factories import asking, blocking, promising
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
# Where everything lives that has an address. Whoever adds a place adds it here, and so to what is walked.
PLACES = (
    "a/",
    "blockages/",
    "focus-groups/",
    "promises/",
    "questions/",
    "nation/",
    "open-data/",
    "shown/",
    "_util/",
    "healthz",
    "readyz",
    "metrics",
)
WAGTAILS = r"^((?:[\w\-]+/)*)$"
METHODS = ("get", "head", "post", "put", "patch", "delete", "options")
# A token of a form is another each time, and a feed says when it was asked for.
TOKEN = re.compile(r'value="[0-9a-zA-Z]{32,}:?[\w-]*"|<updated>[^<]*</updated>')
PARTS = {
    "language": "pl", "readers": "8-11", "accent": "0b5c73", "sha256": "0" * 64, "token": "x", "path": "x",
    "name": "x.json", "question": "listened", "document_id": "1", "page_view_restriction_id": "1", "page_id": "1",
    "area": "kept",    "key": "kept", "logo": "0" * 32 + ".png",
}  # fmt: skip


def patterns(found, before=""):
    for one in found:
        here = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield here
        else:
            yield from patterns(one.url_patterns, here)


OUTSIDE = sorted({one for one in patterns(get_resolver().url_patterns) if not one.startswith("desk/")})


def address_of(pattern):
    def filled(match):
        kind, _, name = match[1].rpartition(":")
        if kind == "device_id":
            return str(uuid.UUID(int=1))
        return {"rendition": "0" * 32 + ".png", "logo": PARTS["logo"]}.get(kind) or PARTS.get(name, "kept")

    return "/" + ("" if pattern == WAGTAILS else re.sub(r"<([^>]+)>", filled, pattern))


ADDRESSES = sorted({address_of(one) for one in OUTSIDE})


def test_every_place_is_known():
    assert [one for one in OUTSIDE if not one.startswith(PLACES) and one != WAGTAILS] == []
    assert len(ADDRESSES) > 55


@pytest.fixture(scope="module")
def kept(built_once):
    def build():
        area = asking.area("kept")
        promising.promised(area)
        blocking.published(area)
        return asking.open_wave(of=area, code="kept")

    return built_once(build)


def counted():
    tables = sorted({model._meta.db_table for model in apps.get_models() if model._meta.managed})
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f'(SELECT count(*) FROM "{table}")' for table in tables))
        return dict(zip(tables, cursor.fetchone(), strict=True))


def seen(client, method, address):
    reply = getattr(client, method)(address)
    return reply.status_code, reply.get("Location"), TOKEN.sub("", reply.content.decode(errors="replace"))


@pytest.fixture(scope="module")
def by_anybody(kept, built_once):
    """What whoever is not signed in sees everywhere, each time as somebody new; and what was in the tables after it."""

    def walk():
        before = counted()
        found = {(method, address): seen(Client(), method, address) for address in ADDRESSES for method in METHODS}
        return found, before, counted()

    return built_once(walk)


@pytest.mark.slow
def test_whoever_is_not_signed_in_meets_no_error_outside_and_changes_nothing(by_anybody):
    found, before, after = by_anybody
    assert [one for one, (status, *_) in found.items() if status >= 500 and one[1] != "/readyz"] == []
    assert after == before
    assert len(found) == len(ADDRESSES) * len(METHODS)


@pytest.mark.slow
@pytest.mark.parametrize("role", list(Role))
def test_whoever_is_signed_in_sees_outside_what_everybody_sees_and_changes_nothing(client, kept, by_anybody, role):
    found, _, _ = by_anybody
    at_desk(client, staff("somebody", role, area=kept.area))
    before = counted()
    for (method, address), by_others in found.items():
        assert seen(client, method, address) == by_others, (method, address)
    assert counted() == before
