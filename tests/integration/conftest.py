"""What tests of several rooms share."""

from concurrent.futures import ThreadPoolExecutor
from random import Random
from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from surveys.responses import record_keys


@pytest.fixture(autouse=True)
def same_noise(request, monkeypatch):
    """Draws a test the same record keys each time: by chance a release of few people is too telling, and refused."""
    monkeypatch.setattr(record_keys, "secrets", noise_of(request.node))


def noise_of(node):
    return SimpleNamespace(randbits=Random(node.nodeid).getrandbits)


@pytest.fixture(scope="module")
def built_once(request, django_db_setup, django_db_blocker):
    """Builds what all tests of a file begin with: each finds it as it was made, and after the last it is gone.

    Around them all is a transaction, in which each test has a savepoint of its own. What is built is to be copied
    (`copy.deepcopy`) for whoever changes it. Not for files with a test that needs real transactions.
    """
    around = transaction.atomic()
    # So that what must be outermost may be called, as in any test.
    around._from_testcase = True
    with django_db_blocker.unblock():
        around.__enter__()

    def build(make):
        with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
            patch.setattr(record_keys, "secrets", noise_of(request.node))
            return make()

    yield build
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture
def elsewhere():
    """Does something over another connection; what comes of it is known later."""
    with ThreadPoolExecutor(1) as pool:

        def begin(do, *arguments, **named):
            def act():
                try:
                    return do(*arguments, **named)
                finally:
                    connection.close()

            return pool.submit(act)

        yield begin
