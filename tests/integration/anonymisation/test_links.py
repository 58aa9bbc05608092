"""The links to the vault were numbered once; a database with rows in it loses the numbers and keeps the links."""

import uuid

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from feedback.anonymisation.models import CodedResponse
from tests.factories import asking

NUMBERED, RANDOM = "0002_initial", "0003_linkage_without_an_order"


def links_at(migration):
    """The table of links as it is after this migration."""
    MigrationExecutor(connection).migrate([("anonymisation", migration)])
    state = MigrationExecutor(connection).loader.project_state([("anonymisation", migration)])
    return state.apps.get_model("anonymisation", "Linkage")


def in_the_file():
    column = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coded_id FROM anonymisation_linkage ORDER BY {column}")
        return [str(key).replace("-", "") for (key,) in cursor.fetchall()]


@pytest.fixture
def newest():
    yield
    executor = MigrationExecutor(connection)
    # All of them: rooms that rest on this one went back with it.
    executor.migrate(executor.loader.graph.leaf_nodes())


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_links_keep_what_they_join_and_lose_their_order(newest):
    area = asking.area("north")
    edition = asking.edition(of=area)
    coded = CodedResponse.objects.bulk_create(
        CodedResponse(
            area=area, edition=edition, quarter="2026Q1", audience="AGE_8_11", language="en", helper="alone",
            answers={}, record_key=1,
        )
        for _ in range(1500)
    )  # fmt: skip
    joined = {row.pk: uuid.uuid4() for row in coded}
    numbered = links_at(NUMBERED)
    numbered.objects.bulk_create(numbered(coded_id=coded, response_key=key) for coded, key in joined.items())
    keyed = links_at(RANDOM)
    assert dict(keyed.objects.values_list("coded_id", "response_key")) == joined
    assert in_the_file() == sorted(in_the_file())
    back = links_at(NUMBERED)
    assert dict(back.objects.values_list("coded_id", "response_key")) == joined
