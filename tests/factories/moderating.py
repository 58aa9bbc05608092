"""Comments that wait for a moderator, as they come about: written, screened, read by a lead, and made by a sweep."""

import uuid

from feedback.accounts.roles import Role
from feedback.anonymisation.actions import sweep
from feedback.anonymisation.models import Comment
from feedback.safeguarding.actions import finish_reading
from surveys.responses.actions import Place, new_response, record
from tests.factories import asking
from tests.factories.people import staff


def says(wave, words, *, language="en", helper="alone", **answers):
    """A response with these words, stored."""
    response = new_response(
        uuid.uuid4(), wave=wave, edition=wave.edition, place=Place(wave.area_id),
        answers={"words": words, **answers}, language=language, helper=helper,
    )  # fmt: skip
    record(response)
    return response


def is_read(response):
    """A lead of the area reads it and finds nothing to act on."""
    lead = staff(f"lead-{response.area_id}", Role.SAFEGUARDING_LEAD, area=response.area)
    finish_reading(response.pk, is_worrying=False, by=lead)


def comment(wave=None, words="my worker Kelly is nice", **given):
    """A comment that waits."""
    wave = wave or asking.open_wave()
    response = says(wave, words, **given)
    sweep()
    is_read(response)
    sweep()
    return Comment.objects.get(link__response_key=response.pk)


def moderator(area, name="moderator"):
    """Somebody who moderates in an area."""
    return staff(name, Role.MODERATOR, area=area)
