"""Who works here, and in which area they hold which role from when until when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.contrib.auth import get_backends
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from feedback.accounts.marks import fresh_mark
from feedback.accounts.roles import ENTER_THE_DESK, PERMISSIONS, Role, roles_with
from surveys.frame.models import TELEPHONE, Area


class UserQuerySet(models.QuerySet["User"]):
    """Ways to reach accounts."""

    def visible_to(self, user: User, permission: str) -> UserQuerySet:
        """The people who hold or held a role where this member of staff holds one that carries the permission."""
        if user.holds_everywhere(permission):
            return self
        return self.filter(roles_held__area__in=user.areas_held(permission)).distinct()


class AccountManager(UserManager.from_queryset(UserQuerySet)):
    """Makes accounts and reaches them."""

    use_in_migrations = False


class User(AbstractUser):
    """A member of staff or of a care council; respondents never have an account."""

    class Privacy:
        why = "So that everybody who works here is known to the others, and to the log by a number."
        kept = (
            "While they work here, and for a year after their last role has ended; then only the number stays, "
            "which the log names."
        )
        scrub = {
            "username": "number", "first_name": "blank", "last_name": "blank", "email": "number", "phone": "blank",
            "password": "unusable", "last_login": "none", "date_joined": "harmless: a day in the life of a number.",
        }  # fmt: skip
        personal = {
            "username": "Sign-in name of a member of staff. Kept while the account exists.",
            "first_name": "Name of a member of staff.",
            "last_name": "Name of a member of staff.",
            "email": "Work address of a member of staff.",
            "phone": "Work mobile of a member of staff, for text messages that something waits.",
            "password": "Hashed password of a member of staff.",
            "last_login": "Last sign-in of a member of staff.",
            "date_joined": "When the account was made.",
        }
        plain = {"id", "is_superuser", "is_staff", "is_active", "groups", "user_permissions", "session_mark"}

    objects = AccountManager()

    phone = models.CharField("work mobile", max_length=24, blank=True, validators=[TELEPHONE])
    session_mark = models.CharField(max_length=22, default=fresh_mark, editable=False)

    # Whether roles are read once, and what was read.
    _remembers = False
    _held: dict[str, set[int | None]] | None = None

    def get_session_auth_hash(self) -> str:
        """Ties a session to the password and to the mark."""
        return f"{super().get_session_auth_hash()}{self.session_mark}"

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same under the secret keys from before."""
        for found in super().get_session_auth_fallback_hash():
            yield f"{found}{self.session_mark}"

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Whether a role carries this permission there. The flag of a superuser opens nothing: it names no area."""
        return any(backend.has_perm(self, perm, obj) for backend in get_backends() if hasattr(backend, "has_perm"))

    def has_perms(self, perm_list: list[str], obj: object = None) -> bool:
        """Whether each of these permissions is carried."""
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        """Whether anything of this room is open to this person."""
        backends = (backend for backend in get_backends() if hasattr(backend, "has_module_perms"))
        return any(backend.has_module_perms(self, app_label) for backend in backends)

    def roles_on(self, day: date) -> models.QuerySet[RoleHeld]:
        """The roles this person holds on a day."""
        return self.roles_held.filter(Q(until=None) | Q(until__gte=day), since__lte=day)

    def remember_roles(self) -> None:
        """Reads the roles once from now on: for whoever asks, while one request of theirs is answered."""
        self._remembers = True

    def held_today(self) -> dict[str, set[int | None]]:
        """In which areas, by their ids, a role held today carries which permission; None stands for all areas."""
        if self._held is not None:
            return self._held
        held: dict[str, set[int | None]] = {}
        for role, area in self.roles_on(timezone.localdate()).values_list("role", "area_id"):
            for permission in PERMISSIONS[Role(role)] | {ENTER_THE_DESK}:
                held.setdefault(permission, set()).add(area)
        self._held = held if self._remembers else None
        return held

    def areas_held(self, permission: str) -> list[int]:
        """The ids of the areas in which a role held today carries this permission."""
        held = self.held_today().get(permission, set())
        return list(Area.objects.values_list("pk", flat=True)) if None in held else sorted(held)

    def holds_everywhere(self, permission: str) -> bool:
        """Whether a role without an area, held today, carries this permission."""
        return None in self.held_today().get(permission, set())


class RoleHeldQuerySet(models.QuerySet["RoleHeld"]):
    """Ways to reach roles that are held."""

    def visible_to(self, user: User, permission: str) -> RoleHeldQuerySet:
        """The roles held where this member of staff holds one that carries the permission."""
        if user.holds_everywhere(permission):
            return self
        return self.filter(area__in=user.areas_held(permission))


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

    objects = RoleHeldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("user", "role", Coalesce("area", 0), "since", name="role_held_once"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")), name="role_ends_after_it_starts"
            ),
        ]


class FactorResetQuerySet(models.QuerySet["FactorReset"]):
    """Ways to reach resets."""

    def visible_to(self, user: User, permission: str) -> FactorResetQuerySet:
        """The resets of the people this member of staff may see."""
        return self.filter(user__in=User.objects.visible_to(user, permission))

    def waiting(self) -> FactorResetQuerySet:
        """Those that another administrator has not decided."""
        return self.filter(done_by=None)


class FactorReset(models.Model):
    """A second factor that is lost: one administrator asks for the reset, and another one does it."""

    class Privacy:
        why = "So that nobody takes a second factor away alone, and it is known who did."
        kept = "As long as the account, as numbers in the end."
        scrub = {
            "user": "harmless: the account it names has no name any more.",
            "reason": "blank",
            "asked_by": "harmless: the account it names has no name any more.",
            "done_by": "harmless: the account it names has no name any more.",
        }
        personal = {
            "user": "Which member of staff lost their second factor.",
            "reason": "How the administrator knows that it is really them.",
            "asked_by": "Which administrator asked for it.",
            "done_by": "Which other administrator did it.",
        }
        plain = {"id", "asked_on", "done_on", "is_refused"}

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="factor_resets")
    reason = models.CharField(max_length=300)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField(default=timezone.localdate)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    done_on = models.DateField(null=True)
    is_refused = models.BooleanField(default=False)

    objects = FactorResetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(done_by=models.F("asked_by")), name="factor_reset_needs_two_people"),
            models.CheckConstraint(
                condition=~Q(asked_by=models.F("user")), name="factor_reset_is_not_asked_for_oneself"
            ),
            models.UniqueConstraint(fields=["user"], condition=Q(done_by=None), name="factor_reset_waits_once"),
        ]


def areas_with_anybody(permission: str) -> set[int]:
    """The ids of the areas in which somebody holds a role today that carries the permission."""
    today = timezone.localdate()
    held = RoleHeld.objects.filter(
        Q(until=None) | Q(until__gte=today), since__lte=today, role__in=roles_with(permission), user__is_active=True
    )
    areas = set(held.values_list("area_id", flat=True))
    return set(Area.objects.values_list("pk", flat=True)) if None in areas else areas
