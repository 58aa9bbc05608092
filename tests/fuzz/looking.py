"""What must hold after every request: no error of ours, nothing half stored, and no word where none may be."""

import gzip
import json
import logging
import re
import uuid
from collections.abc import Iterator

from django.apps import apps
from django.core.signals import got_request_exception
from django.db import connection

from surveys.design.frozen import instrument_of
from surveys.instrument.document import check_answers
from surveys.responses.models import Response
from tests.fuzz.requests import Reply, Request
from tests.fuzz.values import CANARY

# What a request may add to the tables, by its input and the status of its reply; any other change is a finding.
RESPONSE, MESSAGE, NAMED = "responses_response", "responses_contactmessage", "responses_namedblockage"
LETTER, TAKEN_BACK = "responses_letter", "responses_withdrawal"
BESIDE = {"responses_codedcard", "responses_chosenhearers"}
STORES = {
    ("deliveries", 201): [{RESPONSE: 1}],
    ("forms", 303): [{RESPONSE: 1}],
    ("contacts", 201): [{MESSAGE: 1}],
    ("contact_forms", 200): [{}, {MESSAGE: 1}],
    ("board", 200): [{}, {NAMED: 1}],
    ("letterbox", 200): [{}, {LETTER: 1}, {RESPONSE: -1, TAKEN_BACK: 1}],
}
MUST_STORE = {("deliveries", 201), ("forms", 303), ("contacts", 201)}
IS_OURS = re.compile(rb"/a/|/blockages/[\w-]+/(?:\w\w/)?name/\Z")
SLOWEST_SECONDS = 2.0


class Looking(logging.Handler):
    """Reads logs and tables beside the requests."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.raised: list[BaseException] = []
        own = [model._meta for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
        self.tables = sorted(meta.db_table for meta in own if meta.app_label != "wagtailsearch")
        self.counting = "SELECT " + ", ".join(f'(SELECT count(*) FROM "{table}")' for table in self.tables)
        for name in ("", "django", "django.request", "earshot.log"):
            logging.getLogger(name).handlers = [self]
        got_request_exception.connect(self._raised)
        self.before = self.counted()

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps what a log would hold."""
        self.lines.append(logging.Formatter().format(record))

    def _raised(self, sender, request=None, **kwargs) -> None:
        import sys

        self.raised.append(sys.exc_info()[1])

    def counted(self) -> dict[str, int]:
        """How many rows each table has."""
        with connection.cursor() as cursor:
            cursor.execute(self.counting)
            return dict(zip(self.tables, cursor.fetchone(), strict=True))

    def findings(self, request: Request, reply: Reply, seconds: float) -> Iterator[str]:
        """What is wrong with a reply, and with what is there after it."""
        if reply.status >= 500:
            said = "; ".join(repr(one)[:300] for one in self.raised) or reply.body[:200]
            yield f"answered {reply.status}: {said}"
        yield from self._stored(request, reply)
        yield from self._told(request, reply)
        if seconds > SLOWEST_SECONDS:
            yield f"took {seconds:.1f} s"
        self.lines.clear()
        self.raised.clear()

    def _stored(self, request: Request, reply: Reply) -> Iterator[str]:
        after = self.counted()
        changed = {table: after[table] - n for table, n in self.before.items() if after[table] != n}
        self.before = after
        # A damaged address can be the box of codes, which leads on to questions and stores nothing.
        leads_on = reply.status == 303 and "/thanks/" not in reply.headers["Location"]
        key = () if leads_on else (request.input, reply.status)
        # What was written to and fro goes with answers that are taken back.
        goes_along = {*BESIDE, LETTER} if TAKEN_BACK in changed else BESIDE
        beside = {table: n for table, n in changed.items() if table not in goes_along}
        if beside not in STORES.get(key, [{}]) or (beside == {} and changed):
            yield f"answered {reply.status} and changed {changed}"
        elif key in MUST_STORE:
            yield from _is_whole(request)

    def _told(self, request: Request, reply: Reply) -> Iterator[str]:
        words = [line for line in self.lines if CANARY in line]
        if words:
            yield f"logged what was sent: {words[0][:300]}"
        led = reply.headers.get("Location", "")
        if (
            CANARY in led.partition("#")[0]
            and IS_OURS.match(request.path)
            and CANARY.encode() not in request.path + request.query
        ):
            yield f"leads to an address with what was sent in it: {led[:200]}"
        if IS_OURS.match(request.path):
            yield from _is_gentle(request, reply)


def unpacked(reply: Reply) -> bytes:
    """What a browser makes of it."""
    return gzip.decompress(reply.body) if reply.headers.get("Content-Encoding") == "gzip" else reply.body


def _is_whole(request: Request) -> Iterator[str]:
    """Whether what was stored can be opened, and is what a survey of that edition may hold."""
    sent_as = request.about.get("id")
    found = Response.objects.filter(pk=sent_as) if isinstance(sent_as, uuid.UUID) else Response.objects.order_by("pk")
    for stored in found[:1] if sent_as else ():
        if check_answers(instrument_of(stored.edition_id), stored.answers) != stored.answers:
            yield "stored answers that are not whole"


def _is_gentle(request: Request, reply: Reply) -> Iterator[str]:
    """Whether a refusal is a page or JSON of ours, with a sentence in it, and nothing was set in the browser."""
    if "Set-Cookie" in reply.headers:
        yield "set a cookie"
    if "Content-Security-Policy" not in reply.headers:
        yield f"answered {reply.status} without a content security policy"
    if 400 <= reply.status < 500 and reply.status != 405 and request.method != "HEAD":
        if reply.headers.get("Content-Type", "").startswith("application/json"):
            if not all(error["message"] for error in json.loads(unpacked(reply))["errors"]):
                yield "refused without a sentence"
        elif b"<main" not in unpacked(reply) and not request.path.startswith(b"/a/audio/"):
            yield f"answered a bare {reply.status}: {reply.body[:80]!r}"
