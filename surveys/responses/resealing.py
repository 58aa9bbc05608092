"""Seals what is stored anew under the newest key, row by row, while everybody goes on reading and writing.

It asks the database which rows are not under the newest key, so it can be stopped anywhere and begun again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps as all_apps
from django.db import models, transaction
from django.db.models import F, Value
from django.db.models.functions import Cast, Substr
from tqdm import tqdm

from surveys.responses.sealed import SealedJSON, SealedText
from surveys.responses.words_keys import FORMAT, ID_LETTERS, CannotOpenWords, key_ids, sealed_under

# So few that also the longest texts of so many rows fit into memory.
BATCH = 100
SealedField = SealedText | SealedJSON
UNSEALED = "not sealed"
# A progress bar on a terminal once the work takes longer than two seconds, as everywhere.
QUIET: dict[str, Any] = {"unit": " rows", "delay": 2, "disable": None}


@dataclass(frozen=True)
class Row:
    """What stands in one row of a sealed column."""

    pk: Any
    place: bytes
    stored: str


def sealed_columns(apps=all_apps) -> list[SealedField]:
    """Every sealed column of the installation, of whichever room."""
    found = [one for model in apps.get_models() for one in model._meta.local_fields if isinstance(one, SealedField)]
    return sorted(found, key=str)


def _with_stored(column: SealedField) -> models.QuerySet:
    stored = Cast(F(column.attname), output_field=models.TextField())
    rows = column.model._base_manager.annotate(_stored=stored).exclude(_stored=None)
    return rows.exclude(_stored__in=list(column.empties)).order_by("pk")


def _not_beginning_with(column: SealedField, beginning: str) -> models.QuerySet:
    rows = _with_stored(column).annotate(_begins=Substr(F("_stored"), 1, len(beginning)))
    return rows.exclude(_begins=beginning) if beginning else rows


def _read(column: SealedField, rows: models.QuerySet) -> list[Row]:
    found = rows.values_list("pk", column._bound_field().attname, "_stored")[:BATCH]
    return [Row(pk, column.place(bound), stored) for pk, bound, stored in found]


def sealed_rows(column: SealedField) -> Iterator[Row]:
    """Every row in which something stands, a few at a time."""
    after = None
    while found := _read(column, _after(_with_stored(column), after)):
        yield from found
        after = found[-1].pk


def _after(rows: models.QuerySet, after: Any) -> models.QuerySet:
    return rows if after is None else rows.filter(pk__gt=after)


@dataclass
class Resealed:
    """What became of the rows of a column that were not under the newest key."""

    resealed: int = 0
    unopened: int = 0


def not_under_the_newest(column: SealedField) -> int:
    """How many rows of a column are still to be sealed anew, those that nothing opens among them."""
    return _not_beginning_with(column, _newest()).count()


def reseal_column(column: SealedField, before: Resealed | None = None) -> Resealed:
    """Seals every row of a column under the newest key, also what was not sealed at all; leaves what does not open.

    What somebody holds just then is left as well, so it is called until nothing but what does not open is left;
    `before` is what the last call gave back.
    """
    outcome = Resealed(before.resealed if before else 0)
    return _rewrite(column, _newest(), _sealed_anew, outcome)


def unseal_column(column: SealedField) -> None:
    """Writes every row of a column as it was before there were keys: for going back a migration, and nothing else."""
    _rewrite(column, "", _unsealed, Resealed())


def _newest() -> str:
    return f"{FORMAT}:{key_ids()[0]}:"


def _rewrite(column: SealedField, done: str, change: Callable, outcome: Resealed) -> Resealed:
    with tqdm(total=_not_beginning_with(column, done).count(), desc=f"Sealing {column}", **QUIET) as progress:
        after = None
        while keys := list(_after(_not_beginning_with(column, done), after).values_list("pk", flat=True)[:BATCH]):
            _rewrite_batch(column, keys, change, outcome)
            progress.update(len(keys))
            after = keys[-1]
    return outcome


@transaction.atomic
def _rewrite_batch(column: SealedField, keys: list, change: Callable, outcome: Resealed) -> None:
    """Waits for nobody, and nobody waits for it for longer than a batch takes."""
    free = _with_stored(column).filter(pk__in=keys).select_for_update(skip_locked=True, no_key=True)
    for row in _read(column, free):
        try:
            written = change(column, row)
        except CannotOpenWords:
            outcome.unopened += 1
        else:
            changed = {column.attname: Value(written, output_field=models.TextField())}
            column.model._base_manager.filter(pk=row.pk).update(**changed)
            outcome.resealed += 1


def _value(column: SealedField, row: Row) -> Any:
    if sealed_under(row.stored):
        return column.opened_at(row.stored, row.place)
    # As it stood there before there were keys.
    return json.loads(row.stored) if isinstance(column, SealedJSON) else row.stored


def _sealed_anew(column: SealedField, row: Row) -> str:
    return str.__str__(column.sealed(_value(column, row), row.place))


def _unsealed(column: SealedField, row: Row) -> str:
    value = _value(column, row)
    return json.dumps(value) if isinstance(column, SealedJSON) else value


@dataclass
class Proof:
    """How the rows of one column opened: how many under which key, and how many did not."""

    column: str
    opened: dict[str, int] = field(default_factory=dict)
    unopened: dict[str, int] = field(default_factory=dict)


def prove_column(column: SealedField) -> Proof:
    """Opens every row of a column and keeps nothing of what it read."""
    proof = Proof(str(column))
    for row in tqdm(sealed_rows(column), total=_with_stored(column).count(), desc=f"Opening {column}", **QUIET):
        _prove(column, row, proof)
    return proof


def _prove(column: SealedField, row: Row, proof: Proof) -> None:
    key = sealed_under(row.stored) or UNSEALED
    try:
        column.opened_at(row.stored, row.place)
    except CannotOpenWords:
        proof.unopened[key] = proof.unopened.get(key, 0) + 1
    else:
        proof.opened[key] = proof.opened.get(key, 0) + 1


def keys_of(columns: list[SealedField]) -> set[str]:
    """The ids of all keys under which any row is sealed."""
    found: set[str] = set()
    for column in columns:
        sealed = _with_stored(column).filter(_stored__startswith=f"{FORMAT}:")
        begins = sealed.annotate(_key=Substr(F("_stored"), len(FORMAT) + 2, ID_LETTERS))
        found.update(begins.order_by().values_list("_key", flat=True).distinct())
    return found


def sealing_of(room: str) -> tuple[Callable, Callable]:
    """What the migration does that makes columns of a room sealed ones: forwards and back, in batches.

    Stopped halfway, it goes on where it was when it is run again; so the migration must not be atomic.
    """

    def forwards(apps, schema_editor) -> None:
        for column in _of_room(apps, room):
            done = Resealed()
            while not_under_the_newest(column) > done.unopened:
                done = reseal_column(column, done)
        _forget_old_pages(schema_editor.connection)

    def backwards(apps, schema_editor) -> None:
        for column in _of_room(apps, room):
            unseal_column(column)

    return forwards, backwards


def _of_room(apps, room: str) -> list[SealedField]:
    return [column for column in sealed_columns(apps) if column.model._meta.app_label == room]


def _forget_old_pages(connection) -> None:
    """On SQLite the write-ahead log holds what was there before; on PostgreSQL VACUUM FULL is for the administrator."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
