"""Whatever somebody puts into an address, a form or a header, no line of a log repeats it: of every address we have."""

import json
import logging

import pytest
from django.test import Client

from feedback.accounts.roles import Role
from tests.factories import asking
from tests.factories.people import at_desk, staff
from tests.guards.test_every_address_is_guarded import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CANARY = "zq-canary-words"
HEADERS = {"User-Agent": CANARY, "Referer": f"https://{CANARY}.example/", "X-Forwarded-For": CANARY, "Accept": CANARY}


class Listens(logging.Handler):
    """Keeps every line as it is written, with what belongs to it."""

    def __init__(self):
        super().__init__()
        self.lines = []
        self.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))

    def emit(self, record):
        self.lines.append(f"{self.format(record)} {record.args}")


@pytest.fixture
def log():
    """Listens to every logger that passes nothing on, and to the one above all."""
    heard = Listens()
    named = [one for one in map(logging.getLogger, list(logging.root.manager.loggerDict)) if not one.propagate]
    for logger in (logging.root, *named):
        logger.addHandler(heard)
    yield heard
    for logger in (logging.root, *named):
        logger.removeHandler(heard)


def with_canary(address):
    """The same address, with the canary where it takes a word."""
    parts = address.split("/")
    return "/".join(CANARY if part == "a" and place > 1 else part for place, part in enumerate(parts))


def asks_everything(client, address):
    """The ways in which something may be sent there."""
    asked = f"{address}?q={CANARY}&next=/{CANARY}"
    client.get(asked, headers=HEADERS)
    client.post(asked, {"answers": CANARY, "username": CANARY, "q_words": CANARY, "words": CANARY}, headers=HEADERS)
    client.post(address, "{" + CANARY, content_type="multipart/form-data; boundary=" + CANARY, headers=HEADERS)
    sent = json.dumps({"answers": {CANARY: CANARY}, "edition": CANARY, "language": CANARY})
    client.put(asked, sent, content_type="application/json", headers=HEADERS)
    client.put(address, "{" + CANARY, content_type="application/json", headers=HEADERS)


def tells_nothing(log):
    """Nothing that was written has any of it."""
    told = [line for line in log.lines if CANARY in line]
    assert told == [], told[:3]


def test_somebody_who_has_not_signed_in(log):
    asking.open_wave(code="a")
    client = Client(raise_request_exception=False)
    for address in addresses():
        asks_everything(client, address)
        asks_everything(client, with_canary(address))
    tells_nothing(log)


@pytest.mark.parametrize("role", [Role.SAFEGUARDING_LEAD, Role.ADMINISTRATOR])
def test_somebody_at_the_desk(log, role):
    client = Client(raise_request_exception=False)
    person = staff("curious", role, area=asking.area("here"))
    at_desk(client, person)
    for address in [one for one in addresses() if one.startswith("/desk/work/") or one.count("/") < 5]:
        if "logout" not in address:
            client.get(f"{with_canary(address)}?q={CANARY}", headers=HEADERS)
            client.post(f"{address}?q={CANARY}", {"words": CANARY, "reason": CANARY, "name": CANARY}, headers=HEADERS)
    tells_nothing(log)


def test_the_listener_hears(log):
    logging.getLogger("django.request").error("Internal Server Error: %s", f"/open-data/{CANARY}/")
    assert any(CANARY in line for line in log.lines)
