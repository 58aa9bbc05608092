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
TELL_LEADS = "Tell the safeguarding leads today."
LOOK_AT_SCREENING = "Somebody may wait unseen. Look at screen_waiting today."
LOOK_AT_MAIL = "Look at the mail server, now."


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
    late = "Texts have waited longer than they should for somebody to read them."
    ago = "yesterday" if days == 1 else f"{days} days ago"
    said = f"The text that has waited longest for a person came {ago}." if days else "No text waits."
    return _about_children("texts_oldest_days", said, days, late if days > DAYS_FOR_A_TEXT else "", TELL_LEADS)


def _overdue(today: date) -> Watched:
    many = Concern.objects.waiting().overdue(today).order_by().count()
    said = "No worry is past its day."
    if many:
        said = "1 worry is past its day." if many == 1 else f"{many} worries are past their day."
    late = "A worry is past its day, and nobody has finished with it."
    return _about_children("worries_overdue", said, many, late if many else "", TELL_LEADS)


def _unscreened(today: date) -> Watched:
    """Screening takes a minute: what came yesterday and was not screened was left by a sweep that fails."""
    answers = Response.objects.awaiting_screening().filter(received_on__lt=today).count()
    many = answers + ContactMessage.objects.awaiting_screening().filter(sent_on__lt=today).count()
    said = "Everything of earlier days is screened."
    if many:
        said = f"{many} text{' of an earlier day is' if many == 1 else 's of earlier days are'} not screened."
    late = "What came on an earlier day is not screened yet."
    return _about_children("texts_not_screened", said, many, late if many else "", LOOK_AT_SCREENING)


def _calls() -> Watched:
    many = Alarm.objects.filter(is_undelivered=True).count()
    said = "Calls arrive."
    if many:
        said = (
            f"In {many} area{'s' * (many > 1)} nothing took the message that something waits for a safeguarding lead."
        )
    late = "Nothing took the message that something waits for a safeguarding lead."
    return _about_children("calls_not_delivered", said, many, late if many else "", LOOK_AT_MAIL)


def _about_children(code: str, says: str, many: int, late: str, to_do: str) -> Watched:
    """A letter has no number, and says what to do after what is wrong; the page has the number instead."""
    if not late:
        return Watched(code, says, many, is_about_children=True)
    return Watched(code, says, many, f"{late} {to_do}", to_do, is_about_children=True)
