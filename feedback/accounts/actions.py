"""What administrators do: give people roles."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from feedback.accounts.models import RoleHeld, User
from feedback.accounts.roles import Role
from surveys.frame.models import Area


@transaction.atomic
def give_role(username: str, *, role: Role, area: Area | None, by: User | None = None) -> User:
    """Gives somebody a role in an area (or everywhere), and an account if they have none.

    `by` is empty when the console is used, which only an administrator of the machine can.
    """
    account = User.objects.filter(username=username).first() or User(username=username, is_staff=True)
    if account.pk is None:
        account.set_unusable_password()
        account.full_clean(exclude=["password"])
        account.save()
    held = RoleHeld(user=account, role=role, area=area)
    if by is not None and not by.has_perm("accounts.write", held):
        raise PermissionDenied("Only an administrator of this area may do this.")
    RoleHeld.objects.get_or_create(user=account, role=role, area=area, until=None)
    log(account, "accounts.give_role", user=by, data={"role": role, "area": area.code if area else "all"})
    return account
