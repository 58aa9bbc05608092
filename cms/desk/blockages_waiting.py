"""What of the boards waits for somebody on the first page of the desk."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse

from feedback.promises.blockages import SEE
from feedback.promises.boards import what_waits


def board_waits(request: HttpRequest) -> Iterator[tuple[str, str, str, str]]:
    """A heading, a sentence, and where to go, where something of a board waits for this person."""
    if request.user.has_perm(SEE) and (said := " ".join(what_waits(request.user))):
        yield "What gets in the way", said, reverse("desk:blockages"), "Go to the board"
