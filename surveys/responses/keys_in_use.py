"""Whether the present keys are those of this database: nothing is sealed under a fresh key beside words that are lost.

The database knows the ids of the keys under which something was sealed. An id says nothing about its key.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.core.checks import CheckMessage, Error
from django.db import DatabaseError, OperationalError, connection, transaction

from surveys.responses.words_keys import key_ids

# Keys of which this process knows that they are in use here.
_confirmed: set[str] = set()


class WrongKeys(OperationalError):
    """Raised where words would be sealed beside others that no present key opens; the message says what to do.

    To whoever wants to store something it is as if the database were away: they keep it and try again.
    """


def in_use() -> set[str]:
    """The ids of the keys under which something in this database was sealed, until a sealing anew lets one go."""
    return set(apps.get_model("responses", "KeyInUse").objects.values_list("pk", flat=True))


def what_is_missing() -> str:
    """A sentence if the database was sealed under a key that is not there; empty if all are."""
    missing = sorted(in_use() - set(key_ids()))
    if not missing:
        return ""
    keys = "the key" if len(missing) == 1 else "the keys"
    return (
        f"Words in this database are sealed under {keys} {', '.join(missing)}, which EARSHOT_WORDS_KEYS does not have. "
        "Put it back, behind the others."
    )


def confirm_that_keys_fit() -> None:
    """Asked before a process seals for the first time. Raises WrongKeys."""
    newest = key_ids()[0]
    if newest in _confirmed:
        return
    if problem := what_is_missing():
        raise WrongKeys(problem)
    if newest in in_use():
        _confirmed.add(newest)
    else:
        note_key()
        # Only once it is really noted: until then it is asked again.
        transaction.on_commit(lambda: _confirmed.add(newest))


def note_key() -> None:
    """Writes down that the newest key is in use from now on."""
    note_keys([key_ids()[0]])


def note_keys(ids: Iterable[str]) -> None:
    """Writes down that these keys are in use, as whoever has looked at every row knows."""
    keys = apps.get_model("responses", "KeyInUse").objects
    for key_id in ids:
        keys.get_or_create(pk=key_id)


def let_go(found: set[str]) -> list[str]:
    """Forgets every key but the newest that was found under no row; says which."""
    unneeded = sorted(in_use() - found - {key_ids()[0]})
    apps.get_model("responses", "KeyInUse").objects.filter(pk__in=unneeded).delete()
    return unneeded


def give_up(key_id: str) -> bool:
    """Forgets a key that is lost, so that the site starts without it; False if it was not in use."""
    return bool(apps.get_model("responses", "KeyInUse").objects.filter(pk=key_id).delete()[0])


def note_key_of_a_new_database(sender, **kwargs) -> None:
    """After each migration: also a database in which nothing is sealed yet knows its key."""
    table = apps.get_model("responses", "KeyInUse")._meta.db_table
    # It may also have been a migration back, to before there were keys.
    if table in connection.introspection.table_names() and not what_is_missing():
        note_key()


def keys_fit_the_database(app_configs, **kwargs) -> list[CheckMessage]:
    """Refuses to start where words could not be opened. A database that cannot be asked yet is asked later."""
    try:
        problem = what_is_missing()
    except (DatabaseError, ValueError):
        return []
    hint = "See “The keys of the words” in docs/how-to/administrator.md, also for a key that is lost."
    return [Error(problem, hint=hint, id="responses.E001")] if problem else []
