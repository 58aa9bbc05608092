"""After somebody is forgotten, nothing of what they said stands anywhere: not in a table, not in a file."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import ModelLogEntry

from feedback.accounts.models import RoleHeld, User
from feedback.accounts.roles import Role
from feedback.anonymisation.actions import erase_withdrawn
from feedback.anonymisation.models import CodedResponse, Linkage, ToldTalk
from feedback.anonymisation.talk_actions import recall_talk
from feedback.privacy.actions import forget_account
from feedback.privacy.staff import accounts_that_ended
from feedback.safeguarding.models import Concern, ConcernState, Reading
from surveys.frame.models import Area
from surveys.responses.actions import record, withdraw
from surveys.responses.models import ContactMessage, PaperEntry, Reply, Response, Withdrawal
from tests.databases import ROOT, Files, migrate, migrated
from tests.factories import asking, canaries
from tests.factories.canaries import CHILD, STAFF
from tests.factories.people import at_desk, staff
from tests.factories.stored import opened_in


def everything():
    """All rows of all tables, whoever's they are, and what is sealed in them opened."""
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            yield table, "\n".join([*map(str, cursor.fetchall()), *opened_in(table)])


def where(canary):
    return sorted(table for table, rows in everything() if canary in rows)


def erase(*arguments, typed="", monkeypatch=None):
    if monkeypatch:
        monkeypatch.setattr("sys.stdin", StringIO(typed))
    out = StringIO()
    call_command("erase", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_canaries_stand_in_every_personal_field_there_is():
    """A new field in which a sentence can stand must be planted in, or this test says nothing of it."""
    wave, _ = canaries.plant()
    canaries.plant_staff(wave)
    bare = [
        label
        for model, field, label in canaries.fields_with_room()
        if not any(c in str(getattr(row, field.attname)) for row in model.objects.all() for c in (CHILD, STAFF))
    ]
    assert not bare, bare


@pytest.mark.django_db
def test_five_words_take_everything_back(monkeypatch):
    wave, receipts = canaries.plant()
    for receipt in receipts:
        said = erase("--receipt", wave.code, typed=receipt, monkeypatch=monkeypatch)
        assert "gone" in said
        assert receipt not in said
    for model in (Response, Reply, CodedResponse, Linkage, Reading):
        assert not model.objects.exists(), model
    assert set(Withdrawal.objects.values_list("response_key", flat=True)) == {None}
    assert set(ConcernState.objects.values_list("reason", flat=True)) == {""}
    # What nothing joins to the answers has its own time: 28 days after it was done with, and the days of grace.
    own_time = [
        "responses_contactmessage",
        "responses_goal",
        "responses_goalstep",
        "responses_namedblockage",
        "responses_paperentry",
    ]
    own_time += ["responses_sitting", "responses_talktext", "safeguarding_contactstate"]
    # What is told of a talk stays until it is recalled, or nobody may read it any more.
    told = ["anonymisation_toldtalk"]
    assert where(CHILD) == [*told, "anonymisation_wordproposal", *own_time]
    canaries.grow_old(wave, days=40)
    call_command("retention_sweep", stdout=StringIO())
    assert where(CHILD) == told
    for one in ToldTalk.objects.all():
        recall_talk(one.pk, because="asked", by=staff("moderator", Role.MODERATOR, area=wave.area))
    assert where(CHILD) == []


@pytest.mark.django_db
def test_that_there_was_a_worry_stays_and_leads_nowhere():
    wave, receipts = canaries.plant()
    key = Concern.objects.get().response_key
    assert withdraw(receipts[0], wave=wave)
    erase_withdrawn()
    concern = Concern.objects.get()
    assert concern.response_key != key
    assert concern.rules == []
    assert concern.states.count() == 3
    assert str(key) not in "".join(rows for _, rows in everything())


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["", "nothing like this at all", "\x00", "x" * 1_000_000])
def test_wrong_words_erase_nothing(monkeypatch, typed):
    wave, _ = canaries.plant()
    with pytest.raises(CommandError, match="Nothing was erased"):
        erase("--receipt", wave.code, typed=typed, monkeypatch=monkeypatch)
    assert Response.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("arguments", [["--wave", "nowhere"], ["--area", "nowhere"], ["--account", "nobody"]])
def test_what_is_not_there_is_named(arguments):
    with pytest.raises(CommandError, match=r"Nothing was erased\. There is no"):
        erase(*arguments)


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["--wave", "--area"])
def test_a_whole_wave_or_area_goes_only_where_it_is_fictional(what):
    wave, _ = canaries.plant()
    other, _ = canaries.plant("other")
    code = wave.code if what == "--wave" else wave.area.code
    Area.objects.filter(pk=wave.area_id).update(is_fictional=False)
    with pytest.raises(CommandError, match="Only what is of a fictional area"):
        erase(what, code)
    assert Response.objects.filter(wave=wave).count() == 2
    Area.objects.filter(pk=wave.area_id).update(is_fictional=True)
    assert "2 responses erased" in erase(what, code)
    assert not Response.objects.filter(wave=wave).exists()
    assert not PaperEntry.objects.filter(wave=wave).exists()
    assert not CodedResponse.objects.filter(area=wave.area).exists()
    assert not Concern.objects.filter(area=wave.area).exists()
    assert ContactMessage.objects.filter(area=wave.area).exists() == (what == "--wave")
    assert Response.objects.filter(wave=other).count() == 2
    assert Concern.objects.filter(area=other.area).count() == 1
    if what == "--area":
        erase(what, other.area.code)
        assert where(CHILD) == []


@pytest.mark.django_db
def test_a_member_of_staff_who_leaves_is_a_number_and_their_log_stays(client):
    wave, _ = canaries.plant()
    person = canaries.plant_staff(wave)
    at_desk(client, person)
    client.get("/desk/")
    before = ModelLogEntry.objects.filter(user=person).count()
    assert "no name any more" in erase("--account", STAFF)
    # What they wrote into the work stays with the work; nobody is named in it.
    of_surveys = ["design_lintoverride", "design_remark", "design_suggestion", "design_trynote", "design_vote"]
    of_releases = ["releases_intrudertest", "releases_measurestate", "releases_releasestate"]
    told = ["anonymisation_commenttheme", "anonymisation_floodstep", "findings_findingstate"]
    assert where(STAFF) == sorted([*of_surveys, *of_releases, *told, "wagtailcore_comment"])
    person.refresh_from_db()
    assert (person.username, person.is_active, person.has_usable_password()) == (f"account-{person.pk}", False, False)
    assert ModelLogEntry.objects.filter(user=person).count() == before
    assert not person.roles_on(timezone.localdate()).exists()
    assert client.get("/desk/").status_code == 302


@pytest.mark.django_db
def test_only_an_administrator_of_their_areas_forgets_an_account():
    from django.core.exceptions import PermissionDenied, ValidationError

    here, there = asking.area("here"), asking.area("there")
    person = staff("gone", area=here)
    for other in (staff("officer", "participation_officer", area=here), staff("far", area=there)):
        with pytest.raises(PermissionDenied):
            forget_account(person, by=other)
    with pytest.raises(ValidationError):
        forget_account(person, by=person)
    nowhere = User.objects.create_user("nowhere")
    for other in ("officer", "far"):
        with pytest.raises(PermissionDenied):
            forget_account(nowhere, by=User.objects.get(username=other))
    forget_account(nowhere, by=staff("boss"))
    forget_account(person, by=staff("boss"))
    assert person.username.startswith("account-")


@pytest.mark.django_db
def test_accounts_end_a_year_after_their_last_role():
    today, area = timezone.localdate(), asking.area()
    people = {name: staff(name, area=area) for name in ("works", "left", "left-lately")}
    for name, days in (("left", 366), ("left-lately", 300)):
        RoleHeld.objects.filter(user=people[name]).update(until=today - timedelta(days=days))
    assert [person.username for person in accounts_that_ended(today)] == ["left"]
    call_command("retention_sweep", stdout=StringIO())
    assert not accounts_that_ended(today).exists()


PLANT = """
import django; django.setup()
from tests.factories import canaries
from feedback.privacy.programs import at_work
with at_work("a test"):
    wave, receipts = canaries.plant()
    print("\\n".join(receipts))
"""
GROW_OLD = """
import django; django.setup()
from surveys.fieldwork.models import Wave
from tests.factories import canaries
canaries.grow_old(Wave.objects.get(), days=40)
"""


@pytest.mark.slow
@pytest.mark.django_db
def test_not_a_byte_of_it_is_left_in_the_files_of_sqlite(tmp_path):
    """With the settings the site runs with, in processes of their own, as cron would."""
    Files(tmp_path).copy(migrated(), migrate, "site")
    file = tmp_path / "site.sqlite3"

    def run(*arguments, typed=""):
        done = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, input=typed, capture_output=True, text=True, check=False,
            env={**os.environ, "DATABASE_URL": f"sqlite:///{file}", "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def in_files():
        """Which files hold a word, or the beginning of one that is sealed."""
        return [f.name for f in tmp_path.iterdir() if any(one in f.read_bytes() for one in [CHILD.encode(), *sealed])]

    receipts = run("-c", PLANT).split("\n")[:2]
    with closing(sqlite3.connect(file)) as planted:
        sealed = [row[0][:60].encode() for row in planted.execute("SELECT answers FROM responses_response")]
    assert len(sealed) == 2
    assert in_files()
    # The site runs meanwhile: so no process is the last one to close the database, and tidies up by that.
    site = sqlite3.connect(file)
    site.execute("SELECT count(*) FROM responses_response").fetchone()
    for receipt in receipts:
        run("manage.py", "erase", "--receipt", "canary", typed=receipt)
    run("-c", GROW_OLD)
    run("manage.py", "retention_sweep")
    assert in_files() == []
    assert site.execute("SELECT count(*) FROM safeguarding_concern").fetchone() == (1,)
    site.close()


@pytest.mark.django_db
def test_what_was_erased_is_not_stored_again_by_a_late_device():
    wave, _ = canaries.plant()
    response = Response.objects.first()
    canaries.grow_old(wave, days=31)
    call_command("retention_sweep", stdout=StringIO())
    response.answers = {"words": CHILD}
    response._state.adding = True
    assert not record(response)
    assert Response.objects.get(pk=response.pk).answers == {}
