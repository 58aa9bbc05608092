"""Two kinds of web processes behind one proxy: those that show public pages cannot do anything else."""

import json
import os
import uuid
from urllib.parse import urlsplit

import pytest

from tests.integration.deploy.conftest import WAVE
from tests.integration.deploy.running import SECRETS, Proxy, Web, asks, manage

pytestmark = pytest.mark.slow
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
        yield {**settings, "DATABASE_URL": given._replace(netloc=f"{role}@{given.hostname}:{given.port}").geturl()}
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
        assert asks(proxy.port, "PUT", address, answer, {"Content-Type": "application/json"})[0] == 201
        # Without those that take answers, what was published is still read.
        web.stop()
        assert asks(proxy.port, "GET", "/open-data/")[0] == 200
        assert asks(proxy.port, "GET", f"/a/{WAVE}/")[0] == 502
    finally:
        proxy.stop()
        public.stop()
