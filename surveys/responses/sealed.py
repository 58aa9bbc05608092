"""Fields for words: text and JSON to whoever has the row, ciphertext to whoever has the database.

A value is opened when it is asked for, not when the row is read, so that one that does not open spoils no list.
Nothing but emptiness can be asked of the database about it. Empty is stored as it is, so that it can be.
"""

from __future__ import annotations

import json
import logging
from typing import Any

from django.core import checks
from django.core.exceptions import FieldDoesNotExist, FieldError
from django.db import models
from django.db.models import lookups
from django.db.models.query_utils import DeferredAttribute

from surveys.responses import words_keys
from surveys.responses.keys_in_use import confirm_that_keys_fit
from surveys.responses.words_keys import CannotOpenWords

logger = logging.getLogger(__name__)
ASKABLE = {"exact": lookups.Exact, "isnull": lookups.IsNull}


class Sealed(str):
    """What stands in the database: ciphertext, as `values()` and a row that nobody has asked yet have it."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Also an error must not print it, because it might not be sealed after all."""
        return "<sealed>"


class _OpenedWhenAsked(DeferredAttribute):
    """Opens what a row holds the first time somebody asks for it."""

    def __get__(self, instance, cls=None):
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            value = instance.__dict__[self.field.attname] = self.field.opened(value, instance)
        return value

    def __set__(self, instance, value) -> None:
        instance.__dict__[self.field.attname] = value


class _SealedField(models.Field):
    """What both fields do. `bound_to` names the field that says which row it is, where the database makes the key."""

    descriptor_class = _OpenedWhenAsked
    # What stands in the database as it is, because there is no word in it.
    empties: dict[str, Any] = {}

    def __init__(self, *args, bound_to: str = "pk", **kwargs) -> None:
        self.bound_to = bound_to
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        """For migrations."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs if self.bound_to == "pk" else {**kwargs, "bound_to": self.bound_to}

    def get_internal_type(self) -> str:
        """To the database, both are text."""
        return "TextField"

    def check(self, **kwargs):
        """Refuses what cannot be bound to a row, because the row has no key before it is stored."""
        return [*super().check(**kwargs), *self._check_bound()]

    def _check_bound(self) -> list[checks.CheckMessage]:
        try:
            field = self._bound_field()
        except FieldDoesNotExist:
            return [checks.Error(f"{self} is bound to {self.bound_to}, which is no field.", obj=self, id="sealed.E002")]
        if "AutoField" not in field.get_internal_type():
            return []
        hint = 'Say which field of the row stays the same for ever: bound_to="…".'
        return [checks.Error(f"{self} has no row to be bound to.", hint=hint, obj=self, id="sealed.E001")]

    def _bound_field(self) -> models.Field:
        meta = self.model._meta
        return meta.pk if self.bound_to == "pk" else meta.get_field(self.bound_to)

    def place(self, row: Any) -> bytes:
        """The place for which something is sealed: the table, the column, and what makes the row this one."""
        return f"{self.model._meta.label_lower}\0{self.name}\0{self._bound_field().to_python(row)}".encode()

    def place_in(self, instance: models.Model) -> bytes:
        """The place of this field in a row."""
        return self.place(getattr(instance, self._bound_field().attname))

    def sealed(self, value: Any, place: bytes) -> Sealed:
        """A value as the database gets it."""
        if value in self.empties.values():
            return Sealed(next(written for written, empty in self.empties.items() if empty == value))
        confirm_that_keys_fit()
        content = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return Sealed(words_keys.seal(content.encode("utf-8", "surrogatepass"), place=place))

    def opened(self, value: str, instance: models.Model) -> Any:
        """A value as whoever has the row sees it. Raises CannotOpenWords, and says so in the log without naming it."""
        try:
            return self.opened_at(value, self.place_in(instance))
        except CannotOpenWords as problem:
            logger.error("A row of %s: %s", self, problem)
            raise

    def opened_at(self, value: str, place: bytes) -> Any:
        """What was sealed for a place. Raises CannotOpenWords."""
        if value in self.empties:
            return json.loads(value or '""')
        return json.loads(words_keys.opened(value, place=place).decode("utf-8", "surrogatepass"))

    def from_db_value(self, value, expression, connection):
        """Leaves it sealed: here it is not known of which row it is."""
        if value is None:
            return None
        return json.loads(value or '""') if value in self.empties else Sealed(value)

    def pre_save(self, model_instance, add):
        """Seals what was opened or set; what nobody asked for is stored as it was."""
        value = model_instance.__dict__.get(self.attname)
        if value is None or isinstance(value, Sealed):
            return value
        return self.sealed(value, self.place_in(model_instance))

    def get_db_prep_value(self, value, connection, prepared=False):
        """Lets through what is sealed, and what is empty."""
        if value is None or isinstance(value, Sealed):
            return value if value is None else str.__str__(value)
        if value in self.empties.values():
            return next(written for written, empty in self.empties.items() if empty == value)
        raise FieldError(f"{self.name} is sealed for its row: save the row, and do not search for what is in it.")

    def get_prep_value(self, value):
        """As it is: what may be stored is decided where it is known to be sealed."""
        return value

    def get_db_prep_save(self, value, connection):
        """Expressions as they are: those who seal rows anew bring their own."""
        return value if hasattr(value, "as_sql") else self.get_db_prep_value(value, connection)

    def get_lookup(self, lookup_name):
        """Whether it is empty can be asked, and nothing else."""
        if lookup_name not in ASKABLE:
            raise FieldError(f"{self.name} is sealed, so the database cannot look into it. Open the rows instead.")
        return ASKABLE[lookup_name]

    def get_transform(self, lookup_name):
        """Nothing can be taken out of it."""
        raise FieldError(f"{self.name} is sealed, so the database cannot look into it. Open the rows instead.")

    def value_to_string(self, obj) -> str:
        """Sealed also where rows are written into a file."""
        return str.__str__(self.pre_save(obj, add=False) or "")


class SealedText(_SealedField, models.TextField):
    """Text that is stored sealed. A new one takes the place of a TextField as it is."""

    empties = {"": ""}


class SealedJSON(_SealedField, models.JSONField):
    """JSON that is stored sealed, whole."""

    empties = {"{}": {}, "[]": []}


__all__ = ["CannotOpenWords", "Sealed", "SealedJSON", "SealedText"]
