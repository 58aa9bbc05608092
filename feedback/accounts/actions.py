"""What administrators do: invite people, give roles and end them; and what people do with their own sign-in."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log

from feedback.accounts.marks import fresh_mark
from feedback.accounts.models import FactorReset, RoleHeld, User
from feedback.accounts.policies import (
    WRITE_ACCOUNTS,
    check_may_ask_for_reset,
    check_may_do_reset,
    check_may_look_after,
)
from feedback.accounts.roles import Role
from feedback.accounts.second_factor import confirm_app, forget_passkey, forget_second_factors, new_recovery_codes
from surveys.frame.models import Area


@transaction.atomic
def invite(
    username: str, *, email: str, name: tuple[str, str], role: Role, area: Area | None, until: date | None, by: User
) -> User:
    """Makes an account without a password and gives it a role; the link to choose one is sent apart from this."""
    account = User(username=username, email=email, first_name=name[0], last_name=name[1], is_staff=True)
    account.set_unusable_password()
    account.full_clean(exclude=["password"])
    account.save()
    log(account, "accounts.invite", user=by)
    return give_role(username, role=role, area=area, until=until, by=by)


@transaction.atomic
def give_role(
    username: str, *, role: Role, area: Area | None, until: date | None = None, by: User | None = None
) -> User:
    """Gives somebody a role in an area (or everywhere), and an account if they have none.

    `by` is empty when the console is used, which only an administrator of the machine can.
    """
    account = User.objects.filter(username=username).first() or User(username=username, is_staff=True)
    if account.pk is None:
        account.set_unusable_password()
        account.full_clean(exclude=["password"])
        account.save()
    held = RoleHeld(user=account, role=role, area=area, until=until)
    if by is not None and not by.has_perm(WRITE_ACCOUNTS, held):
        raise PermissionDenied("Only an administrator of this area may do this.")
    if by is not None and account.pk == by.pk:
        raise ValidationError("You cannot give yourself a role. Ask another administrator.")
    _check_is_not_over(until)
    if not account.roles_on(timezone.localdate()).filter(role=role, area=area, until=until).exists():
        _hold(held)
    log(account, "accounts.give_role", user=by, data={"role": role, "area": area.code if area else "all"})
    return account


def _check_is_not_over(until: date | None) -> None:
    if until is not None and until < timezone.localdate():
        raise ValidationError("The last day is over already. Choose a later one, or leave it empty.")


def _hold(held: RoleHeld) -> None:
    """Stores the role; one that began today already is given its new end."""
    same = RoleHeld.objects.filter(user=held.user, role=held.role, area=held.area, since=held.since)
    if not same.update(until=held.until):
        held.save()


@transaction.atomic
def end_role(held: RoleHeld, *, by: User) -> None:
    """Ends a role from this moment on; that it was held stays known."""
    if not by.has_perm(WRITE_ACCOUNTS, held):
        raise PermissionDenied("Only an administrator of this area may do this.")
    if held.user_id == by.pk and held.role == Role.ADMINISTRATOR:
        raise ValidationError("You cannot end your own role as an administrator. Ask another one.")
    area = held.area.code if held.area else "all"
    log(held.user, "accounts.end_role", user=by, data={"role": held.role, "area": area})
    # It counts to the end of its last day, so one that ends now had its last day yesterday.
    held.until = timezone.localdate() - timedelta(days=1)
    if held.until < held.since:
        held.delete()
    else:
        held.save()
    _end_sessions(held.user)


@transaction.atomic
def change_email(account: User, email: str, *, by: User) -> None:
    """Changes where invitations and new passwords are sent."""
    check_may_look_after(account, by=by)
    if account.pk == by.pk:
        raise ValidationError("You cannot change your own address. Ask another administrator.")
    if not email:
        raise ValidationError("Write an address, or nobody could be invited anew.")
    account.email = email
    account.full_clean(exclude=["password"])
    account.save(update_fields=["email"])
    log(account, "accounts.change_email", user=by)


@transaction.atomic
def change_phone(account: User, phone: str, *, by: User) -> None:
    """Changes, or takes away, the number to which text messages go that something waits; everybody may do so for
    themselves."""
    account = User.objects.select_for_update().get(pk=account.pk)
    if account.pk != by.pk:
        check_may_look_after(account, by=by)
    account.phone = phone.strip()
    account.clean_fields(exclude=[field.name for field in User._meta.fields if field.name != "phone"])
    account.save(update_fields=["phone"])
    log(account, "accounts.change_phone", user=User.objects.get(pk=by.pk))


@transaction.atomic
def set_active(account: User, *, is_active: bool, by: User) -> None:
    """Closes an account, or opens it again."""
    check_may_look_after(account, by=by)
    if account.pk == by.pk:
        raise ValidationError("You cannot close your own account. Ask another administrator.")
    account.is_active = is_active
    account.save(update_fields=["is_active"])
    _end_sessions(account)
    log(account, "accounts.open" if is_active else "accounts.close", user=by)


def _end_sessions(account: User) -> None:
    account.session_mark = fresh_mark()
    account.save(update_fields=["session_mark"])


@transaction.atomic
def take_app_into_use(code: str, *, by: User) -> list[str] | None:
    """Confirms somebody's own app by its code and gives the recovery codes, which nobody can read again; None if the
    code is wrong. Every other sign-in of theirs ends. Raises WaitFirst."""
    # A request's user is looked up late, and the log would not know what kind of thing it is.
    # Locked, so that of two at once only one makes recovery codes, and those that are shown are those that work.
    account = User.objects.select_for_update().get(pk=by.pk)
    if confirm_app(account, code) is None:
        return None
    _end_sessions(account)
    log(account, "accounts.set_up_second_factor", user=account)
    return new_recovery_codes(account)


@transaction.atomic
def make_recovery_codes(*, by: User) -> list[str]:
    """New recovery codes in place of the old ones."""
    account = User.objects.select_for_update().get(pk=by.pk)
    log(account, "accounts.make_recovery_codes", user=account)
    return new_recovery_codes(account)


def note_passkey(action: str, *, by: User) -> None:
    """Notes that somebody added or took away a passkey of their own."""
    account = User.objects.get(pk=by.pk)
    log(account, action, user=account)


@transaction.atomic
def remove_passkey(number: int, *, by: User) -> None:
    """Takes away one of somebody's own passkeys; whoever signed in with it is signed out."""
    if not forget_passkey(by, number):
        raise ValidationError("You have no such passkey.")
    note_passkey("accounts.remove_passkey", by=by)


@transaction.atomic
def ask_for_reset(account: User, *, reason: str, by: User) -> FactorReset:
    """Asks for the second factor of somebody who lost it to be taken away; another administrator must do it."""
    check_may_ask_for_reset(account, by=by)
    if not reason.strip():
        raise ValidationError("Say how you know that it is really them who asks.")
    try:
        with transaction.atomic():
            reset = FactorReset.objects.create(user=account, reason=reason.strip()[:300], asked_by=by)
    except IntegrityError as problem:
        raise ValidationError("Somebody has asked for this already. Another administrator decides now.") from problem
    log(account, "accounts.ask_for_reset", user=by)
    return reset


@transaction.atomic
def decide_reset(reset: FactorReset, *, is_refused: bool, by: User) -> None:
    """Takes the second factor and the password away, so that they join anew by a fresh link; or refuses to."""
    reset = FactorReset.objects.select_for_update().get(pk=reset.pk)
    check_may_do_reset(reset, by=by)
    reset.done_by, reset.done_on, reset.is_refused = by, timezone.localdate(), is_refused
    reset.save()
    if is_refused:
        log(reset.user, "accounts.refuse_reset", user=by)
        return
    forget_second_factors(reset.user)
    reset.user.set_unusable_password()
    reset.user.save(update_fields=["password"])
    _end_sessions(reset.user)
    log(reset.user, "accounts.reset_second_factor", user=by)
