"""A server that is killed between request and answer loses nothing it acknowledged, and stores nothing twice."""

import http.client
import json
import threading
import uuid
from collections import Counter
from urllib.parse import urlencode

import pytest

from surveys.answering.sealing import seal, sealing_key
from tests.databases import copied_database
from tests.server import Site, demo, load_demo

# One server with its demo for all of them: a second process would load it once more.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("killed-server")]
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
    with copied_database(tmp_path_factory.mktemp("killed"), "killed", demo(), load_demo) as url:
        yield url


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


def plain(site, words, response_id):
    """What a device sends that cannot seal."""
    return json.dumps({"edition": site.digest, "language": "en", "helper": "alone", "answers": {"best_help": words}})


def sealed(site, words, response_id):
    """What every other device sends."""
    content, key = plain(site, words, response_id).encode(), sealing_key()
    return json.dumps({"key": key.id, "sealed": seal(content, response_id=response_id, public=key.public)})


def delivers(site, response_id, words, written=plain):
    """The status of one delivery; None if no answer came."""
    address, body = f"/a/{WAVE}/responses/{response_id}/", written(site, words, response_id)
    return asks(site, "PUT", address, body, "application/json")


def posts(site, words):
    """The same for a form."""
    body = urlencode({"edition": site.digest, "language": "en", "helper": "alone", "q_best_help": words})
    return asks(site, "POST", f"/a/{WAVE}/", body, "application/x-www-form-urlencoded")


def asks(site, method, address, body, kind):
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=20)
    try:
        connection.request(method, address, body, {"Content-Type": kind})
        reply = connection.getresponse()
        reply.read()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
    return reply.status


by_device = pytest.mark.parametrize("written", [plain, sealed])


@by_device
def test_killed_after_storing_and_before_saying_so(site, written):
    response_id, words = str(uuid.uuid4()), "killed after it was stored"
    site.orders.write_text("after")
    assert delivers(site, response_id, words, written) is None
    site.wait()
    assert delivers(site, response_id, words, written) == 200
    assert stored(site)[response_id, words] == 1


@by_device
def test_killed_before_storing(site, written):
    response_id, words = str(uuid.uuid4()), "killed before it was stored"
    site.orders.write_text("before")
    assert delivers(site, response_id, words, written) is None
    site.wait()
    assert stored(site)[response_id, words] == 0
    assert delivers(site, response_id, words, written) == 201
    assert stored(site)[response_id, words] == 1


@pytest.mark.parametrize(("moment", "times"), [("before", 1), ("after", 2)])
def test_a_form_over_which_the_server_dies_is_stored_when_it_is_sent_again(site, moment, times):
    """At least once: a form holds no id, so what was stored and not thanked for is stored a second time."""
    words = f"killed form {moment}"
    site.orders.write_text(moment)
    assert posts(site, words) is None
    site.wait()
    assert posts(site, words) == 303
    assert sum(kept == words for _, kept in stored(site).elements()) == times


class Devices:
    """Several devices that send one answer after another, each until it is acknowledged."""

    def __init__(self, site, count):
        self.site, self.acknowledged, self.over = site, {}, threading.Event()
        self.refused = Counter()
        # Daemons: a device that never gets through must not keep the whole run from ending.
        self.threads = [threading.Thread(target=self._send, args=(number,), daemon=True) for number in range(count)]

    def _send(self, number):
        place = 0
        while not self.over.is_set():
            response_id, words = str(uuid.uuid4()), f"killed under load {number} {place}"
            while (status := delivers(self.site, response_id, words)) not in {200, 201}:
                # Nobody listens for a moment; a device that gave up here would not prove anything.
                self.refused[status] += 1
                self.over.wait(0.05)
            self.acknowledged[response_id] = words
            place += 1

    def run_through(self, happen):
        """They send while something happens, and finish what they began."""
        for thread in self.threads:
            thread.start()
        try:
            happen()
        finally:
            self.over.set()
        for thread in self.threads:
            thread.join(60)
        assert not any(thread.is_alive() for thread in self.threads), self.refused

    def wait_for(self, count):
        """Until so many more were acknowledged; says what the server answered instead if they never are."""
        wanted, tries = len(self.acknowledged) + count, 12_000
        while len(self.acknowledged) < wanted:
            tries -= 1
            assert tries, f"{len(self.acknowledged)} of {wanted} acknowledged; answered otherwise: {self.refused}"
            self.over.wait(0.01)


def test_killed_again_and_again_while_devices_send(site):
    devices = Devices(site, 8)

    def power_cuts():
        for _ in range(3):
            devices.wait_for(40)
            site.kill()
            site.start()

    devices.run_through(power_cuts)
    found = stored(site)
    assert len(devices.acknowledged) >= 120
    missing = [pair for pair in devices.acknowledged.items() if found[pair] != 1]
    assert missing == []
    assert max(found.values()) == 1
