"""Whether something belongs where it is put."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from surveys.frame.models import Area, Service


class NotAllowed(ValidationError):
    """Raised when the state of things does not allow an action; the message is for the person who tried."""


def check_service_is_of_area(service: Service | None, area: Area | None) -> None:
    """Refuses a service of another area."""
    if service and area and service.area_id != area.pk:
        raise NotAllowed(f"{service.name} is not a service of {area.name}.")


def check_is_an_area_still(area: Area | None) -> None:
    """Refuses to ask anew in an area that became part of another."""
    if area and area.merged_into:
        raise NotAllowed(f"{area.name} is part of {area.merged_into.name} now. Plan it there.")


def check_may_move(current: str, target: str, transitions: dict) -> None:
    """Refuses a step that the transition table does not have."""
    if target not in transitions[current]:
        raise NotAllowed(f"This is {current.replace('_', ' ')}, so it cannot become {target.replace('_', ' ')}.")
