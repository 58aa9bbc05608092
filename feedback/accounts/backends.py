"""Answers has_perm from the roles somebody holds in an area, so that lower rooms need not know about roles."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend

from feedback.accounts.models import User
from feedback.accounts.places import area_of, is_shared


class RoleBackend(ModelBackend):
    """Lets people do what a role lets them do, in the areas where they hold it; a national role reaches every area.

    Nothing else is asked: not Django's groups, nor the permissions and flags on an account. Nobody can be let in around
    the table.
    """

    def has_perm(self, user_obj: User, perm: str, obj: Any = None) -> bool:
        """Whether a role held today carries this permission: anywhere, or where the object belongs."""
        if not user_obj.is_active or not user_obj.pk:
            return False
        held = user_obj.held_today().get(perm, set())
        if obj is None or not held or None in held:
            return bool(held)
        return is_shared(obj) or area_of(obj) in held

    def get_all_permissions(self, user_obj: User, obj: Any = None) -> set[str]:
        """Everything a role lets this person do there, by the name of the action."""
        if not user_obj.is_active or not user_obj.pk:
            return set()
        held = user_obj.held_today()
        return set(held) if obj is None else {action for action in held if self.has_perm(user_obj, action, obj)}

    def get_user_permissions(self, user_obj: User, obj: Any = None) -> set[str]:
        """Nothing: an account carries no permission of its own."""
        return set()

    def get_group_permissions(self, user_obj: User, obj: Any = None) -> set[str]:
        """Nothing: groups carry no permission."""
        return set()

    def has_module_perms(self, user_obj: User, app_label: str) -> bool:
        """Whether anything of this room is open to this person."""
        return any(action.startswith(f"{app_label}.") for action in self.get_all_permissions(user_obj))


def is_closed(username: str, password: str) -> bool:
    """Whether this is the right password of an account that was closed."""
    found = User.objects.filter(username=username, is_active=False).first()
    return found is not None and found.check_password(password)
