"""An area and an edition to release."""

import pytest

from tests.factories import asking


@pytest.fixture
def area():
    return asking.area("north")


@pytest.fixture
def edition(area):
    return asking.edition(of=area)
