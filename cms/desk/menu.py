"""The menu of the desk, arranged by job: each item is shown to those whose role it is."""

from __future__ import annotations

from django.urls import reverse
from wagtail.admin.menu import MenuItem


class JobMenuItem(MenuItem):
    """A job in the menu, shown to those whose role it is."""

    def __init__(self, label: str, url: str, *, permissions: tuple[str, ...], icon_name: str, order: int) -> None:
        super().__init__(label, url, icon_name=icon_name, order=order)
        self.permissions = permissions

    def is_shown(self, request) -> bool:
        """Whether a role of theirs carries one of the job's permissions."""
        return any(request.user.has_perm(permission) for permission in self.permissions)


def job(label: str, name: str, permission: str | tuple[str, ...], icon: str, order: int) -> JobMenuItem:
    """An item that leads to a screen of the desk."""
    permissions = (permission,) if isinstance(permission, str) else permission
    return JobMenuItem(label, reverse(f"desk:{name}"), permissions=permissions, icon_name=icon, order=order)
