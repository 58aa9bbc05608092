"""Accounts: an administrator invites people, gives and ends roles, and with a second one resets a lost factor."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from cms.desk.trying import attempt
from feedback.accounts import actions
from feedback.accounts.invitations import send_invitation
from feedback.accounts.models import FactorReset, RoleHeld, User
from feedback.accounts.policies import WRITE_ACCOUNTS, can_look_after
from feedback.accounts.roles import Role
from feedback.accounts.second_factor import has_second_factor
from surveys.frame.models import Area

WRITE = WRITE_ACCOUNTS
EVERYWHERE = "everywhere"


class RoleForm(forms.Form):
    """A role in an area, until a day or without an end."""

    role = forms.ChoiceField(choices=Role.choices)
    area = forms.ChoiceField(error_messages={"invalid_choice": "Choose one of your areas."})
    until = forms.DateField(
        label="Last day (empty: no end)", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, request: HttpRequest, *, is_sent: bool) -> None:
        super().__init__(request.POST if is_sent else None)
        self.areas = {area.code: area for area in Area.objects.visible_to(request.user, WRITE)}
        everywhere = [(EVERYWHERE, "All areas")] if request.user.holds_everywhere(WRITE) else []
        self.fields["area"].choices = [*((code, area.name) for code, area in self.areas.items()), *everywhere]

    def given(self) -> dict[str, object]:
        """The role, the area (None for all of them) and the last day, as the actions take them."""
        chosen = self.cleaned_data
        return {"role": Role(chosen["role"]), "area": self.areas.get(chosen["area"]), "until": chosen["until"]}


class InvitationForm(RoleForm):
    """Somebody who is to work here."""

    username = forms.CharField(label="Sign-in name", max_length=150)
    email = forms.EmailField(label="Work e-mail", max_length=254)
    first_name = forms.CharField(max_length=150)
    last_name = forms.CharField(max_length=150)
    field_order = ("username", "first_name", "last_name", "email", "role", "area", "until")


@never_cache
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who works in this administrator's areas, and what waits for a second administrator."""
    _check_is_administrator(request)
    found = User.objects.visible_to(request.user, WRITE).prefetch_related("roles_held__area").order_by("username")
    waiting = FactorReset.objects.visible_to(request.user, WRITE).waiting().select_related("user", "asked_by")
    return render(request, "desk/accounts.html", {"people": found, "waiting": waiting, "today": timezone.localdate()})


def _check_is_administrator(request: HttpRequest) -> None:
    if not request.user.has_perm(WRITE):
        raise PermissionDenied("Your role does not include this.")


@never_cache
def invite(request: HttpRequest) -> HttpResponse:
    """Makes an account with its first role, and sends the link to choose a password."""
    _check_is_administrator(request)
    form = InvitationForm(request, is_sent=request.method == "POST")
    if form.is_valid() and (account := _invited(request, form)):
        _send(request, account)
        return redirect("desk:account", pk=account.pk)
    return render(request, "desk/invite.html", {"form": form})


def _invited(request: HttpRequest, form: InvitationForm) -> User | None:
    wanted = form.cleaned_data
    name = (wanted["first_name"], wanted["last_name"])
    try:
        return actions.invite(wanted["username"], email=wanted["email"], name=name, by=request.user, **form.given())
    except ValidationError as problem:
        _blame(form, problem)
        return None


def _blame(form: forms.Form, problem: ValidationError) -> None:
    """Puts each sentence beside the field it is about, if that is one of the form's."""
    for name, sentences in getattr(problem, "message_dict", {None: problem.messages}).items():
        form.add_error(name if name in form.fields else None, sentences)


def _send(request: HttpRequest, account: User) -> None:
    if send_invitation(account):
        messages.success(request, f"The invitation is on its way to {account.email}. Its link works for three days.")
    else:
        messages.error(request, "The account is made, but no mail server took the invitation. Send it again later.")


@never_cache
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: their roles, and whether they can sign in."""
    _check_is_administrator(request)
    found = get_object_or_404(User.objects.visible_to(request.user, WRITE), pk=pk)
    form = RoleForm(request, is_sent=request.POST.get("step") == "give")
    if request.method == "POST" and _change(request, found, form):
        return redirect("desk:account", pk=pk)
    held = found.roles_held.select_related("area").order_by("since", "pk")
    mine = set(RoleHeld.objects.visible_to(request.user, WRITE).filter(user=found).values_list("pk", flat=True))
    today = timezone.localdate()
    context = {
        "person": found,
        "form": form,
        "roles": [(role, role.pk in mine, role.until is None or role.until >= today) for role in held],
        "has_joined": found.has_usable_password(),
        "has_second_factor": has_second_factor(found),
        "reset": found.factor_resets.waiting().select_related("asked_by").first(),
        "is_me": found.pk == request.user.pk,
        "may_look_after": can_look_after(found, by=request.user),
    }
    return render(request, "desk/account.html", context)


def _change(request: HttpRequest, found: User, form: RoleForm) -> bool:
    """Takes the step that was asked for; False if the form has to be shown again."""
    by, step = request.user, request.POST.get("step", "")
    if step == "give":
        if not form.is_valid():
            return False
        attempt(request, "The role is given.", lambda: actions.give_role(found.username, by=by, **form.given()))
        return True
    doing: dict[str, tuple[str, Callable[[], object]]] = {
        "end": ("The role has ended.", lambda: actions.end_role(_role(request, found), by=by)),
        "close": ("The account is closed.", lambda: actions.set_active(found, is_active=False, by=by)),
        "open": ("The account is open again.", lambda: actions.set_active(found, is_active=True, by=by)),
        "email": (
            "The address is changed.",
            lambda: actions.change_email(found, request.POST.get("email", "").strip(), by=by),
        ),
        "phone": (
            "The number is kept.",
            lambda: actions.change_phone(found, request.POST.get("phone", ""), by=by),
        ),
        "ask": (
            "Asked. Another administrator decides now.",
            lambda: actions.ask_for_reset(found, reason=request.POST.get("reason", ""), by=by),
        ),
    }
    if step == "send" and not found.has_usable_password():
        _send(request, found)
    elif step in ("reset", "refuse"):
        _decide(request, found, is_refused=step == "refuse")
    elif step in doing:
        attempt(request, *doing[step])
    else:
        raise PermissionDenied("There is no such step.")
    return True


def _role(request: HttpRequest, found: User) -> RoleHeld:
    mine = RoleHeld.objects.visible_to(request.user, WRITE)
    number = request.POST.get("role", "")
    return get_object_or_404(mine, user=found, pk=number if number.isdecimal() and len(number) < 19 else 0)


def _decide(request: HttpRequest, found: User, *, is_refused: bool) -> None:
    """The second administrator's step; after a reset the person gets a fresh link."""
    waiting = get_object_or_404(FactorReset.objects.visible_to(request.user, WRITE).waiting(), user=found)
    try:
        actions.decide_reset(waiting, is_refused=is_refused, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return
    if is_refused:
        messages.success(request, "Refused. Their second factor stays as it was.")
    else:
        found.refresh_from_db()
        _send(request, found)
