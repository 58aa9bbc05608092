"""The three ways in which answers come: as JSON, as JSON sealed on a device, and as a form without JavaScript."""

import json
import re
import uuid
from dataclasses import dataclass
from html import unescape
from urllib.parse import quote_plus

import pytest

from surveys.answering.sealing import seal, sealing_key

FORM = "application/x-www-form-urlencoded"
ERROR = re.compile(r'<li><a href="#s-([\w.]+)">(.*?)</a></li>', re.S)
# In the list of errors of a page, what belongs to no question leads to the screen where it can be put right.
SCREENS = {"who": "helper", "send": ""}


@dataclass(frozen=True)
class Reply:
    """What came back, the same for every way."""

    status: int
    errors: dict[str, str]
    page: str
    headers: object

    @property
    def was_stored(self):
        return self.status in {200, 201, 303}


def content_of(wave, answers=None, **content):
    usual = {"edition": wave.edition.digest, "language": "en", "code": None, "helper": "alone", "told": "nobody"}
    return {**usual, "answers": answers if answers is not None else {"listened": "yes"}, **content}


def _put(client, wave, body, response_id, **headers):
    reply = client.put(
        f"/a/{wave.code}/responses/{response_id}/", body, content_type="application/json", headers=headers
    )
    said = reply.json()
    errors = {error["item"]: error["message"] for error in said.get("errors", [])}
    return Reply(reply.status_code, errors, reply.content.decode(), reply)


def plain(client, wave, *, response_id=None, headers=None, **content):
    """As a device sends that has no cryptography."""
    return _put(client, wave, json.dumps(content_of(wave, **content)), response_id or uuid.uuid4(), **(headers or {}))


def sealed(client, wave, *, response_id=None, headers=None, **content):
    """As every other device sends."""
    response_id, key = str(response_id or uuid.uuid4()), sealing_key()
    written = seal(json.dumps(content_of(wave, **content)).encode(), response_id=response_id, public=key.public)
    return _put(client, wave, json.dumps({"key": key.id, "sealed": written}), response_id, **(headers or {}))


def pairs_of(wave, **content):
    """The fields of a form, in their order."""
    fields = content_of(wave, **content)
    for code, value in fields.pop("answers").items():
        for one in value if isinstance(value, list) else [value]:
            yield f"q_{code}", one
    yield from ((name, value) for name, value in fields.items() if value is not None)


def form(client, wave, *, response_id=None, address=None, headers=None, **content):
    """As a browser sends without JavaScript, which writes half a character as three bytes that are none."""
    body = "&".join(
        f"{name}={quote_plus(str(value), errors='surrogatepass')}" for name, value in pairs_of(wave, **content)
    )
    reply = client.post(address or f"/a/{wave.code}/", body, content_type=FORM, headers=headers or {})
    page = reply.content.decode()
    shown = page.partition('<div class="errors"')[2].partition("</div>")[0]
    errors = {SCREENS.get(screen, screen): unescape(message).strip() for screen, message in ERROR.findall(shown)}
    return Reply(reply.status_code, errors, page, reply)


WAYS = {"plain": plain, "sealed": sealed, "form": form}
every_way = pytest.mark.parametrize("send", WAYS.values(), ids=WAYS)
by_device = pytest.mark.parametrize("send", [plain, sealed], ids=["plain", "sealed"])
