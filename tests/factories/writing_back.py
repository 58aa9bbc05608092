"""Letters that somebody writes with their receipt."""

import uuid

from surveys.responses.letter_actions import write_letter
from surveys.responses.letters import Letter
from surveys.responses.receipts import receipt_of


def writes_back(response, words, *, wave=None):
    """A letter of whoever gave a response, stored as the page for receipts stores it."""
    assert write_letter(receipt_of(response.pk), wave=wave or response.wave, words=words, sent_as=uuid.uuid4())
    return Letter.objects.of(response.pk).first()
