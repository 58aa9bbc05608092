"""Who works here, and in which area they hold which role from when until when."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from feedback.accounts.roles import Role, roles_with
from surveys.frame.models import Area


class User(AbstractUser):
    """A member of staff or of a care council; respondents never have an account."""

    class Privacy:
        why = "So that everybody who works here is known to the others, and to the log by a number."
        kept = (
            "While they work here, and for a year after their last role has ended; then only the number stays, "
            "which the log names."
        )
        scrub = {
            "username": "number", "first_name": "blank", "last_name": "blank", "email": "number",
            "password": "unusable", "last_login": "none", "date_joined": "harmless: a day in the life of a number.",
        }  # fmt: skip
        personal = {
            "username": "Sign-in name of a member of staff. Kept while the account exists.",
            "first_name": "Name of a member of staff.",
            "last_name": "Name of a member of staff.",
            "email": "Work address of a member of staff.",
            "password": "Hashed password of a member of staff.",
            "last_login": "Last sign-in of a member of staff.",
            "date_joined": "When the account was made.",
        }
        plain = {"id", "is_superuser", "is_staff", "is_active", "groups", "user_permissions"}

    def roles_on(self, day: date) -> models.QuerySet[RoleHeld]:
        """The roles this person holds on a day."""
        return self.roles_held.filter(Q(until=None) | Q(until__gte=day), since__lte=day)

    def roles_today(self, permission: str) -> models.QuerySet[RoleHeld]:
        """The roles held today that carry this permission; a role without an area is held in all."""
        return self.roles_on(timezone.localdate()).filter(role__in=roles_with(permission))

    def areas_held(self, permission: str) -> list[int]:
        """The ids of the areas in which a role held today carries this permission."""
        held = set(self.roles_today(permission).values_list("area_id", flat=True))
        return list(Area.objects.values_list("pk", flat=True)) if None in held else sorted(held)

    def holds_everywhere(self, permission: str) -> bool:
        """Whether a role without an area, held today, carries this permission."""
        return self.roles_today(permission).filter(area=None).exists()


class RoleHeld(models.Model):
    """One role held by one person in one area (or nationally), from a day until a day."""

    class Privacy:
        why = "So that it is known who may do what, and who might have when."
        kept = "As long as the account, as a number in the end."
        scrub = {"user": "harmless: the account it names has no name any more."}
        personal = {"user": "Which member of staff holds the role."}
        plain = {"id", "role", "area", "since", "until"}

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="roles_held")
    role = models.CharField(max_length=30, choices=Role.choices)
    area = models.ForeignKey("frame.Area", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("user", "role", Coalesce("area", 0), "since", name="role_held_once"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")), name="role_ends_after_it_starts"
            ),
        ]


def areas_with_anybody(permission: str) -> set[int]:
    """The ids of the areas in which somebody holds a role today that carries the permission."""
    today = timezone.localdate()
    held = RoleHeld.objects.filter(
        Q(until=None) | Q(until__gte=today), since__lte=today, role__in=roles_with(permission), user__is_active=True
    )
    areas = set(held.values_list("area_id", flat=True))
    return set(Area.objects.values_list("pk", flat=True)) if None in areas else areas
