"""What tests of several rooms share."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection


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
