"""What every test may use. The database is migrated once and its file kept, so that a run starts in seconds."""

import os

import pytest
from hypothesis import HealthCheck, settings

from tests.databases import KEPT, connect_to, databases, forget, migrate, migrated
from tests.server import demo_of_this_code

settings.register_profile(
    "default", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.register_profile("night", max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """The database of this process: a copy of the one that was migrated, for this run or before."""
    from django.db import connection
    from wagtail.signal_handlers import disconnect_reference_index_signal_handlers

    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    where = databases(os.environ.get("DATABASE_URL", ""), KEPT)
    name = f"test_{worker}_{os.getpid()}"
    where.copy(migrated(), migrate, name)
    connect_to(where, name)
    # A quarter of what saving a page costs. A test of where pages are used asks for it (`asking.put_in_index`).
    disconnect_reference_index_signal_handlers()
    yield
    with django_db_blocker.unblock():
        connection.close()
    where.drop(name)


def pytest_sessionfinish(session):
    if not hasattr(session.config, "workerinput"):  # the last of several processes
        forget(migrated(), demo_of_this_code())


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
