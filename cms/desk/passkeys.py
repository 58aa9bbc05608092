"""Passkeys in place of the app's code: the library's ceremonies, for whoever showed a password in this session."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path
from django.views.i18n import JavaScriptCatalog
from django_otp_webauthn import views
from django_otp_webauthn.exceptions import CredentialDisabled

from cms.desk.signing_in import enter, where_to
from feedback.accounts.actions import note_passkey
from feedback.accounts.guard import half_signed_in
from feedback.accounts.models import User


class OfThisSession:
    """The account whose password was shown; a passkey alone, without a password, signs in nobody."""

    def get_user(self) -> User | None:
        """Who is half signed in."""
        return half_signed_in(self.request)


class Begin(OfThisSession, views.BeginCredentialAuthenticationView):
    """Gives the browser what a passkey of this account has to sign."""


class Complete(OfThisSession, views.CompleteCredentialAuthenticationView):
    """Checks what the passkey signed, and lets its owner in."""

    def complete_auth(self, device) -> User:
        """Enters as the same person whose password was shown, and as nobody else."""
        user = self.get_user()
        if user is None or device.user_id != user.pk:
            raise CredentialDisabled()
        enter(self.request, user, device, is_shared=False)
        return user

    def get_success_url(self) -> str:
        """Where they wanted to go."""
        return where_to(self.request)


class Registered(views.CompleteCredentialRegistrationView):
    """Keeps a new passkey of somebody who has shown both factors."""

    def post(self, *args, **kwargs) -> HttpResponse:
        """Keeps it, and notes that it was added."""
        reply = super().post(*args, **kwargs)
        note_passkey("accounts.add_passkey", by=self.request.user)
        return reply


app_name = "otp_webauthn"
# Adding one is behind the guard of the desk; showing one is a step of signing in, so before it.
urlpatterns = [
    path("passkeys/begin/", views.BeginCredentialRegistrationView.as_view(), name="credential-registration-begin"),
    path("passkeys/complete/", Registered.as_view(), name="credential-registration-complete"),
    path("sign-in/passkey/begin/", Begin.as_view(), name="credential-authentication-begin"),
    path("sign-in/passkey/complete/", Complete.as_view(), name="credential-authentication-complete"),
    path(
        "sign-in/passkey/words/",
        JavaScriptCatalog.as_view(packages=["django_otp_webauthn"]),
        name="js-i18n-catalog",
    ),
]
