"""The menu of the desk, arranged by job: each item is shown to those whose role it is."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.menu import MenuItem

from feedback.accounts.roles import PERMISSIONS, Role


class JobMenuItem(MenuItem):
    """A job in the menu, shown to those whose role it is."""

    def __init__(self, label: str, url: str, *, permissions: tuple[str, ...], icon_name: str, order: int) -> None:
        super().__init__(label, url, icon_name=icon_name, order=order)
        self.permissions = permissions

    def is_shown(self, request) -> bool:
        """Whether a role of theirs carries one of the job's permissions."""
        return not _held(request).isdisjoint(self.permissions)


def _held(request: HttpRequest) -> frozenset[str]:
    """Every permission that a role of this person carries today, read once for the whole menu."""
    held = getattr(request, "held_for_the_menu", None)
    if held is None:
        roles = request.user.roles_on(timezone.localdate()).values_list("role", flat=True)
        held = request.held_for_the_menu = frozenset().union(*(PERMISSIONS[Role(role)] for role in roles))
    return held


def job(label: str, name: str, permission: str | tuple[str, ...], icon: str, order: int) -> JobMenuItem:
    """An item that leads to a screen of the desk."""
    permissions = (permission,) if isinstance(permission, str) else permission
    return JobMenuItem(label, reverse(f"desk:{name}"), permissions=permissions, icon_name=icon, order=order)
