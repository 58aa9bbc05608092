"""Staff with a role."""

from datetime import date

from feedback.accounts.models import RoleHeld, User
from feedback.accounts.roles import Role


def staff(username, role=Role.ADMINISTRATOR, *, area=None):
    """Somebody who holds this role, nationally unless an area is named."""
    person, _ = User.objects.get_or_create(username=username, defaults={"is_staff": True})
    RoleHeld.objects.get_or_create(user=person, role=role, area=area, since=date(2020, 1, 1))
    return person
