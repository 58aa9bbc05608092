"""A server that is killed between request and answer loses nothing it acknowledged, and stores nothing twice."""

import http.client
import json
import os
import threading
import uuid
from collections import Counter
from urllib.parse import urlsplit

import pytest

from tests.server import Site

pytestmark = pytest.mark.slow
WAVE = "thistledown-8-to-11"
STORED = (
    "import json; from surveys.responses.models import Response;"
    "print(json.dumps([[str(r.pk), r.answers.get('best_help', '')]"
    " for r in Response.objects.filter(wave__code='thistledown-8-to-11') if 'killed' in str(r.answers)]))"
)
DIGEST = "from surveys.fieldwork.models import Wave; print(Wave.objects.get(code='thistledown-8-to-11').edition.digest)"


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """A database that a server of its own may be killed over."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield f"sqlite:///{tmp_path_factory.mktemp('killed')}/killed.sqlite3"
        return
    import psycopg

    name = f"killed_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield urlsplit(url)._replace(path=f"/{name}").geturl()
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def site(database, tmp_path_factory):
    orders = tmp_path_factory.mktemp("orders") / "order"
    made = Site(database, "tests.integration.answering.dying:application", EARSHOT_TEST_ORDERS=str(orders))
    made.orders, made.digest = orders, made.manage("shell", "-v0", "-c", DIGEST).strip()
    made.start()
    yield made
    made.stop()


def stored(site):
    """How often each id is stored, with its words."""
    return Counter(tuple(pair) for pair in json.loads(site.manage("shell", "-v0", "-c", STORED)))


def delivers(site, response_id, words):
    """The status of one delivery; None if no answer came."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=20)
    body = json.dumps(
        {"edition": site.digest, "language": "en", "helper": "alone", "answers": {"best_help": words}},
    )
    try:
        connection.request("PUT", f"/a/{WAVE}/responses/{response_id}/", body, {"Content-Type": "application/json"})
        reply = connection.getresponse()
        reply.read()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
    return reply.status


def test_killed_after_storing_and_before_saying_so(site):
    response_id, words = str(uuid.uuid4()), "killed after it was stored"
    site.orders.write_text("after")
    assert delivers(site, response_id, words) is None
    site.wait()
    assert delivers(site, response_id, words) == 200
    assert stored(site)[response_id, words] == 1


def test_killed_before_storing(site):
    response_id, words = str(uuid.uuid4()), "killed before it was stored"
    site.orders.write_text("before")
    assert delivers(site, response_id, words) is None
    site.wait()
    assert stored(site)[response_id, words] == 0
    assert delivers(site, response_id, words) == 201
    assert stored(site)[response_id, words] == 1


class Devices:
    """Several devices that send one answer after another, each until it is acknowledged."""

    def __init__(self, site, count):
        self.site, self.acknowledged, self.over = site, {}, threading.Event()
        self.threads = [threading.Thread(target=self._send, args=(number,)) for number in range(count)]

    def _send(self, number):
        place = 0
        while not self.over.is_set():
            response_id, words = str(uuid.uuid4()), f"killed under load {number} {place}"
            while delivers(self.site, response_id, words) not in {200, 201}:
                # Nobody listens for a moment; a device that gave up here would not prove anything.
                self.over.wait(0.05)
            self.acknowledged[response_id] = words
            place += 1

    def run_through(self, happen):
        """They send while something happens, and finish what they began."""
        for thread in self.threads:
            thread.start()
        happen()
        self.over.set()
        for thread in self.threads:
            thread.join(60)
        assert not any(thread.is_alive() for thread in self.threads)


def test_killed_again_and_again_while_devices_send(site):
    devices = Devices(site, 8)

    def power_cuts():
        for _ in range(3):
            before = len(devices.acknowledged)
            while len(devices.acknowledged) < before + 40:
                devices.over.wait(0.01)
            site.kill()
            site.start()

    devices.run_through(power_cuts)
    found = stored(site)
    assert len(devices.acknowledged) >= 120
    missing = [pair for pair in devices.acknowledged.items() if found[pair] != 1]
    assert missing == []
    assert max(found.values()) == 1
