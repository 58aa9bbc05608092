"""Each kind of page has exactly its content security policy, and no public page asks another server for anything."""

import re
from pathlib import Path

import pytest

from feedback.accounts.roles import Role
from tests.factories import asking
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
DESK = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; connect-src 'self'; frame-ancestors 'self'; form-action 'self'; "
    "object-src 'none'; base-uri 'none'"
)


def test_the_phone_is_strict(client):
    wave = asking.open_wave()
    for address in (f"/a/{wave.code}/", "/a/", "/a/nowhere/", "/healthz", "/no-such-page/"):
        assert client.get(address)["Content-Security-Policy"] == STRICT


def test_the_desk_has_its_own(client):
    at_desk(client, staff("admin"))
    assert client.get("/desk/")["Content-Security-Policy"] == DESK


def test_where_passwords_are_typed_and_words_are_read_it_is_strict(client):
    at_desk(client, staff("lead", Role.SAFEGUARDING_LEAD))
    typed = ("/desk/login/", "/desk/password_reset/", "/desk/sign-in/join/MQ/no-token/")
    for address in (*typed, "/desk/work/worries/", "/desk/work/texts/", "/desk/work/looking/"):
        assert client.get(address)["Content-Security-Policy"] == STRICT


def test_nothing_is_framed_or_referred(client):
    reply = client.get("/a/")
    assert reply["X-Frame-Options"] == "DENY"
    assert reply["Referrer-Policy"] == "same-origin"


def respondent_files():
    for folder in ("surveys/answering", "cms/pages"):
        for kind in ("html", "css", "js", "svg"):
            yield from (ROOT / folder).rglob(f"*.{kind}")


@pytest.mark.parametrize("file", list(respondent_files()), ids=lambda file: file.name)
def test_no_file_of_a_public_page_names_another_server(file):
    addresses = re.findall(
        r"""(?:src|href|url|import|fetch)\s*[=(]\s*["'`]?\s*((?:https?:)?//[^"'`)\s]+)""", file.read_text()
    )
    assert not addresses


@pytest.mark.parametrize("file", list(respondent_files()), ids=lambda file: file.name)
def test_no_template_has_a_style_or_a_script_in_it(file):
    if file.suffix == ".html":
        assert not re.search(r"<style|<script(?![^>]*src=)|\sstyle=|\son[a-z]+=", file.read_text())
