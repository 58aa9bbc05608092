"""One site of production settings for the tests of this folder, and one proxy in front of it."""

import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.integration.deploy.running import Proxy, Web, environment, manage

WAVE = "behind-a-proxy"
MAKE_A_WAVE = f"""
from tests.factories import asking
wave = asking.open_wave(code="{WAVE}")
print(wave.edition.digest)
"""


@contextmanager
def database_of_its_own(folder, name):
    """An empty database that is dropped afterwards."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield f"sqlite:///{folder}/{name}.sqlite3"
        return
    import psycopg

    named = f"{name}_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {named}")
        yield urlsplit(url)._replace(path=f"/{named}").geturl()
        connection.execute(f"DROP DATABASE {named} WITH (FORCE)")


@pytest.fixture(scope="session")
def place(tmp_path_factory):
    """A folder of this site."""
    return tmp_path_factory.mktemp("deploy")


@pytest.fixture(scope="session")
def production(place):
    """What production runs with, its database migrated and its files collected."""
    with database_of_its_own(place, "deploy") as url:
        settings = environment(place, DATABASE_URL=url)
        manage(settings, "migrate", "-v0")
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
