"""What this room does: sweep, forget who an account belonged to, and make a copy without anybody in it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail import hooks
from wagtail.log_actions import log

from feedback.privacy.copying import write_copy
from feedback.privacy.log import forget_name
from feedback.privacy.scrubbing import scrub_of, scrubbed
from feedback.privacy.staff import belongings, blank_what_was_said_of, end_roles
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed

# Long enough to look into who tried to come in; they hold addresses.
DAYS_OF_SIGN_INS = 90
# What other rooms do about an account that is erased.
FORGETTING = "forget_account"


@transaction.atomic
def forget_account(account, *, by=None) -> None:
    """Takes the name, address, password and second factors from an account; what it did stays, under its number.

    `by` is empty when the console or the sweep does it.
    """
    if by is not None and not _may_forget(account, by):
        raise PermissionDenied("Only an administrator of every area in which they worked may do this.")
    if by is not None and by.pk == account.pk:
        raise NotAllowed("Nobody forgets their own account: ask another administrator.")
    # Other rooms may have shown this person in public; their roles still say as what.
    for forget in hooks.get_hooks(FORGETTING):
        forget(account, by=by)
    for rows in belongings(account):
        rows.delete()
    blank_what_was_said_of(account)
    end_roles(account)
    scrub = scrub_of(type(account))
    for field in account._meta.concrete_fields:
        setattr(account, field.attname, scrubbed(field, getattr(account, field.attname), account.pk, scrub=scrub))
    account.is_active = account.is_superuser = account.is_staff = False
    account.save()
    account.groups.clear()
    account.user_permissions.clear()
    forget_name(account)
    log(account, "privacy.erase_account", user=by)


def _may_forget(account, by) -> bool:
    held = account.roles_held.all()
    # Whoever never worked anywhere belongs to no area's administrator.
    return all(by.has_perm("accounts.write", one) for one in held) if held else by.holds_everywhere("accounts.write")


def erase_ended_sessions(*, by=None) -> int:
    """Sessions that are over are of no use to anybody; no person is behind the sweep, so `by` is empty."""
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]


def erase_old_sign_ins(*, by=None) -> int:
    """Erases from where and as whom somebody tried to sign in; no person is behind the sweep, so `by` is empty."""
    before = timezone.now() - timedelta(days=DAYS_OF_SIGN_INS)
    kept = (AccessAttempt, AccessFailureLog, AccessLog)
    return sum(model.objects.filter(attempt_time__lt=before).delete()[0] for model in kept)


def make_scrubbed_copy(file: Path, *, by=None) -> int:
    """Makes a copy for a laptop and says so in the log; `by` is empty, because only the console can."""
    rows = write_copy(file)
    # Of all areas, so that the entry hangs on the first of them only because it has to hang on something.
    if (area := Area.objects.first()) is not None:
        log(area, "privacy.scrubbed_copy", user=by, data={"area": "all", "rows": rows})
    return rows
