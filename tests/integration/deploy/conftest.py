"""One site of production settings for the tests of this folder, and one proxy in front of it."""

import shutil
from pathlib import Path

import pytest

from tests.databases import alone, migrated_database
from tests.integration.deploy.running import Proxy, Web, environment, manage

WAVE = "behind-a-proxy"
MAKE_A_WAVE = f"""
from tests.factories import asking
wave = asking.open_wave(code="{WAVE}")
print(wave.edition.digest)
"""


@pytest.fixture(scope="session")
def place(tmp_path_factory):
    """A folder of this site."""
    return tmp_path_factory.mktemp("deploy")


@pytest.fixture(scope="session")
def production(place):
    """What production runs with, its database migrated and its files collected."""
    with migrated_database(place, "deploy") as url:
        settings = environment(place, DATABASE_URL=url)
        # With these settings as well nothing is left to do. From nothing, test_upgrading migrates with them.
        manage(settings, "migrate", "-v0")
        with alone("static"):
            manage(settings, "collectstatic", "--no-input", "-v0")
        yield settings


@pytest.fixture(scope="session")
def digest(production):
    """The edition of the wave that is open on this site."""
    return manage(production, "shell", "-v0", "-c", MAKE_A_WAVE).split()[-1]


@pytest.fixture
def web(place, production, digest):
    """Web processes of this site."""
    made = Web(place, production)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def proxy(tmp_path, web):
    """nginx before them."""
    if not shutil.which("nginx") and not Path("/usr/sbin/nginx").exists():
        pytest.skip("nginx is missing: apt install nginx-light")
    made = Proxy(tmp_path, web)
    made.start()
    yield made
    made.stop()
