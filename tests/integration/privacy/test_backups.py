"""Nothing is lost with a machine, and what was erased does not come back with a backup."""

import json
import os
import subprocess
import sys
from io import StringIO

import pyrage
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import ModelLogEntry

from feedback.accounts.models import User
from feedback.accounts.roles import Role
from feedback.privacy import dumping
from feedback.privacy.actions import forget_account
from feedback.privacy.backups import CannotBackUp, write_backup
from feedback.privacy.dumping import address_of, differences, empty_database
from feedback.privacy.erasures import BadList, read_list, written_list
from feedback.releases.actions import withdraw_release
from feedback.releases.models import Quote, Release, ReleaseState
from feedback.releases.quote_actions import recall_quote
from feedback.safeguarding.goal_actions import erase_card
from surveys.responses.actions import withdraw
from surveys.responses.together import FamilyCard
from tests.databases import ROOT
from tests.factories import canaries
from tests.factories.canaries import CHILD, STAFF
from tests.factories.people import staff

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
WHAT_IS_THERE = """
import json
from feedback.accounts.models import User
from feedback.releases.models import Quote, Release
from surveys.responses.models import Response, Withdrawal
from surveys.responses.together import FamilyCard
from feedback.anonymisation.models import CodedResponse
from feedback.anonymisation.comments import Comment
print(json.dumps({
    "responses": Response.objects.count(), "taken back": Withdrawal.objects.count(),
    "coded": CodedResponse.objects.count(), "cards": FamilyCard.objects.count(),
    "comments": Comment.objects.count(),
    "named": User.objects.filter(username__startswith="quagga").count(),
    "quotes": Quote.objects.standing().count(),
    "releases": list(Release.objects.order_by("code").values_list("code", "status")),
}))
"""


@pytest.fixture
def key(tmp_path, monkeypatch):
    """A key whose private half only this folder has."""
    made = pyrage.x25519.Identity.generate()
    file = tmp_path / "key.txt"
    file.write_text(f"# created: today\n# public key: {made.to_public()}\n{made}\n")
    monkeypatch.setenv("EARSHOT_BACKUP_RECIPIENTS", str(made.to_public()))
    return file


@pytest.fixture
def media(tmp_path, settings):
    """A folder of uploaded files, with one in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    (settings.MEDIA_ROOT / "recordings").mkdir(parents=True)
    (settings.MEDIA_ROOT / "recordings" / "q1.mp3").write_bytes(b"a recording" * 1000)
    return settings.MEDIA_ROOT


@pytest.fixture
def site(media):
    """Canaries stand everywhere; a release is published, and one quote stands in it."""
    wave, receipts = canaries.plant()
    person = canaries.plant_staff(wave)
    release = Release.objects.get(code=f"quoted-{wave.code}")
    Release.objects.filter(pk=release.pk).update(status=Release.Status.PUBLISHED)
    ReleaseState.objects.create(release=release, status=Release.Status.PUBLISHED, by=person, on=timezone.localdate())
    return wave, receipts, person


def run(command, *arguments, **named):
    out = StringIO()
    call_command(command, *map(str, arguments), stdout=out, **named)
    return out.getvalue()


def manage(name, *arguments, **more):
    done = subprocess.run(
        [sys.executable, "manage.py", *map(str, arguments)], cwd=ROOT, env={**os.environ, **address_of(name), **more},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def erases(wave, receipts, person):
    """What happens on the day after the backup."""
    assert withdraw(receipts[0], wave=wave)
    erase_card(FamilyCard.objects.get().pk, by=staff("worker", Role.PRACTITIONER, area=wave.area))
    recall_quote(
        Quote.objects.standing().first(), because="recognised", by=staff("second", Role.MODERATOR, area=wave.area)
    )
    checker = staff("checker", Role.OUTPUT_CHECKER, area=wave.area)
    withdraw_release(Release.objects.get(code=f"quoted-{wave.code}"), reason="A wrong import.", by=checker)
    forget_account(person)


def test_going_back_brings_nothing_of_it_back(site, key, tmp_path, media):
    wave, *rest = site
    file, named = tmp_path / "site.tar.gz.age", tmp_path / "erasures.jsonl"
    assert " tables and 1 files." in run("backup", file)
    assert file.stat().st_mode & 0o077 == 0
    assert ModelLogEntry.objects.filter(action="privacy.backup").count() == 1
    content = file.read_bytes()
    assert content.startswith(b"age-encryption.org/v1")
    for canary in (CHILD, STAFF, "manifest", "SQLite"):
        assert canary.encode() not in content
    quotes = Quote.objects.standing().count()
    erases(wave, *rest)
    run("list_erasures", "--to", named)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with empty_database(elsewhere) as name:
        said = manage(
            name, "restore", file, "--identity", key, "--erasures", named, EARSHOT_MEDIA=str(tmp_path / "back")
        )
        found = json.loads(manage(name, "shell", "-v0", "-c", WHAT_IS_THERE))
    assert "Every row of" in said
    assert "1 of kind response" in said
    assert found["responses"] == 1
    assert found["taken back"] == 1
    assert found["cards"] == found["named"] == 0
    assert found["quotes"] < quotes
    assert [f"quoted-{wave.code}", "withdrawn"] in found["releases"]
    assert (tmp_path / "back/recordings/q1.mp3").read_bytes() == b"a recording" * 1000
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "back",
        "elsewhere",
        "erasures.jsonl",
        "key.txt",
        "media",
        file.name,
    ]


def test_without_a_newer_list_all_is_as_it_was(site, key, tmp_path, media):
    file = tmp_path / "site.tar.gz.age"
    run("backup", file)
    said = run("restore_check", file, "--identity", key)
    assert "Every row of" in said
    assert "can be gone back to" in said
    assert "Erased again: nothing" in said
    assert User.objects.filter(username=STAFF).exists()
    # Neither the file nor the database that it was tried in is left.
    assert sorted(one.name for one in tmp_path.iterdir()) == ["key.txt", "media", file.name]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            ours = connection.settings_dict["NAME"][:40]
            cursor.execute("SELECT count(*) FROM pg_database WHERE starts_with(datname, %s)", [f"{ours}_check_"])
            assert cursor.fetchone() == (0,)


def damages(file, key):
    """The same backup, or the same key, as something has gone wrong with it."""
    content, private = file.read_bytes(), key.read_text()
    for broken in (content[: len(content) // 2], content[:-5000] + bytes([content[-5000] ^ 1]) + content[-4999:], b""):
        file.write_bytes(broken)
        yield "a backup that is damaged"
    file.write_bytes(content)
    for broken in (str(pyrage.x25519.Identity.generate()), "# public key: age1\n", "\x00"):
        key.write_text(broken)
        yield "another key"
    key.write_text(private)
    file.unlink()
    yield "no file"


def test_a_backup_that_is_of_no_use_is_named_so(key, tmp_path, media, subtests):
    file = tmp_path / "site.tar.gz.age"
    run("backup", file)
    for damage in damages(file, key):
        with subtests.test(damage), pytest.raises(CommandError, match=r"Do not count on this backup\. .*\."):
            run("restore_check", file, "--identity", key)
        assert not [one for one in tmp_path.iterdir() if one.name.startswith(".backup-")]


def test_one_row_that_is_not_the_same_is_noticed(key, tmp_path, media, monkeypatch):
    file = tmp_path / "site.tar.gz.age"
    true = dumping.dump

    def less(target):
        found = true(target)
        return {**found, "frame_area": [found["frame_area"][0] + 1, found["frame_area"][1]]}

    monkeypatch.setattr("feedback.privacy.backups.dump", less)
    run("backup", file)
    with pytest.raises(CommandError, match=r"frame_area: 1 rows with sum 0 in the backup, 0 rows"):
        run("restore_check", file, "--identity", key)


def test_a_sum_changes_with_every_value():
    assert not differences({"a": [1, "5"]}, {"a": [1, "5"]})
    assert differences({"a": [1, "5"]}, {"a": [1, "6"]})
    assert differences({"a": [1, "5"]}, {})
    before = dumping.sums_of(str(connection.settings_dict["NAME"])) if connection.vendor == "postgresql" else None
    if before:
        staff("somebody", Role.MODERATOR)
        after = dumping.sums_of(str(connection.settings_dict["NAME"]))
        assert {one.split(":")[0] for one in differences(before, after)} >= {"accounts_user"}


def test_files_that_changed_in_the_archive_are_noticed(key, tmp_path, media, monkeypatch):
    file = tmp_path / "site.tar.gz.age"
    monkeypatch.setattr("feedback.privacy.backups.digest_of", lambda file: "0" * 64)
    run("backup", file)
    monkeypatch.undo()
    with pytest.raises(CommandError, match="1 of its files are not what they were"):
        run("restore_check", file, "--identity", key)


def test_nothing_is_put_over_what_is_there(key, tmp_path, media):
    file, named = tmp_path / "site.tar.gz.age", tmp_path / "erasures.jsonl"
    run("backup", file)
    run("list_erasures", "--to", named)
    with pytest.raises(CommandError, match="The database holds tables already"):
        run("restore", file, "--identity", key, "--erasures", named)
    with pytest.raises(CommandError, match="is there already"):
        run("backup", file)


@pytest.mark.parametrize(("written", "said"), [("", "Nobody could open"), ("me", "something else than public keys")])
def test_a_backup_that_nobody_could_open_is_not_made(tmp_path, media, monkeypatch, written, said):
    monkeypatch.setenv("EARSHOT_BACKUP_RECIPIENTS", written)
    with pytest.raises(CommandError, match=said):
        run("backup", tmp_path / "site.tar.gz.age")
    assert not (tmp_path / "site.tar.gz.age").exists()


def test_a_file_that_goes_away_meanwhile_leaves_no_half_backup(key, tmp_path, media, monkeypatch):
    monkeypatch.setattr("feedback.privacy.backups._media", lambda: {"gone.mp3": "0" * 64})
    made = pyrage.x25519.Identity.generate().to_public()
    with pytest.raises(CannotBackUp, match="went away"):
        write_backup(tmp_path / "site.tar.gz.age", [made])
    assert sorted(one.name for one in tmp_path.iterdir()) == ["key.txt", "media"]


SPOILED = [
    (lambda lines: lines[:-1], "The end of this list is missing"),
    (lambda lines: [lines[0], *lines[2:]], "The end of this list is missing"),
    (lambda lines: lines[1:], "This is no list of erasures"),
    (lambda lines: [], "This is no list of erasures"),
    (lambda lines: ["\x00", *lines], "cannot be read"),
    (lambda lines: ["x" * 1_000_000], "cannot be read"),
    (lambda lines: [lines[0].replace("1", "9", 1), *lines[1:]], "newer version"),
]


def test_a_list_that_is_not_whole_is_refused(site, subtests):
    wave, receipts, _ = site
    withdraw(receipts[0], wave=wave)
    lines = list(written_list())
    assert read_list(lines)["response"]
    for spoil, said in SPOILED:
        with subtests.test(said), pytest.raises(BadList, match=said):
            read_list(spoil(lines))


def test_a_list_names_nobody_and_can_be_played_twice(site, tmp_path):
    wave, receipts, person = site
    erases(wave, receipts, person)
    written = "\n".join(written_list())
    assert {"response", "account", "family card", "quote", "release"} <= set(read_list(written.splitlines()))
    for canary in (CHILD, STAFF, *receipts):
        assert canary not in written
    file = tmp_path / "list.jsonl"
    file.write_text(written)
    for _ in range(2):
        assert "Erased again: nothing" in run("replay_erasures", file)
    file.write_text(written.replace('"kind": "account"', '"kind": "a newer kind"'))
    with pytest.raises(CommandError, match="does not know how to erase a newer kind"):
        run("replay_erasures", file)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only PostgreSQL has large objects")
def test_a_large_object_that_any_role_may_make_is_not_in_the_way_of_a_backup(tmp_path):
    """A role that owns nothing made one: whoever may not read it makes a backup all the same."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT lo_from_bytea(0, 'not ours')")
        (made,) = cursor.fetchone()
    try:
        dumping.dump(tmp_path / "database")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT lo_unlink(%s)", [made])
    listed = subprocess.run(["pg_restore", "--list", tmp_path / "database"], capture_output=True, text=True, check=True)
    assert "responses_response" in listed.stdout
    assert "BLOB" not in listed.stdout
