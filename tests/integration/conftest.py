"""What tests of several rooms share."""

from concurrent.futures import ThreadPoolExecutor
from random import Random
from types import SimpleNamespace

import pytest
from django.db import connection

from surveys.responses import record_keys


@pytest.fixture(autouse=True)
def same_noise(request, monkeypatch):
    """Draws a test the same record keys each time: by chance a release of few people is too telling, and refused."""
    monkeypatch.setattr(record_keys, "secrets", SimpleNamespace(randbits=Random(request.node.nodeid).getrandbits))


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
