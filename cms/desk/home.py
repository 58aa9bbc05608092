"""The first page of the desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from cms.desk.waiting import what_waits


class WhatWaits(Component):
    """What waits for whoever has come, by their roles."""

    name = "what_waits"
    order = 10
    template_name = "desk/waiting.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Their roles, and what is theirs to do."""
        request = parent_context["request"]
        held = request.user.roles_on(timezone.localdate()).select_related("area").order_by("role", "area__name")
        areas: dict[str, list[str]] = {}
        for one in held:
            areas.setdefault(one.get_role_display(), []).append(str(one.area or "all areas"))
        return {
            "person": request.user.get_full_name() or request.user.get_username(),
            "roles": [f"{role} in {', '.join(of_role)}" for role, of_role in areas.items()],
            "waiting": what_waits(request),
        }
