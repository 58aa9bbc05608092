"""Letters that somebody writes with their receipt."""

import uuid
from datetime import timedelta

from django.utils import timezone

from surveys.responses.letter_actions import write_letter
from surveys.responses.letters import Letter
from surveys.responses.models import Response
from surveys.responses.receipts import receipt_of


def writes_back(response, words, *, wave=None):
    """A letter of whoever gave a response, stored as the page for receipts stores it."""
    assert write_letter(receipt_of(response.pk), wave=wave or response.wave, words=words, sent_as=uuid.uuid4())
    return Letter.objects.of(response.pk).first()


def grows_old(response, days=40):
    """So many days pass for answers and what was written back."""
    before = timezone.localdate() - timedelta(days=days)
    Response.objects.filter(pk=response.pk).update(received_on=before)
    Letter.objects.of(response.pk).update(sent_on=before)
