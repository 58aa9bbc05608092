"""What quoting does to comments: one is held while a quote is made of it, and the words of one that was recalled go."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.db import transaction

from feedback.anonymisation.comments import Comment
from feedback.anonymisation.quotable import mark_of
from surveys.frame.models import Area


def hold_words(key: uuid.UUID, *, by) -> str:
    """The words of a usable comment, which nobody erases until the transaction ends; blank where there are none now.

    Whoever calls this has checked that this person may choose quotes in the comment's area.
    """
    held = Comment.objects.select_for_update(of=("self",)).filter(pk=key, status=Comment.Status.MODERATED)
    found = held.first()
    return found.text if found else ""


@transaction.atomic
def strike_words(area: Area, marks: Collection[str], *, by=None) -> None:
    """Empties the usable comments of these marks for good; no person is behind the sweep, so `by` is empty."""
    usable = Comment.objects.filter(area=area, status=Comment.Status.MODERATED).exclude(text="")
    keys = [key for key in usable.values_list("pk", flat=True) if mark_of(key) in marks]
    Comment.objects.filter(pk__in=keys).update(text="")
