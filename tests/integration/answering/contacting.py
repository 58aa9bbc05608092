"""How a device and a browser without JavaScript ask to be contacted."""

import json
import re
import uuid
from urllib.parse import urlencode

FORM = "application/x-www-form-urlencoded"
WHOLE = {"wanted": "trusted", "name": "Kit", "reach": "ring gran after school", "words": "about home", "language": "en"}


def put(client, wave, *, sent_as=None, raw=None, content_type="application/json", headers=None, **parts):
    """What a device delivers; `raw` as it is, else the usual message with these parts changed."""
    address = f"/a/{wave.code}/contacts/{sent_as or uuid.uuid4()}/"
    body = json.dumps({**WHOLE, "code": None, **parts}) if raw is None else raw
    return client.put(address, body, content_type=content_type, headers=headers or {})


def token_in(page):
    """The token of a form, as a browser reads it."""
    return re.search(r'name="token" value="([^"]+)"', page.content.decode())[1]


def post(client, wave, *, language="", token=None, headers=None, **parts):
    """What a browser sends from the form, opened a moment before unless a token is given."""
    address = f"/a/{wave.code}/{language}contact/"
    token = token_in(client.get(address)) if token is None else token
    fields = {"token": token, "wanted": "lead", "name": "Kit", "reach": "gran", "words": "", **parts}
    return client.post(address, urlencode(fields), content_type=FORM, headers=headers or {})
