"""Migrations form one line in each room, and import no models."""

import re
from pathlib import Path

import pytest
from django.db.migrations.loader import MigrationLoader

ROOT = Path(__file__).resolve().parents[2]
SETTING = re.compile(r"\bsettings\.(\w+)")
FOLDERS = sorted(ROOT.glob("*/*/migrations"))


def test_no_room_has_two_ends():
    assert MigrationLoader(None).detect_conflicts() == {}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_migrations_are_numbered_in_one_line_and_the_last_is_named(folder):
    """Two branches that both add a migration conflict in max_migration.txt, where it is seen."""
    names = sorted(file.stem for file in folder.glob("0*.py"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    assert (folder / "max_migration.txt").read_text().strip() == names[-1]


def test_no_migration_imports_a_model():
    for folder in FOLDERS:
        for file in folder.glob("0*.py"):
            imports = re.findall(
                r"^from (?:surveys|feedback|cms)\.\w+\.models import|^import (?:surveys|feedback)\.\w+\.models",
                file.read_text(),
                re.M,
            )
            assert not imports, file


def test_a_database_is_the_same_whoever_migrated_it():
    """So tests may copy one: what a migration reads of the settings is only which models stand for which."""
    read = {name for folder in FOLDERS for file in folder.glob("0*.py") for name in SETTING.findall(file.read_text())}
    assert read == {"AUTH_USER_MODEL", "WAGTAIL_PAGE_MODEL"}
