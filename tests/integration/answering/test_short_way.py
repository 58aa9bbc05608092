"""Respondents are answered by the short way exactly as they were by the whole one: status, heads and bodies."""

import gzip
import json
import re
import uuid

import pytest
from django.conf import settings as site
from django.db import transaction
from django.test import Client
from django.utils import timezone

from feedback.config.short_way import ShortWay
from surveys.answering import kept_documents
from surveys.answering.urls import urlpatterns
from tests.factories import asking
from tests.integration.answering.sending import FORM, content_of

pytestmark = pytest.mark.django_db
OURS = "feedback.config.short_way.ShortWay"
RESPONSE = uuid.UUID(int=7, version=4)
FITS = {
    "language:language": "pl", "device_id:response_id": str(RESPONSE), "device_id:message_id": str(RESPONSE),
    "sha256:sha256": "a" * 64, "str:token": "none", "slug:key": "none", "path:path": "no/where",
}  # fmt: skip
# Of what is drawn anew for each reply, only that it is there.
DRAWN = re.compile(rb"/thanks/[^/]+/|[0-9a-f]{32}(:[\w-]+)+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
HEADS = {
    "nobody": {},
    "zips": {"Accept-Encoding": "gzip", "Sec-Fetch-Site": "same-origin"},
    "another site": {"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"},
    "with a cookie": {"Cookie": "sessionid=" + "a" * 32 + "; csrftoken=\xff"},
    "knows it": {"If-None-Match": "*"},
    "in Polish": {"Content-Language": "pl"},
    "another host": {"Host": "elsewhere.example"},
}


def addresses(code):
    """Each address of a respondent, with something that fits in each place."""
    for one in urlpatterns:
        fits = {**FITS, "slug:code": code}
        yield "/a/" + re.sub(r"<([^>]+)>", lambda part, fits=fits: fits[part[1]], str(one.pattern))


@pytest.fixture
def waves():
    area = asking.area("kept")
    found = {code: asking.open_wave(of=area, code=code) for code in ("open", "closed", "planned")}
    today = timezone.localdate()
    type(found["closed"]).objects.filter(code="closed").update(status="closed", closed_on=today)
    type(found["planned"]).objects.filter(code="planned").update(status="planned", opened_on=None)
    return found


@pytest.fixture
def ways(settings):
    """A browser that is answered by the short way, and one that is answered by the whole one."""
    whole = [one for one in site.MIDDLEWARE if one != OURS]
    assert len(whole) == len(site.MIDDLEWARE) - 1

    def by(middleware):
        settings.MIDDLEWARE = middleware
        client = Client(raise_request_exception=False)
        client.handler.load_middleware()
        return client

    return by([OURS, *whole]), by(whole)


def reply_of(client, method, address, body, kind, heads):
    """What came back; what it did is undone, so that the other way finds the same."""
    kept_documents.forget()
    with transaction.atomic():
        reply = client.generic(method, address, body, content_type=kind, headers=heads)
        transaction.set_rollback(True)
    content = b"".join(reply) if reply.streaming else reply.content
    is_zipped = reply.headers.get("Content-Encoding") == "gzip"
    sent = {name: DRAWN.sub(b"", value.encode()) for name, value in reply.headers.items()}
    if is_zipped and not reply.headers.get("Cache-Control", "").startswith("public"):
        # Padded at random.
        sent.pop("Content-Length", None)
    content = gzip.decompress(content) if is_zipped else content
    return reply.status_code, sent, DRAWN.sub(b"", content), dict(reply.cookies)


def are_alike(ways, method, address, *, body=b"", kind=FORM, heads=None):
    short, whole = (reply_of(client, method, address, body, kind, heads or {}) for client in ways)
    assert short == whole, (method, address)
    return short[0]


@pytest.mark.parametrize("code", ["open", "closed", "planned", "none"])
@pytest.mark.parametrize("heads", HEADS.values(), ids=HEADS)
def test_every_address_looks_the_same(waves, ways, code, heads):
    found = {are_alike(ways, method, one, heads=heads) for one in addresses(code) for method in ("GET", "HEAD")}
    assert len(found) > 1 or found == {400}


@pytest.mark.parametrize("method", ["POST", "PUT", "OPTIONS", "DELETE", "PATCH", "TRACE"])
@pytest.mark.parametrize("body", [b"", b"code=bcdfghjk&words=apple", b"\xff", b"{}"])
def test_whatever_is_sent_is_answered_the_same(waves, ways, method, body):
    for kind in (FORM, "application/json", "text/plain"):
        for address in addresses("open"):
            are_alike(ways, method, address, body=body, kind=kind, heads={"Sec-Fetch-Site": "same-origin"})


@pytest.mark.parametrize("heads", HEADS.values(), ids=HEADS)
def test_answers_are_taken_and_refused_the_same(waves, ways, heads):
    wave = waves["open"]
    sent = [content_of(wave), content_of(wave, {"listened": "maybe"}), content_of(wave, edition="other")]
    found = [
        are_alike(ways, "PUT", f"/a/open/responses/{RESPONSE}/", body=json.dumps(one), kind=kind, heads=heads)
        for one in sent
        for kind in ("application/json", FORM)
    ]
    form = f"edition={wave.edition.digest}&language=en&helper=alone&q_listened="
    found += [are_alike(ways, "POST", "/a/open/", body=form + one, heads=heads) for one in ("yes", "maybe", "")]
    refused = {"another site": {403}, "another host": {400}}
    expected = next((codes for name, codes in refused.items() if heads is HEADS[name]), {201, 303, 409, 415, 422})
    assert set(found) == expected


def test_the_desk_and_public_pages_go_the_whole_way(rf):
    way = ShortWay(lambda request: "whole")
    assert way(rf.get("/desk/")) == way(rf.get("/")) == way(rf.get("/abc/")) == "whole"
    assert way(rf.get("/a/away")) != "whole"


def test_what_is_left_out_is_named():
    """Whatever is added to the site's middlewares is met by respondents too, or is named here."""
    left_out = [one for one in site.MIDDLEWARE if one not in site.RESPONDENTS_MIDDLEWARE]
    assert left_out == [
        # It counts what goes either way.
        "feedback.config.counting.CountAnswers",
        OURS,
        "whitenoise.middleware.WhiteNoiseMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django_otp.middleware.OTPMiddleware",
        "feedback.accounts.guard.SecondFactorMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "cms.desk.doors.Doors",
        "axes.middleware.AxesMiddleware",
    ]
    assert set(site.RESPONDENTS_MIDDLEWARE) <= set(site.MIDDLEWARE)
