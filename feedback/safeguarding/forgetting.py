"""When what was read may be forgotten, and what of it goes when answers are taken back or six years are over."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from feedback.safeguarding.codes import CodeOpening
from feedback.safeguarding.models import Concern, ConcernState, ContactState, Reading, Setting
from surveys.frame.models import Area
from surveys.responses.letters import Letter
from surveys.responses.models import ContactMessage, Response, ResponseQuerySet

# As long as a court may ask who knew what, and did what.
YEARS_KEPT = 6
FINISHED = (Concern.Status.REFERRED, Concern.Status.CLOSED)


def settled(responses: ResponseQuerySet, *, before: date) -> ResponseQuerySet:
    """Those that nobody needs to read any more: read, no worry open, and none finished after this day."""
    is_open = Concern.objects.exclude(status__in=FINISHED).values("response_key")
    moved = ConcernState.objects.filter(step=ConcernState.Step.MOVED)
    lately = moved.filter(on__gt=before).values("concern__response_key")
    # Whoever reads a letter wants to know what it answers.
    written_back = Letter.objects.unread().values("response_key")
    settled_so_far = responses.exclude(pk__in=unread_among(responses)).exclude(pk__in=written_back)
    return settled_so_far.exclude(pk__in=is_open).exclude(pk__in=lately)


def unread_among(responses: ResponseQuerySet):
    """Those in which something was written that no person has read: they were told that one does."""
    looked_at = Q(pk__in=Reading.objects.values("response_key")) | Q(pk__in=Concern.objects.values("response_key"))
    return responses.with_words().exclude(looked_at).values("pk")


@transaction.atomic
def forget_what_was_noted(response_keys: Iterable[uuid.UUID], *, by=None) -> int:
    """Erases what leads noted about answers that were taken back; that there was a worry, and who acted when, stays."""
    keys = list(response_keys)
    concerns = list(Concern.objects.select_for_update().filter(response_key__in=keys))
    ConcernState.objects.filter(concern__in=concerns).update(reason="", place="")
    CodeOpening.objects.filter(concern__in=concerns).update(reason="", decision="", telling="")
    for concern in concerns:
        # A key that leads nowhere, so that nothing says any more which response it was.
        concern.response_key, concern.rules = uuid.uuid4(), []
        concern.save(update_fields=["response_key", "rules"])
    return len(concerns) + Reading.objects.filter(response_key__in=keys).delete()[0]


@transaction.atomic
def erase_old_records(*, by=None) -> int:
    """Erases worries, readings and messages that were finished six years ago; the sweep has nobody behind it."""
    limit = timezone.localdate() - timedelta(days=YEARS_KEPT * 365)
    lately = ConcernState.objects.filter(on__gt=limit).values("concern")
    concerns = Concern.objects.filter(status__in=FINISHED, raised_on__lte=limit).exclude(pk__in=lately)
    held = Response.objects.exclude(status=Response.Status.ERASED).values("pk")
    readings = Reading.objects.filter(on__lte=limit).exclude(response_key__in=held)
    return (
        erase_concerns(list(concerns.values_list("pk", flat=True)))
        + readings.delete()[0]
        + erase_messages(list(ContactMessage.objects.filter(done_on__lte=limit).values_list("pk", flat=True)))
    )


def erase_concerns(keys: list[uuid.UUID], *, by=None) -> int:
    """Erases these worries with every step; says how many."""
    ConcernState.objects.filter(concern__in=keys).erase()
    CodeOpening.objects.filter(concern__in=keys).delete()
    return Concern.objects.filter(pk__in=keys).erase()


def erase_messages(keys: list[uuid.UUID], *, by=None) -> int:
    """Erases these messages with every step; says how many."""
    ContactState.objects.filter(message_key__in=keys).delete()
    return ContactMessage.objects.filter(pk__in=keys).delete()[0]


@transaction.atomic
def erase_all_about(response_keys: Iterable[uuid.UUID], *, by=None) -> int:
    """Erases every worry and reading of these responses."""
    keys = list(response_keys)
    concerns = Concern.objects.filter(response_key__in=keys).values_list("pk", flat=True)
    return erase_concerns(list(concerns)) + Reading.objects.filter(response_key__in=keys).delete()[0]


@transaction.atomic
def erase_area(area: Area, *, by=None) -> int:
    """Erases every worry and message of an area."""
    concerns = Concern.objects.filter(area=area).values_list("pk", flat=True)
    messages = ContactMessage.objects.filter(area=area).values_list("pk", flat=True)
    erased = erase_concerns(list(concerns)) + erase_messages(list(messages))
    Setting.objects.filter(area=area).delete()
    return erased
