"""Messages of people who ask to be contacted."""

import uuid
from datetime import timedelta

from surveys.responses.actions import ask_for_a_person, new_message
from surveys.responses.models import ContactMessage


def asks_for_a_person(area, *, words="", days_ago=0, **fields):
    """A message, stored as a device's delivery stores it."""
    fields = {"wanted": "lead", "name": "Kit", "reach": "ring gran", "language": "en", "audience": "AGE_8_11", **fields}
    message = new_message(uuid.uuid4(), area_id=area.pk, words=words, **fields)
    message.sent_on -= timedelta(days=days_ago)
    assert ask_for_a_person(message)
    return ContactMessage.objects.get(pk=message.pk)
