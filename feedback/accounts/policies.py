"""Whether an administrator may do something to an account; every refusal says why."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from feedback.accounts.models import FactorReset, User

WRITE_ACCOUNTS = "accounts.write"


def check_may_look_after(account: User, *, by: User) -> None:
    """Refuses who is not an administrator wherever this person works: the account opens all of it."""
    if not can_look_after(account, by=by):
        raise PermissionDenied("Only an administrator of every area this person works in may do this.")


def can_look_after(account: User, *, by: User) -> bool:
    """Whether somebody is an administrator wherever this person works."""
    held = list(account.roles_on(timezone.localdate()).select_related("area"))
    return by.has_perm(WRITE_ACCOUNTS) and all(by.has_perm(WRITE_ACCOUNTS, role) for role in held)


def check_may_ask_for_reset(account: User, *, by: User) -> None:
    """Refuses who may not look after the account, and oneself."""
    check_may_look_after(account, by=by)
    if account.pk == by.pk:
        raise ValidationError("Another administrator has to ask for this.")


def check_may_do_reset(reset: FactorReset, *, by: User) -> None:
    """Refuses whoever asked for it, whoever it is about, and what is decided already."""
    check_may_look_after(reset.user, by=by)
    if reset.done_by_id is not None:
        raise ValidationError("This has been decided already.")
    if by.pk in {reset.asked_by_id, reset.user_id}:
        raise ValidationError("It takes two people: another administrator has to do this.")


def resets_to_decide(by: User) -> list[FactorReset]:
    """The resets that wait for this administrator: asked for by another, and about neither of them."""
    waiting = FactorReset.objects.visible_to(by, WRITE_ACCOUNTS).waiting().select_related("user", "asked_by")
    return [reset for reset in waiting if by.pk not in {reset.asked_by_id, reset.user_id}]
