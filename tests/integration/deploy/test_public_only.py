"""Two kinds of web processes behind one proxy: those that show public pages cannot do anything else."""

import json
import os
import subprocess
import sys
import uuid
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.integration.deploy.conftest import WAVE
from tests.integration.deploy.running import SECRETS, Proxy, Web, asks, manage

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("deploy")]
COPY = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).backup(sqlite3.connect(sys.argv[2]))"
NOT_NEEDED = [f"{name}_FILE" for name in SECRETS if name not in ("SECRET_KEY", "EARSHOT_WORDS_KEYS")]


@pytest.fixture
def shows(production):
    """What a process that only shows public pages is started with."""
    settings = {name: value for name, value in production.items() if name not in NOT_NEEDED}
    settings["EARSHOT_PUBLIC_ONLY"] = "1"
    url = production["DATABASE_URL"]
    if not url.startswith("postgres"):
        yield settings
        return
    import psycopg

    role = f"only_shows_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {role} LOGIN")
    manage(production, "grant_public", "--role", role)
    given = urlsplit(url)
    # Nothing stays connected meanwhile: a database that is copied must have no visitor.
    yield {**settings, "DATABASE_URL": given._replace(netloc=f"{role}@{given.hostname}:{given.port}").geturl()}
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP OWNED BY {role}")
        connection.execute(f"DROP ROLE {role}")


def test_pages_are_shown_by_one_and_answers_taken_by_the_other(tmp_path, place, web, shows, digest):
    public = Web(place, shows)
    public.start()
    proxy = Proxy(tmp_path, web, public)
    proxy.start()
    secure = {"X-Forwarded-Proto": "https"}
    answer = json.dumps({"edition": digest, "language": "en", "helper": "alone", "answers": {"words": "two kinds"}})
    address = f"/a/{WAVE}/responses/{uuid.uuid4()}/"
    try:
        # By itself it knows no desk, no sign-in and no way in for an answer.
        for nowhere in ("/desk/", "/desk/login/", "/_util/login/", f"/a/{WAVE}/", address):
            assert asks(public.port, "GET", nowhere, headers=secure, secure=False)[0] == 404, nowhere
        assert asks(public.port, "PUT", address, answer, secure, secure=False)[0] == 404
        assert asks(public.port, "GET", "/readyz", headers=secure, secure=False)[::2] == (200, "ready\n")
        # Behind the proxy everything is there.
        assert asks(proxy.port, "GET", "/open-data/")[0] == 200
        assert asks(proxy.port, "GET", "/desk/login/")[0] == 200
        for form in ("/blockages/area-1/name/", "/blockages/area-1/cy/name/"):
            assert asks(proxy.port, "GET", form)[0] == 200, form
        assert asks(proxy.port, "PUT", address, answer, {"Content-Type": "application/json"})[0] == 201
        # Without those that take answers, what was published is still read.
        web.stop()
        assert asks(proxy.port, "GET", "/open-data/")[0] == 200
        assert asks(proxy.port, "GET", f"/a/{WAVE}/")[0] == 502
    finally:
        proxy.stop()
        public.stop()


NEW_AREA = "from tests.factories import asking; print(asking.area('only-in-the-copy').pk)"


def test_pages_are_read_from_a_copy_and_nothing_is_written_there(place, production, shows):
    """Here the copy is one by hand, so that it can be told from what it was copied from."""
    url, copied = production["DATABASE_URL"], f"copied_{os.getpid()}"
    if url.startswith("postgres"):
        import psycopg

        given = urlsplit(url)
        with psycopg.connect(given._replace(path="/postgres").geturl(), autocommit=True) as connection:
            # Whoever was just stopped may still be there, and what is copied must have no visitor.
            connection.execute(
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = %s", [given.path[1:]]
            )
            connection.execute(f"CREATE DATABASE {copied} TEMPLATE {given.path[1:]}")
        copy, replica = given._replace(path=f"/{copied}").geturl(), urlsplit(shows["DATABASE_URL"])
        replica = replica._replace(path=f"/{copied}").geturl()
    else:
        file = Path(url.removeprefix("sqlite:///"))
        copy = replica = f"sqlite:///{file.with_name(copied)}.sqlite3"
        subprocess.run([sys.executable, "-c", COPY, str(file), f"{file.with_name(copied)}.sqlite3"], check=True)
    try:
        manage({**production, "DATABASE_URL": copy}, "shell", "-v0", "-c", NEW_AREA)
        public = Web(place, {**shows, "EARSHOT_REPLICA_URL": replica})
        public.start()
        try:
            secure = {"X-Forwarded-Proto": "https"}
            assert asks(public.port, "GET", "/readyz", headers=secure, secure=False)[::2] == (200, "ready\n")
            assert asks(public.port, "GET", "/blockages/only-in-the-copy/", headers=secure, secure=False)[0] == 200
        finally:
            public.stop()
        without = Web(place, shows)
        without.start()
        try:
            assert asks(without.port, "GET", "/blockages/only-in-the-copy/", headers=secure, secure=False)[0] == 404
        finally:
            without.stop()
    finally:
        if url.startswith("postgres"):
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(f"DROP DATABASE {copied} WITH (FORCE)")
