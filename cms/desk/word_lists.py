"""Words that moderators proposed for the lists of redaction: another person accepts or refuses each."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from cms.desk.trying import attempt
from feedback.anonymisation.proposal_actions import accept_word, read_proposals, refuse_word
from feedback.anonymisation.proposals import REVIEW, WordProposal
from surveys.frame.models import Area

STEPS = {
    "accept": (accept_word, "On the list: redaction finds it from the next text on."),
    "refuse": (refuse_word, "Refused, and erased."),
}


@never_cache
def word_lists(request: HttpRequest) -> HttpResponse:
    """The words that wait for this person, and nothing of where they stood."""
    if not request.user.has_perm(REVIEW):
        raise PermissionDenied("Your role does not include this.")
    if request.method == "POST":
        _decide(request)
        return redirect("desk:word_lists")
    areas = Area.objects.visible_to(request.user, REVIEW)
    waiting = [(area, found) for area in areas if (found := read_proposals(area, by=request.user))]
    return render(request, "desk/word_lists.html", {"waiting": waiting})


def _decide(request: HttpRequest) -> None:
    try:
        key = uuid.UUID(request.POST.get("word", ""))
    except ValueError:
        key = None
    found = WordProposal.objects.visible_to(request.user, REVIEW).filter(pk=key).first() if key else None
    if found is None or request.POST.get("step") not in STEPS:
        messages.error(request, "This word is not there: somebody has decided on it, or it is of another area.")
        return
    do, said = STEPS[request.POST["step"]]
    attempt(request, said, lambda: do(found, by=request.user))
