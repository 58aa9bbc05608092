"""The one log, sealed: no entry without an actor, none changed or deleted, and each mirrored as a line of JSON.

Wagtail writes its own entries through the same managers, so they are replaced where they stand; a log of our own beside
it would be a second truth. Whoever has the database's password can still change rows: the mirrored lines, kept on
another machine, say what was there.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models.signals import pre_delete, pre_save
from wagtail.models import ModelLogEntry, PageLogEntry
from wagtail.models.audit_log import BaseLogEntry, LogEntryQuerySet, ModelLogEntryManager
from wagtail.models.pages import PageLogEntryManager, PageLogEntryQuerySet

from feedback.privacy.looks import ALL_AREAS, LOOKS
from feedback.privacy.programs import program_at_work
from surveys.frame.models import Area

LOG_MODELS = (ModelLogEntry, PageLogEntry)
ANONYMOUS = "The log takes no entry without saying who: name the member of staff, or the program that did it."
SEALED = "An entry of the log is never changed or deleted. What is too old, retention_sweep erases."
lines = logging.getLogger("earshot.log")
# Opened by this module alone, for what is too old and for the name of somebody who has left.
_is_open: ContextVar[bool] = ContextVar("log_is_open", default=False)


class Sealed(Exception):
    """Raised when somebody tries to change the log, or to write into it without saying who."""


def _refuse(self, *args, **kwargs):
    raise Sealed(SEALED)


class SealedQuerySet(LogEntryQuerySet):
    """Entries that can be read."""

    update = delete = bulk_create = bulk_update = get_or_create = update_or_create = _refuse
    aupdate = adelete = abulk_create = abulk_update = aget_or_create = aupdate_or_create = _refuse


class SealedPageQuerySet(SealedQuerySet, PageLogEntryQuerySet):
    """The same, of pages."""


class _SealedManager:
    def log_action(self, instance, action, *, user=None, data=None, title=None, **kwargs):
        """Writes an entry that says who, where and what; a member of staff is named in it by number only."""
        data = {"area": area_of(instance), **(data or {})}
        if user is None:
            data["program"] = program_at_work()
        title = f"Account {instance.pk}" if isinstance(instance, get_user_model()) else title
        entry = super().log_action(instance, action, user=user, data=data, title=title, **kwargs)
        transaction.on_commit(lambda: _mirror(entry), robust=True)
        return entry

    def for_instance(self, instance):
        """What happened to one thing; who looked at a child's words is on a page of its own."""
        return super().for_instance(instance).exclude(action__in=LOOKS)

    def viewable_by_user(self, user):
        """What Wagtail's report may show: of this person's areas, and never who looked at a child's words."""
        viewable = super().viewable_by_user(user).exclude(action__in=LOOKS)
        if user.is_superuser or user.holds_everywhere("wagtailadmin.access_admin"):
            return viewable
        mine = Area.objects.visible_to(user, "wagtailadmin.access_admin").values_list("code", flat=True)
        return viewable.filter(data__area__in=[*mine, ALL_AREAS])


class SealedModelManager(_SealedManager, ModelLogEntryManager):
    """The way to entries about anything but pages."""

    def get_queryset(self) -> SealedQuerySet:
        """Entries that can be read."""
        return SealedQuerySet(self.model, using=self._db)


class SealedPageManager(_SealedManager, PageLogEntryManager):
    """The way to entries about pages."""

    def get_queryset(self) -> SealedPageQuerySet:
        """Entries that can be read."""
        return SealedPageQuerySet(self.model, using=self._db)


def seal() -> None:
    """Puts the sealed managers in the place of Wagtail's, and listens to what goes around them."""
    for model, manager in ((ModelLogEntry, SealedModelManager()), (PageLogEntry, SealedPageManager())):
        model._meta.local_managers.clear()
        model.add_to_class("objects", manager)
        pre_save.connect(_check_entry, sender=model)
        pre_delete.connect(_check_is_open, sender=model)


def _check_entry(instance: BaseLogEntry, **kwargs) -> None:
    # An entry that is new has no number yet; a number chosen by the writer would overwrite another entry.
    if instance.pk is not None or not instance._state.adding:
        raise Sealed(SEALED)
    if instance.user_id is None and not instance.data.get("program"):
        raise Sealed(ANONYMOUS)


def _check_is_open(**kwargs) -> None:
    if not _is_open.get():
        raise Sealed(SEALED)


def area_of(instance: models.Model) -> str:
    """The code of the area in which something was done; of a page, of the care council that owns it."""
    if isinstance(instance, Area):
        return instance.code
    for owner in (instance, getattr(instance, "care_council", None)):
        if getattr(owner, "area_id", None) is not None:
            return owner.area.code
    return ALL_AREAS


def _mirror(entry: BaseLogEntry) -> None:
    """Who did what where and when: no words, no title, and no id but that of the member of staff."""
    said = {
        "at": entry.timestamp.isoformat(timespec="seconds"),
        "action": entry.action,
        "by": entry.user_id,
        "program": entry.data.get("program", ""),
        "area": entry.data["area"],
        "model": f"{entry.content_type.app_label}.{entry.content_type.model}",
    }
    lines.info(json.dumps(said))


@contextmanager
def _opened() -> Iterator[None]:
    token = _is_open.set(True)
    try:
        yield
    finally:
        _is_open.reset(token)


def erase_entries(*, before: datetime, by=None) -> int:
    """Erases what is too old to be asked for; no person is behind the sweep, so `by` is empty."""
    with _opened():
        return sum(_plain(model).filter(timestamp__lt=before).delete()[0] for model in LOG_MODELS)


def forget_name(account, *, by=None) -> None:
    """Entries about an account made before names were left out say its number now; who did what stays."""
    about = _plain(ModelLogEntry).filter(content_type__app_label="accounts", content_type__model="user")
    about.filter(object_id=str(account.pk)).update(label=f"Account {account.pk}")


def _plain(model: type[BaseLogEntry]) -> models.QuerySet:
    return models.QuerySet(model)
