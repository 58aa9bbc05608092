"""No migration since the last release breaks what its processes go on doing meanwhile, or stops answers for long.

While an upgrade runs, processes of the release before it still take answers. So a column or table that they know stays
where it is, a new column is filled by the database, and the tables that grow with every answer are never locked while
they are gone through. What is refused here is done in two releases: first the code stops using it, then it goes.
"""

import json
from pathlib import Path

import pytest
from django.db.migrations import operations
from django.db.migrations.loader import MigrationLoader
from django.db.models import NOT_PROVIDED

ROOT = Path(__file__).resolve().parents[2]
RELEASE = json.loads((ROOT / "deploy" / "previous-release.json").read_text())
# They grow with every answer, or with everything that anybody does.
BIG = {
    "responses.response", "responses.withdrawal", "safeguarding.reading", "anonymisation.codedresponse",
    "anonymisation.linkage", "anonymisation.comment", "anonymisation.commentlink", "releases.closedgroup",
    "releases.blocktally", "wagtailcore.modellogentry",
}  # fmt: skip
# An operation that is refused and safe all the same: app, migration, what it does; and why.
BY_STAFF = "Only staff write there: who does so while it runs is told that it failed, and does it again."
CHOICES = "Only what may be chosen changes, of which the database knows nothing."
REASONS = {
    ("anonymisation", "0010_referrers", "Alter field audience on comment"): CHOICES,
    ("responses", "0016_referrers", "Alter field audience on response"): CHOICES,
    ("responses", "0017_answers_put_aside", "Alter field status on response"): CHOICES,
    ("findings", "0002_promises_answer_findings", "Add field same_as_elsewhere to sharedfinding"): BY_STAFF,
    ("releases", "0009_quotes_from_conversations", "Add field is_talk to quote"): BY_STAFF,
    ("releases", "0010_measures_have_a_second_person", "Add field is_approved to measure"): BY_STAFF,
    ("releases", "0010_measures_have_a_second_person", "Add field status to measure"): BY_STAFF,
    ("releases", "0010_measures_have_a_second_person", "Add field waiting to measure"): BY_STAFF,
}


def since_the_release():
    """The migrations of our rooms that the release did not have."""
    loader = MigrationLoader(None)
    had = set()
    for node in RELEASE["migrations"].items():
        had |= set(loader.graph.forwards_plan(node))
    ours = {folder.parent.name for folder in ROOT.glob("*/*/migrations")}
    found = [loader.disk_migrations[node] for node in sorted(loader.disk_migrations) if node not in had]
    return [one for one in found if one.app_label in ours]


def problem_of(operation, migration, made):
    """Why an operation would break or stop what runs; nothing if it does neither."""
    table = f"{migration.app_label}.{getattr(operation, 'model_name', getattr(operation, 'name', '')).lower()}"
    match operation:
        case _ if table in made:
            return ""  # Nobody of the release before knows this table.
        case operations.RemoveField() | operations.DeleteModel():
            return "takes away what running processes use"
        case operations.RenameField() | operations.RenameModel() | operations.AlterModelTable():
            return "renames what running processes use"
        case operations.AddField() if not is_filled(operation.field):
            return "adds a column that running processes do not fill: give it a db_default, or let it be null"
        case operations.AddIndex() | operations.AlterUniqueTogether() | operations.AddConstraint() if table in BIG:
            return "goes through a table that grows with every answer while nobody may write there: do it concurrently"
        case operations.AlterField() if table in BIG:
            return "may write a table anew that grows with every answer"
        case operations.RunPython() | operations.RunSQL() if migration.atomic:
            return "changes rows in one transaction, however many: make the migration atomic = False, in batches"
    return ""


def is_filled(field):
    """Whether the database fills it where an insert does not name it."""
    return field.null or field.many_to_many or field.db_default is not NOT_PROVIDED


def refused():
    for migration in since_the_release():
        made = {
            f"{migration.app_label}.{one.name.lower()}"
            for one in migration.operations
            if isinstance(one, operations.CreateModel)
        }
        for operation in migration.operations:
            if problem := problem_of(operation, migration, made):
                yield (migration.app_label, migration.name, operation.describe()), problem


def test_no_migration_since_the_release_breaks_what_runs():
    found = {where: problem for where, problem in refused() if where not in REASONS}
    assert found == {}, "\n".join(f"{where}: {problem}" for where, problem in found.items())


def test_reasons_are_of_what_is_there():
    assert REASONS.keys() - dict(refused()).keys() == set()
    assert all(len(reason.split()) > 4 for reason in REASONS.values())


def test_the_release_is_one_of_this_project():
    loader = MigrationLoader(None)
    assert [node for node in RELEASE["migrations"].items() if node not in loader.disk_migrations] == []
    assert len(RELEASE["commit"]) == 40


class Of:
    """A migration of the vault."""

    app_label, atomic = "responses", True


@pytest.mark.parametrize(
    ("operation", "is_safe"),
    [
        (operations.RemoveField("response", "told"), False),
        (operations.RenameField("response", "told", "told_to"), False),
        (operations.DeleteModel("Reply"), False),
        (operations.RunPython(operations.RunPython.noop), False),
        (operations.AlterModelOptions("response", {}), True),
    ],
)
def test_what_is_refused(operation, is_safe):
    assert (problem_of(operation, Of, set()) == "") is is_safe


def test_a_new_column_is_filled_by_the_database():
    from django.db import models

    asked = operations.AddField("response", "is_new", models.BooleanField(default=False))
    filled = operations.AddField("response", "is_new", models.BooleanField(db_default=False))
    empty = operations.AddField("response", "is_new", models.BooleanField(null=True))
    assert [bool(problem_of(one, Of, set())) for one in (asked, filled, empty)] == [True, False, False]
    assert problem_of(asked, Of, {"responses.response"}) == ""
    index = operations.AddIndex("response", models.Index(fields=["told"], name="told"))
    assert problem_of(index, Of, set())
