"""The files of deploy/, run: a respondent's visit goes through the proxy and leaves nothing there."""

import json
import re
import socket
import uuid
from urllib.parse import urlencode

import pytest

from tests.integration.deploy.conftest import WAVE
from tests.integration.deploy.running import asks

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("deploy")]
# An address of this machine that no program of ours comes from.
VISITOR = "127.4.3.21"
WORDS = "what a child wrote behind the proxy"
LINE = r"\d{4}-\d\d-\d\d \d{3} (answering|desk|files|public) \d+\.\d{3}"
JSON = {"Content-Type": "application/json"}


def visits(proxy, method, address, body=None, headers=None):
    """One request of a respondent, as a browser would send it."""
    said = {
        "User-Agent": "a-browser-of-theirs",
        "Referer": "https://elsewhere.example.org/their-page",
        **(headers or {}),
    }
    return asks(proxy.port, method, address, body, said, source=VISITOR)


def answer(digest, words=WORDS):
    return json.dumps({"edition": digest, "language": "en", "helper": "alone", "answers": {"words": words}})


def leaves_nothing(proxy, *more):
    """No line of the proxy says who came, from where, or to what page."""
    wrote = proxy.wrote()
    assert any(file.name == "access.log" for file in wrote)
    for file, text in wrote.items():
        for told in (VISITOR, "a-browser", "their-page", "their-query", WORDS, WAVE, "127.0.0.1", *more):
            assert told not in text, (file.name, told)
        if file.name == "access.log":
            assert all(re.fullmatch(LINE, line) for line in text.splitlines()), text


def test_a_visit_goes_through_and_leaves_no_trace(proxy, digest):
    status, headers, page = visits(proxy, "GET", f"/a/{WAVE}/?their-query=1")
    assert status == 200
    assert "Set-Cookie" not in headers
    assert "nginx/" not in headers["Server"]
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")
    (script, *_) = re.findall(r'src="(/static/[^"]+\.js)"', page)
    assert visits(proxy, "GET", script)[0] == 200
    response_id = str(uuid.uuid4())
    address = f"/a/{WAVE}/responses/{response_id}/"
    assert visits(proxy, "PUT", address, answer(digest), JSON)[0] == 201
    assert visits(proxy, "PUT", address, answer(digest), JSON)[0] == 200
    form = urlencode({"edition": digest, "language": "en", "helper": "alone", "q_words": WORDS})
    status, headers, _ = visits(
        proxy,
        "POST",
        f"/a/{WAVE}/",
        form,
        {"Content-Type": "application/x-www-form-urlencoded", "Origin": "https://localhost"},
    )
    assert status == 303
    assert visits(proxy, "GET", headers["Location"])[0] == 200
    leaves_nothing(proxy, response_id)


def test_what_is_too_long_too_slow_or_not_ours_is_refused_and_leaves_no_trace(proxy, web):
    too_long = visits(proxy, "PUT", f"/a/{WAVE}/responses/{uuid.uuid4()}/", "x", {**JSON, "Content-Length": "300000"})
    assert too_long[0] == 413
    assert visits(proxy, "GET", "/a/" + "x" * 9_000)[0] == 414
    for inside in ("/readyz", "/metrics"):
        assert visits(proxy, "GET", inside)[0] == 404
    with socket.create_connection(("127.0.0.1", proxy.plain_port), source_address=(VISITOR, 0)) as plain:
        plain.sendall(b"GET /a/%s/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" % WAVE.encode())
        assert b"308" in plain.recv(100)
    web.stop()
    assert visits(proxy, "GET", f"/a/{WAVE}/?their-query=1")[0] == 502
    leaves_nothing(proxy)


def test_what_a_visitor_says_of_where_they_come_from_is_not_believed(proxy):
    """A guesser who names another address at each try is slowed all the same: the proxy's word is the only one."""
    configured = (proxy.folder / "nginx" / "nginx.conf").read_text()
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in configured
    assert "proxy_add_x_forwarded_for" not in configured


def test_web_processes_write_nothing_of_a_visit(proxy, web, digest):
    response_id = str(uuid.uuid4())
    visits(proxy, "PUT", f"/a/{WAVE}/responses/{response_id}/", answer(digest), JSON)
    visits(proxy, "PUT", f"/a/{WAVE}/responses/{response_id}/", '{"answers": ' + WORDS, JSON)
    visits(proxy, "POST", f"/a/{WAVE}/?their-query=1", WORDS, {"Content-Type": "multipart/form-data"})
    said = web.log.read_text()
    for told in (VISITOR, WORDS, WAVE, response_id, "their-query"):
        assert told not in said, told
