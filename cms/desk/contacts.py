"""Where safeguarding leads read the messages of people who asked to be contacted, and say what was done."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from feedback.safeguarding.contacts import READ_CONTACT, close_contact, contacts_of, read_contact, states_of
from surveys.instrument.wording import LANGUAGES, Audience

ASKED = {
    Audience.AGE_4_5: "4 and 5 year olds",
    Audience.AGE_6_7: "6 and 7 year olds",
    Audience.AGE_8_11: "8 to 11 year olds",
    Audience.AGE_12_17: "12 to 17 year olds",
    Audience.CARE_LEAVER: "care leavers",
    Audience.PARENT_CARER: "parents and carers",
    Audience.PROFESSIONAL: "professionals",
    Audience.REFERRER: "referrers",
}


@never_cache
def contact(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One message, which is logged as read; and what was done."""
    if not request.user.has_perm(READ_CONTACT):
        raise PermissionDenied("Your role does not include this.")
    found = get_object_or_404(contacts_of(request.user), pk=key)
    if request.method == "POST":
        return _close(request, found)
    context = {
        "words": read_contact(found, by=request.user),
        "message": found,
        "states": states_of(found),
        "audience": ASKED[Audience(found.audience)],
        "language": LANGUAGES.get(found.language, found.language),
    }
    return render(request, "desk/contact.html", context)


def _close(request: HttpRequest, found) -> HttpResponse:
    try:
        close_contact(found, reason=request.POST.get("reason", ""), by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("desk:contact", key=found.pk)
    messages.success(request, "Done. What they wrote is erased in 28 days.")
    return redirect("desk:concerns")
