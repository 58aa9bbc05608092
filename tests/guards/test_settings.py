"""Production refuses to start on an unsafe combination, and is silent otherwise."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAFE = {
    "DJANGO_SETTINGS_MODULE": "feedback.config.settings.production",
    "SECRET_KEY": "k" * 30 + "0123456789-abcdefghij-ABCDEFGHIJ",
    "EARSHOT_PROTECTION_SECRET": "0f" * 32,
    "EARSHOT_SEALING_SECRET": "1f" * 32 + "," + "2f" * 32,
    "EARSHOT_WORDS_KEYS": "3f" * 32 + "\n" + "4f" * 32,
    "ALLOWED_HOSTS": "earshot.example.org",
    "DATABASE_URL": "sqlite:////nowhere/production.sqlite3",
    "EARSHOT_SAFEGUARDING_CONTACT": "duty@example.org",
    "EMAIL_HOST": "mail.example.org",
}


def check(*arguments, **changes):
    environment = {k: v for k, v in {**os.environ, **SAFE, **changes}.items() if v is not None}
    return subprocess.run(
        [sys.executable, "manage.py", "check", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_with_everything_in_its_place():
    result = check("--deploy", "--fail-level", "WARNING")
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY is not set"),
        ({"SECRET_KEY": "short"}, "feedback.E004"),
        ({"EARSHOT_PROTECTION_SECRET": None}, "EARSHOT_PROTECTION_SECRET is not set"),
        ({"EARSHOT_PROTECTION_SECRET": "abc"}, "feedback.E002"),
        ({"EARSHOT_SEALING_SECRET": None}, "EARSHOT_SEALING_SECRET is not set"),
        ({"EARSHOT_SEALING_SECRET": "1f" * 32 + ",abc"}, "feedback.E008"),
        ({"EARSHOT_WORDS_KEYS": None}, "EARSHOT_WORDS_KEYS is not set"),
        ({"EARSHOT_WORDS_KEYS": "3f" * 32 + "\n3f"}, "feedback.E010"),
        ({"EARSHOT_WORDS_KEYS": "3f" * 32 + "," + "3f" * 32}, "feedback.E010"),
        ({"ALLOWED_HOSTS": None}, "ALLOWED_HOSTS is not set"),
        ({"DATABASE_URL": None}, "DATABASE_URL is not set"),
        ({"EARSHOT_SAFEGUARDING_CONTACT": None}, "feedback.E005"),
        ({"EMAIL_HOST": None}, "feedback.E009"),
        ({"EARSHOT_PUBLIC_ONLY": "1"}, "feedback.E011"),
    ],
)
def test_what_is_missing_is_named_with_what_to_do(changes, said):
    result = check(**changes)
    assert result.returncode == 1
    assert said in result.stderr


def test_a_process_that_only_shows_public_pages_starts_with_two_secrets():
    not_needed = ("EARSHOT_PROTECTION_SECRET", "EARSHOT_SEALING_SECRET", "EARSHOT_SAFEGUARDING_CONTACT", "EMAIL_HOST")
    result = check(EARSHOT_PUBLIC_ONLY="1", **dict.fromkeys(not_needed))
    assert result.returncode == 0, result.stderr
    assert "feedback.W002" in result.stderr


def test_debug_in_production_is_refused(settings, monkeypatch):
    from feedback.config.checks import production_is_safe

    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "feedback.config.settings.production")
    settings.DEBUG = True
    assert "feedback.E003" in {message.id for message in production_is_safe(None)}


def test_a_threshold_below_the_floor_is_refused_everywhere(settings):
    from feedback.config.checks import protection_is_not_below_the_floor

    settings.EARSHOT_PROTECTION = {"smallest_group": 5}
    (message,) = protection_is_not_below_the_floor(None)
    assert message.id == "feedback.E001"
    assert message.hint
