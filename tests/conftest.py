"""What every test may use. The database is migrated once and its file kept, so that a run starts in seconds."""

import hashlib
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "default", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.register_profile("night", max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

ROOT = Path(__file__).resolve().parents[1]


def fingerprint() -> str:
    """Changes when any migration, locked version or installed app does."""
    files = [*sorted(ROOT.glob("*/*/migrations/*.py")), ROOT / "requirements.txt"]
    # Also the key of the tests: a database knows which keys its words are sealed under.
    files += [ROOT / "feedback" / "config" / "settings" / name for name in ("base.py", "test.py")]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker, worker_id="main"):
    """Migrates into a kept file and works on a copy of it; PostgreSQL gets a database of its own."""
    from django.db import connection

    if connection.vendor != "sqlite":
        request.getfixturevalue("every_time_from_nothing")
        yield
        return
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    kept = ROOT / "var" / f"test-{fingerprint()}.sqlite3"
    with django_db_blocker.unblock():
        if not kept.exists():
            migrate_into(kept, ROOT / "var" / f"test-{os.getpid()}.making")
        copy = ROOT / "var" / f"test-{worker}-{os.getpid()}.sqlite3"
        shutil.copy(kept, copy)
        connect_to(copy)
    yield
    with django_db_blocker.unblock():
        connection.close()
    for leftover in copy.parent.glob(f"{copy.name}*"):
        leftover.unlink()


@pytest.fixture(scope="session")
def every_time_from_nothing(django_db_blocker):
    """A database made for this run, and for each of the processes that share it out."""
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    connection.settings_dict["TEST"]["NAME"] = f"test_{connection.settings_dict['NAME']}_{worker}_{os.getpid()}"
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(autouse=True)
def editions_are_read_anew(request):
    """Each test has editions of its own under the same ids, which a server never meets."""
    if request.node.get_closest_marker("django_db"):
        from feedback.releases import kept
        from surveys.answering import kept_documents
        from surveys.design import frozen

        frozen.forget()
        kept.forget()
        kept_documents.forget()


@pytest.fixture(autouse=True, scope="session")
def tests_are_a_program():
    """What a test does without a person, the tests did: the log refuses entries of nobody."""
    from feedback.privacy.programs import at_work

    with at_work("pytest"):
        yield


@pytest.fixture(autouse=True)
def no_request_is_left_open():
    """A page that failed in the test before never said that it ended."""
    from feedback.privacy.programs import request_ends

    request_ends()


def connect_to(file: Path) -> None:
    """Points the default connection at another SQLite file."""
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = str(file)
    # The copy lives for one run only, so it need not survive a power cut.
    options = connection.settings_dict["OPTIONS"]
    options["init_command"] = "PRAGMA synchronous=OFF;PRAGMA foreign_keys=ON;"


def migrate_into(kept: Path, making: Path) -> None:
    """Migrates an empty file and keeps it under its fingerprint."""
    from django.core.management import call_command
    from django.db import connection

    connect_to(making)
    call_command("migrate", verbosity=0)
    connection.close()
    making.replace(kept)
