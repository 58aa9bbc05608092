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
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, Substr

from surveys.responses.sealed import SealedJSON, SealedText
from surveys.responses.words_keys import FORMAT, CannotOpenWords, key_ids, sealed_under

# So few that also the longest texts of so many rows fit into memory.
BATCH = 100
SealedField = SealedText | SealedJSON
UNSEALED = "not sealed"


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


def rows_of(column: SealedField) -> Iterator[Row]:
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
    # Somebody had them just then; they are met again in the next round.
    busy: int = 0


def reseal_column(column: SealedField, *, tell: Callable[[int], None] = lambda rows: None) -> Resealed:
    """Seals every row of a column under the newest key, also what was not sealed at all; leaves what does not open."""
    return _rewrite(column, f"{FORMAT}:{key_ids()[0]}:", _sealed_anew, tell)


def unseal_column(column: SealedField) -> Resealed:
    """Writes every row of a column as it was before there were keys: for going back a migration, and nothing else."""
    return _rewrite(column, "", _unsealed, lambda rows: None)


def _rewrite(column: SealedField, done: str, change: Callable, tell: Callable[[int], None]) -> Resealed:
    outcome, after = Resealed(), None
    while keys := list(_after(_not_beginning_with(column, done), after).values_list("pk", flat=True)[:BATCH]):
        _rewrite_batch(column, keys, change, outcome)
        tell(len(keys))
        after = keys[-1]
    return outcome


@transaction.atomic
def _rewrite_batch(column: SealedField, keys: list, change: Callable, outcome: Resealed) -> None:
    """Waits for nobody: rows that somebody holds are left for the next round."""
    free = _with_stored(column).filter(pk__in=keys).select_for_update(skip_locked=True, no_key=True)
    rows = _read(column, free)
    outcome.busy += len(keys) - len(rows)
    for row in rows:
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


def prove_column(column: SealedField, *, tell: Callable[[int], None] = lambda rows: None) -> Proof:
    """Opens every row of a column and keeps nothing of what it read."""
    proof = Proof(str(column))
    for row in rows_of(column):
        key = sealed_under(row.stored) or UNSEALED
        try:
            column.opened_at(row.stored, row.place)
        except CannotOpenWords:
            proof.unopened[key] = proof.unopened.get(key, 0) + 1
        else:
            proof.opened[key] = proof.opened.get(key, 0) + 1
        tell(1)
    return proof


def how_many(column: SealedField) -> int:
    """How many rows there are in which something stands."""
    return _with_stored(column).filter(~Q(pk=None)).count()
