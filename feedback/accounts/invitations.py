"""The link with which somebody who is to work here chooses a password; it works once, and for three days."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from wagtail import hooks

from feedback.accounts.models import User

logger = logging.getLogger(__name__)


class InvitationTokens(PasswordResetTokenGenerator):
    """Made from the password that is not chosen yet, so a link is used up by choosing one."""

    key_salt = "feedback.accounts.invitations"


tokens = InvitationTokens()


def invitation_link(user: User) -> str:
    """The address at which this person chooses a password."""
    path = reverse("sign_in:join", args=[urlsafe_base64_encode(force_bytes(user.pk)), tokens.make_token(user)])
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"


def send_invitation(user: User) -> bool:
    """Sends the link by e-mail; False if no mail server took it, and then nobody was told anything."""
    context = {"user": user, "link": invitation_link(user), "days": settings.PASSWORD_RESET_TIMEOUT // 86_400}
    body = render_to_string("accounts/invitation.txt", context)
    try:
        send_mail("You are invited to Earshot", body, None, [user.email])
    except (SMTPException, OSError) as problem:
        # Of what failed only the kind: what a mail server says holds the address.
        logger.error("An invitation could not be sent (%s).", type(problem).__name__)
        for note in hooks.get_hooks("letter_failed"):
            note()
        return False
    return True
