"""What a rehearsal in a fictional area needs before moderators have anything to do."""

from __future__ import annotations

from datetime import date

from feedback.anonymisation.moderation_actions import prepare_comments
from feedback.safeguarding.actions import finish_reading, read_text
from feedback.safeguarding.reading import unread
from feedback.safeguarding.talk_actions import finish_talk, read_talk, screen_talks
from feedback.safeguarding.talks import unread_talks
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed


def read_what_came_last(area: Area, *, many: int, by, before: date | None = None) -> None:
    """Reads so many texts of a fictional area as this lead, finds nothing to act on, and makes comments of them."""
    if not area.is_fictional:
        raise NotAllowed("Texts of real children are read one by one at the desk.")
    texts = unread(by).filter(area=area)
    if before:
        texts = texts.filter(received_on__lt=before)
    for key in list(texts.order_by("-received_on", "pk").values_list("pk", flat=True)[:many]):
        read_text(key, by=by)
        finish_reading(key, is_worrying=False, by=by)
    prepare_comments()


def read_talks_that_wait(area: Area, *, by) -> None:
    """Reads every talk of a fictional area as this lead, once screening has seen it, and finds nothing to act on."""
    if not area.is_fictional:
        raise NotAllowed("Talks of real children are read one by one at the desk.")
    screen_talks(by=by)
    for key in list(unread_talks(by).of(area).values_list("pk", flat=True)):
        read_talk(key, by=by)
        finish_talk(key, worrying=(), by=by)
