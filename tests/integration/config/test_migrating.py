"""Between two migrations, whoever answers meanwhile may write: SQLite hands its one pen to whoever asks first."""

import pytest
from django.core.management.commands import migrate as of_django
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from feedback.config.management.commands import migrate


@pytest.fixture
def waits(monkeypatch):
    """How long it waits after each of two migrations, where Django itself does nothing."""

    def migrating():
        slept = []
        monkeypatch.setattr(migrate.time, "sleep", slept.append)
        monkeypatch.setattr(of_django.Command, "handle", lambda self, *arguments, **options: None)
        command = migrate.Command()
        command.verbosity = 0
        command.handle(database="default")
        for _ in range(2):
            command.migration_progress_callback("apply_start")
            command.migration_progress_callback("apply_success")
        return slept

    return migrating


@pytest.mark.django_db
def test_others_write_between_migrations_where_there_is_one_writer(waits):
    assert waits() == ([migrate.BREATH] * 2 if connection.vendor == "sqlite" else [])


@pytest.mark.django_db
def test_nobody_waits_for_an_empty_database(waits, monkeypatch):
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda self: {})
    assert waits() == []
