"""What of this room the administrator must know: whether something waits for too long; never what, where or whose."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import timezone

from feedback.privacy.watching import Watched
from feedback.safeguarding.models import Alarm, Concern, Reading
from surveys.responses.models import ContactMessage, Response

# A text is read within a working day; with a weekend and a bank holiday that is at most this.
DAYS_FOR_A_TEXT = 4
A_DAY = timedelta(days=1)


def waiting_watched(today: date | None = None) -> Iterator[Watched]:
    """What waits for a lead, and whether calls arrive; of children only what came before today."""
    today = today or timezone.localdate()
    yield _unread(today)
    yield _overdue(today)
    yield _unscreened(today)
    yield _calls()


def _unread(today: date) -> Watched:
    seen, raised = Reading.objects.values("response_key"), Concern.objects.values("response_key")
    found = Response.objects.with_words().filter(received_on__lt=today)
    there = found.exclude(status__in=[Response.Status.RECEIVED, Response.Status.ERASED])
    unread = there.exclude(pk__in=seen).exclude(pk__in=raised)
    oldest = unread.order_by("received_on").values_list("received_on", flat=True).first()
    days = (today - oldest).days if oldest else 0
    late = "Texts have waited longer than they should for somebody to read them. Tell the safeguarding leads today."
    said = f"The text that has waited longest for a person came {days} days ago." if days else "No text waits."
    return Watched("texts_oldest_days", said, days, late if days > DAYS_FOR_A_TEXT else "", is_about_children=True)


def _overdue(today: date) -> Watched:
    many = Concern.objects.waiting().overdue(today).order_by().count()
    said = f"{many} worr{'y is' if many == 1 else 'ies are'} past the day." if many else "No worry is past its day."
    late = "A worry is past its day, and nobody has finished with it. Tell the safeguarding leads today."
    return Watched("worries_overdue", said, many, late if many else "", is_about_children=True)


def _unscreened(today: date) -> Watched:
    """Screening takes a minute: what came yesterday and was not screened was left by a sweep that fails."""
    answers = Response.objects.awaiting_screening().filter(received_on__lt=today).count()
    many = answers + ContactMessage.objects.awaiting_screening().filter(sent_on__lt=today).count()
    said = f"{many} texts of earlier days are not screened." if many else "Everything of earlier days is screened."
    late = "What came on an earlier day is not screened yet: somebody may wait unseen. Look at screen_waiting today."
    return Watched("texts_not_screened", said, many, late if many else "", is_about_children=True)


def _calls() -> Watched:
    many = Alarm.objects.filter(is_undelivered=True).count()
    said = f"In {many} areas nothing took the message that something waits." if many else "Calls arrive."
    late = "Nothing took the message that something waits for a safeguarding lead. Look at the mail server, now."
    return Watched("calls_not_delivered", said, many, late if many else "", is_about_children=True)
