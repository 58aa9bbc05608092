"""A copy for a laptop: nobody is in it, and the site works on it."""

import os
import sqlite3
import subprocess
import sys
from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import APIToken, CommentReply, ModelLogEntry

from feedback.privacy.copying import _for_copy
from feedback.privacy.scrubbing import WHOLE, undecided
from surveys.responses.models import Response
from tests.databases import ROOT
from tests.factories import canaries
from tests.factories.canaries import CHILD, STAFF

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.xdist_group("scrubbed-copy")]
BOOT = """
import django; django.setup()
from django.core.management import call_command
from django.test import Client
call_command("check")
def status(client, address):
    print(address, client.get(address, follow=True).status_code)
visitor = Client(SERVER_NAME="localhost")
for address in ("/readyz", "/a/", "/a/canary/", "/a/canary/receipt/", "/a/canary/contact/"):
    status(visitor, address)
from feedback.accounts.models import User
from feedback.accounts.roles import Role
from surveys.design.models import SurveyPage
from tests.factories.people import at_desk, staff
for role, addresses in (
    (Role.PARTICIPATION_OFFICER, ("/desk/", "/desk/work/waves/", f"/desk/pages/{SurveyPage.objects.first().pk}/edit/")),
    (Role.SAFEGUARDING_LEAD, ("/desk/work/looking/", "/desk/work/worries/")),
    (Role.ADMINISTRATOR, ("/desk/work/accounts/",)),
):
    browser = at_desk(Client(SERVER_NAME="localhost"), staff(f"new-{role}", role))
    for address in addresses:
        status(browser, address)
print(sorted(User.objects.values_list("username", flat=True)))
"""


@pytest.fixture
def copied(request, tmp_path, django_user_model):
    """A copy of a site in which canaries stand everywhere."""
    # A copy is a file of SQLite wherever the site is: once is enough to migrate it from nothing.
    if connection.vendor != "sqlite":
        request.getfixturevalue("copies_begin_migrated")
    wave, receipts = canaries.plant()
    person = canaries.plant_staff(wave)
    survey = wave.edition.survey
    survey.save_revision(user=person)
    # A comment stands in earlier states of the page as well.
    assert STAFF in str(survey.get_latest_revision().content)
    Session.objects.create(session_key=STAFF, session_data=STAFF, expire_date=timezone.now())
    APIToken.objects.create(user=person, name=STAFF, key_hash="x", prefix="p")
    file = tmp_path / "copy.sqlite3"
    out = StringIO()
    call_command("scrubbed_copy", str(file), stdout=out)
    assert "nobody in them" in out.getvalue()
    response_keys = [str(pk) for pk in Response.objects.values_list("pk", flat=True)]
    return file, [*receipts, *response_keys, person.password]


def test_nobody_is_in_it_and_the_site_works_on_it(copied):
    file, secrets = copied
    assert [beside.name for beside in file.parent.iterdir()] == ["copy.sqlite3"]
    assert file.stat().st_mode & 0o077 == 0
    content = file.read_bytes()
    for canary in (CHILD, STAFF, "example.org/", *secrets, *(secret.replace("-", "") for secret in secrets)):
        assert canary.encode() not in content, canary
    counts = sqlite3.connect(file)
    for table in ("responses_response", "responses_contactmessage", "django_session", "wagtailcore_modellogentry"):
        assert counts.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
    boots(file)


def boots(file):
    done = subprocess.run(
        [sys.executable, "-c", BOOT], cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "DATABASE_URL": f"sqlite:///{file}", "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    statuses = [line.split() for line in done.stdout.splitlines() if line.startswith("/")]
    assert len(statuses) == 11
    assert {status for _, status in statuses} == {"200"}, done.stdout
    assert STAFF not in done.stdout


def test_the_log_says_that_it_was_made(copies_begin_migrated, copied):
    assert ModelLogEntry.objects.get(action="privacy.scrubbed_copy").data["program"] == "pytest"


def test_a_file_that_is_there_is_not_written_over(tmp_path):
    file = tmp_path / "mine.sqlite3"
    file.write_text("mine")
    for path in (file, tmp_path / "no" / "folder.sqlite3"):
        with pytest.raises(CommandError, match="No copy was made"):
            call_command("scrubbed_copy", str(path), stdout=StringIO())
    assert file.read_text() == "mine"


def test_a_table_of_which_nobody_said_what_may_be_copied_stops_it(tmp_path, monkeypatch):
    monkeypatch.delattr("surveys.responses.models.Response.Privacy.scrub")
    assert any("responses.Response has no rule" in problem for problem in undecided())
    with pytest.raises(CommandError, match=r"responses\.Response has no rule"):
        call_command("scrubbed_copy", str(tmp_path / "copy.sqlite3"), stdout=StringIO())
    assert list(tmp_path.iterdir()) == []


def test_what_names_a_row_that_is_not_copied_names_nothing():
    reply_to = CommentReply._meta.get_field("comment")
    assert _for_copy(reply_to, 5, 1, WHOLE) is None
    assert _for_copy(CommentReply._meta.get_field("user"), 5, 1, WHOLE) == 5


def test_a_personal_field_without_a_rule_stops_it(monkeypatch):
    monkeypatch.setattr("feedback.accounts.models.User.Privacy.scrub", {"username": "number", "email": "harmless: "})
    problems = " ".join(undecided())
    assert "accounts.User.email is personal and has no rule" in problems
    assert "accounts.User.password is personal and has no rule" in problems
