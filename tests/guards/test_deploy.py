"""Everything the files of deploy/ name is there: commands, settings, secrets, files."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
TIMERS = sorted((DEPLOY / "systemd").glob("*.timer"))
OURS = {name: one for name, one in COMPOSE["services"].items() if one["image"] == "earshot"}
READ_ELSEWHERE = {"DJANGO_SETTINGS_MODULE"}
# What may go wrong with a unit here and not where it is installed.
NOT_INSTALLED = re.compile(r"is not executable: No such file or directory|Unit \S+ not found|^$")

SECTION = re.compile(r"^\[(\w+)\]\n(.*?)(?=^\[|\Z)", re.M | re.S)
GIVES_LITTLE = {
    "NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "ProtectProc=invisible", "PrivateTmp=yes",
    "PrivateDevices=yes", "RestrictNamespaces=yes", "SystemCallFilter=@system-service", "UMask=0077",
}  # fmt: skip


def settings_known():
    """Every name that a setting or a program of ours reads from the environment."""
    sources = [*(ROOT / "feedback" / "config" / "settings").glob("*.py"), DEPLOY / "gunicorn.conf.py"]
    sources += (ROOT / "feedback").glob("*/management/commands/*.py")
    return set(re.findall(r'"([A-Z][A-Z_]{5,})"', "".join(file.read_text() for file in sources)))


def is_known(name):
    return name in READ_ELSEWHERE or name.removesuffix("_FILE") in settings_known()


@pytest.mark.parametrize("service", OURS)
def test_a_container_names_settings_that_exist_and_secrets_that_it_is_given(service):
    given = OURS[service]
    for name, value in given["environment"].items():
        assert is_known(name), name
        if name.endswith("_FILE"):
            assert value.removeprefix("/run/secrets/") in given["secrets"]


def test_secrets_are_files_that_the_repository_does_not_keep():
    named = {secret for one in COMPOSE["services"].values() for secret in one.get("secrets", [])}
    assert named == COMPOSE["secrets"].keys()
    assert all(one["file"].startswith("./secrets/") for one in COMPOSE["secrets"].values())
    assert "/deploy/secrets/" in (ROOT / ".gitignore").read_text()
    assert not (DEPLOY / "secrets").exists()


def test_containers_that_show_public_pages_get_two_secrets_and_a_database_role_of_their_own():
    public = OURS["public"]
    assert public["environment"]["EARSHOT_PUBLIC_ONLY"] == "1"
    assert set(public["secrets"]) == {"public-database-url", "secret-key", "words-keys"}
    assert public["networks"] == ["inside"]


def test_there_is_one_sweep_and_one_clock_and_several_of_the_rest():
    many = {name: one.get("deploy", {}).get("replicas", 1) for name, one in OURS.items()}
    assert many["screening"] == many["clock"] == 1
    assert min(many["web"], many["public"]) > 1


def test_every_command_is_one_of_ours():
    written = [" ".join(one["command"]) for one in OURS.values() if "command" in one]
    written += [file.read_text() for file in UNITS]
    found = {name for text in written for name in re.findall(r"manage\.py (\w+)", text)}
    assert {"tick", "screen_waiting", "backup", "list_erasures"} <= found <= set(get_commands())


def test_every_file_that_is_mounted_or_copied_is_there():
    for one in COMPOSE["services"].values():
        for volume in one.get("volumes", []):
            if volume.startswith("./") and "/secrets/" not in volume:
                assert (DEPLOY / volume.split(":")[0]).exists(), volume
    for line in re.findall(r"^COPY (\S+) ", (DEPLOY / "Containerfile").read_text(), re.M):
        assert (ROOT / line).exists(), line


@pytest.mark.parametrize("unit", UNITS, ids=lambda file: file.stem)
def test_a_unit_names_settings_that_exist_and_gives_little(unit):
    text = unit.read_text()
    for line in re.findall(r"^Environment=(.*)", text, re.M):
        assert all(is_known(pair.split("=")[0]) for pair in line.split()), line
    assert set(text.splitlines()) >= GIVES_LITTLE
    assert "User=earshot" in text


@pytest.mark.parametrize("unit", [one for one in UNITS if "Restart=" in one.read_text()], ids=lambda file: file.stem)
def test_what_fell_is_started_again_however_often(unit):
    written = {section: set(lines.splitlines()) for section, lines in SECTION.findall(unit.read_text())}
    assert "StartLimitIntervalSec=0" in written["Unit"]
    assert "Restart=always" in written["Service"]


def test_the_log_of_the_database_holds_no_statement_and_no_row():
    command, page = COMPOSE["services"]["database"]["command"], (ROOT / "docs" / "how-to" / "operator.md").read_text()
    for said in ("log_statement=none", "log_min_error_statement=panic", "log_error_verbosity=terse"):
        assert said in command
        assert said.replace("=", " = ") in page


def test_two_backups_of_one_day_are_two_files():
    assert "/$$(date +%%F-%%H%%M).tar.gz.age'" in (DEPLOY / "systemd" / "earshot-backup.service").read_text()


def test_a_database_that_was_killed_is_started_again():
    """Debian's own unit leaves it where it fell."""
    (ours,) = (DEPLOY / "systemd").glob("postgresql@.service.d/*.conf")
    assert {"Restart=on-failure", "StartLimitIntervalSec=0"} <= set(ours.read_text().splitlines())


def test_what_starts_the_workers_has_no_django_to_hand_on():
    """Else workers that are made anew after an update would run with the Django of before it."""
    there = "import gunicorn.arbiter, gunicorn.app.wsgiapp, gunicorn.workers.gthread, runpy, sys, types, logging; "
    does = (
        "made = runpy.run_path('deploy/gunicorn.conf.py'); "
        "log = types.SimpleNamespace(error_log=logging.getLogger('gunicorn.error')); "
        "made['on_starting'](types.SimpleNamespace(log=log)); "
        "made['on_exit'](types.SimpleNamespace(reexec_pid=0)); "
        "print(len(log.error_log.filters), 'django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", there + does], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "False"]


def test_another_user_may_open_what_was_uploaded(tmp_path, settings):
    """Public pages are shown by a user of their own, while the web's files are made for nobody else."""
    settings.MEDIA_ROOT = tmp_path
    before = os.umask(0o077)
    try:
        FileSystemStorage().save("pictures/of/a-wall.png", ContentFile(b"a wall"))
    finally:
        os.umask(before)
    made = {file.name: file.stat().st_mode & 0o777 for file in tmp_path.rglob("*")}
    assert made == {"pictures": 0o755, "of": 0o755, "a-wall.png": 0o644}


def test_every_timer_has_its_unit():
    assert {file.stem for file in TIMERS} <= {file.stem for file in UNITS}


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is missing here")
def test_systemd_understands_every_unit():
    done = subprocess.run(["systemd-analyze", "verify", *UNITS, *TIMERS], capture_output=True, text=True, check=False)
    wrong = [line for line in done.stderr.splitlines() if not NOT_INSTALLED.search(line)]
    assert wrong == []


def test_only_the_proxys_own_words_of_a_visit_are_logged():
    text = (DEPLOY / "nginx" / "nginx.conf").read_text()
    (log,) = re.findall(r"log_format earshot '([^']*)'", text)
    assert set(re.findall(r"\$\w+", log)) == {"$day", "$status", "$part", "$request_time"}
    assert re.findall(r"error_log (.*);", text) == ["stderr emerg"]


def test_what_a_container_is_built_with_is_enough_for_its_files(tmp_path):
    """The step of the build that needs settings, run here; the rest of the build was not."""
    written = (DEPLOY / "Containerfile").read_text()
    (step,) = re.findall(r"^RUN (ALLOWED_HOSTS=.*?) \\\n    sh -c", written, re.M | re.S)
    settings = dict(pair.split("=", 1) for pair in step.replace("\\\n", " ").split())
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("EARSHOT_", "SECRET_KEY"))}
    where = {**inherited, **settings, "DJANGO_SETTINGS_MODULE": "feedback.config.settings.production"}
    where["EARSHOT_MEDIA"] = str(tmp_path)
    for command in (["compile_languages"], ["collectstatic", "--no-input", "-v0", "--dry-run"]):
        done = subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=where, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
