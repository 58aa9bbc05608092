"""What of the board waits for somebody on the first page of the desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from feedback.anonymisation.named_blockages import waiting_blockages
from feedback.promises.blockages import A_WEEK, REVIEW, SEE, Blockage, BlockageReview
from feedback.promises.models import OWN
from surveys.frame.models import Area


def board_waits(request: HttpRequest) -> Iterator[tuple[str, str, str, str]]:
    """A heading, a sentence, and where to go, where something of the board waits for this person."""
    if request.user.has_perm(SEE) and (said := " ".join(_said(request.user))):
        yield "What gets in the way", said, reverse("desk:blockages"), "Go to the board"


def _said(user) -> Iterator[str]:
    if many := waiting_blockages(user).count():
        yield f"{many} to read."
    worded = Blockage.objects.visible_to(user, REVIEW).filter(status=Blockage.Status.WORDED).exclude(worded_by=user)
    if many := worded.count():
        yield f"{many} worded by others, to be published."
    own = Blockage.objects.visible_to(user, OWN).owned_by(user)
    late = own.filter(status=Blockage.Status.WILL, due_on__lt=timezone.localdate())
    if many := own.unanswered().count():
        yield f"{many} that you look after, not answered."
    if many := late.count():
        yield f"{many} that you look after, late."
    for area in _not_reviewed(user):
        yield f"Nobody has looked through the board of {area} for a week."


def _not_reviewed(user) -> list[Area]:
    """The areas with something on the board that nobody has looked through for a week."""
    since = timezone.localdate() - timedelta(days=A_WEEK)
    lately = BlockageReview.objects.filter(on__gt=since).values("area")
    waits = Blockage.objects.filter(status__in=[Blockage.Status.OPEN, Blockage.Status.WILL]).values("area")
    areas = Area.objects.visible_to(user, REVIEW).filter(merged_into=None, pk__in=waits)
    return list(areas.exclude(pk__in=lately))
