"""One invented message of somebody who asks to be contacted, so that a visitor sees what a safeguarding lead sees."""

from __future__ import annotations

import uuid

from surveys.answering.contacting import Asked, ask
from surveys.fieldwork.models import Wave

MESSAGE = Asked(
    wanted="advocate",
    name="Robin",
    reach="Leave a note with Ms Okoro in the school office. She is there until four.",
    words="There is a meeting about me next week. I would like somebody there who is on my side.",
)


def somebody_asks(waves: list[Wave]) -> None:
    """A young person asks for an advocate."""
    (wave,) = [wave for wave in waves if wave.code.endswith("12-to-17")]
    ask(uuid.uuid4(), MESSAGE, wave=wave, address="")
