"""Answers has_perm from the roles somebody holds in an area, so that lower rooms need not know about roles."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend

from feedback.accounts.models import User


class RoleBackend(ModelBackend):
    """Lets people do what a role lets them do, in the areas where they hold it; a national role reaches every area."""

    def has_perm(self, user_obj: User, perm: str, obj: Any = None) -> bool:
        """Whether a role held today carries this permission where the object belongs."""
        if not user_obj.is_active or not user_obj.pk:
            return False
        held = user_obj.roles_today(perm)
        if obj is None:
            return held.exists() or super().has_perm(user_obj, perm)
        area_id = getattr(obj, "area_id", None)
        return held.filter(area=None).exists() or (area_id is not None and held.filter(area=area_id).exists())


def is_closed(username: str, password: str) -> bool:
    """Whether this is the right password of an account that was closed."""
    found = User.objects.filter(username=username, is_active=False).first()
    return found is not None and found.check_password(password)
