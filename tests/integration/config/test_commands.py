"""Commands say in a sentence what is in their way, and do not load the demo where it could do harm."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from surveys.frame.models import Area
from tests.factories import asking
from tests.factories.people import staff

ROOT = Path(__file__).resolve().parents[3]


def manage(*arguments, database):
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "feedback.config.settings.test", "DATABASE_URL": database}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_a_command_on_a_database_that_is_not_migrated_says_what_to_do(tmp_path):
    done = manage("list_releases", database=f"sqlite:///{tmp_path}/empty.sqlite3")
    assert done.returncode == 1
    assert done.stderr == "Migrations are waiting: run manage.py migrate first.\n"


@pytest.mark.slow
@pytest.mark.parametrize("wait", ["0", "-1", "nan", "inf", "soon"])
def test_a_wait_that_is_none_is_wrong_usage(tmp_path, wait):
    done = manage("screen_waiting", f"--watch={wait}", database=f"sqlite:///{tmp_path}/empty.sqlite3")
    assert done.returncode == 2
    assert "--watch" in done.stderr


@pytest.mark.django_db
@pytest.mark.parametrize("theirs", [lambda: asking.area("real", is_fictional=False), lambda: staff("somebody")])
def test_the_demo_stays_out_of_a_database_where_somebody_works(settings, theirs):
    settings.DEBUG = True
    theirs()
    accounts, areas = get_user_model().objects.count(), Area.objects.count()
    with pytest.raises(CommandError, match="This database has areas or accounts of its own"):
        call_command("demo")
    assert (get_user_model().objects.count(), Area.objects.count()) == (accounts, areas)


@pytest.mark.django_db
def test_the_demo_stays_out_of_production():
    with pytest.raises(CommandError, match="development settings only"):
        call_command("demo")
    assert not get_user_model().objects.exists()
