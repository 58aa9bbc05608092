"""What a lead writes back to somebody nobody knows: only whoever has the five words of the receipt can read it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from feedback.safeguarding.letters import Said, conversation
from surveys.frame.policies import NotAllowed
from surveys.instrument.wording import LANGUAGES
from surveys.responses.models import Reply, Response
from surveys.responses.sealed import CannotOpenWords

REPLY = "safeguarding.reply"
LONGEST_REPLY = 1000


@dataclass(frozen=True)
class Replies:
    """What was said to and fro so far, the oldest first, and the language in which somebody answered."""

    said: tuple[Said, ...]
    language: str
    longest: int = LONGEST_REPLY

    @property
    def written(self) -> tuple[Reply, ...]:
        """What was replied, the newest first."""
        return tuple(said.reply for said in reversed(self.said) if said.reply)

    @property
    def last_letter(self) -> int:
        """The number of the newest letter shown; 0 where nobody wrote back."""
        return max((said.letter.number for said in self.said if said.letter), default=0)


def replies_to(response_key: uuid.UUID, by) -> Replies | None:
    """What was said to and fro about one response; None where this person may not, or where it was taken back.

    Where somebody wrote back, that this person looks at it is said in the log.
    """
    response = Response.objects.select_related("area").filter(pk=response_key).only("area", "language").first()
    if response is None or not by.has_perm(REPLY, response):
        return None
    said = conversation(response_key, language=response.language)
    if any(one.letter for one in said):
        log(response.area, "safeguarding.read_letter", user=by)
    return Replies(said, LANGUAGES.get(response.language, response.language))


@transaction.atomic
def reply(response_key: uuid.UUID, *, text: str, by) -> None:
    """Leaves a reply under the receipt. Nobody can change it afterwards, because it may have been read."""
    response = Response.objects.select_for_update(of=("self",)).select_related("area").filter(pk=response_key).first()
    if response is None:
        raise NotAllowed("The answers were taken back, so nobody could read a reply to them.")
    if not by.has_perm(REPLY, response):
        raise PermissionDenied("Only a safeguarding lead of this area may do this.")
    if leave_reply(response, text=text, by=by):
        log(response.area, "safeguarding.reply", user=by)


def leave_reply(response: Response, *, text: str, by) -> bool:
    """Stores a reply to a response that is locked; False if it was there already.

    Whoever calls this has checked that this person may, and logs it.
    """
    words, today = _readable(text), timezone.localdate()
    last = Reply.objects.to(response.pk).order_by("-number").first()
    # Pressed twice: it cannot be changed, so it must not be there twice.
    if last is not None and (last.by_id, last.on) == (by.pk, today) and _says(last, words):
        return False
    Reply.objects.create(response_key=response.pk, number=last.number + 1 if last else 1, text=words, by=by, on=today)
    return True


def _says(written: Reply, words: str) -> bool:
    """Whether a reply says this; not of one that cannot be opened."""
    try:
        return written.text == words
    except CannotOpenWords:
        return False


def _readable(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\0", "").strip()
    if not lines:
        raise NotAllowed("Write what they are to read.")
    if len(lines) > LONGEST_REPLY:
        raise NotAllowed(f"This is too long for somebody to read on a phone: use at most {LONGEST_REPLY} letters.")
    return lines
