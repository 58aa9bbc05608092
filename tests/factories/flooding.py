"""Many answers at once by an open link."""

import uuid
from datetime import timedelta

from django.utils import timezone

from feedback.accounts.roles import Role
from feedback.anonymisation.actions import sweep
from feedback.anonymisation.floods import Flood
from feedback.anonymisation.models import CodedResponse
from surveys.fieldwork.models import Invitation
from surveys.fieldwork.open_days import OpenDay
from surveys.instrument.promises import Way
from surveys.responses.actions import Place, new_response, record
from surveys.responses.models import Response
from tests.factories.people import staff


def answers(wave, many, *, on=None, way=Way.ADDRESS, given=None, place=None):
    """So many answers that came to a wave on a day, as a device's delivery stores each."""
    found = []
    for _ in range(many):
        response = new_response(
            uuid.uuid4(), wave=wave, edition=wave.edition, place=place or Place(wave.area_id),
            answers=given or {"listened": "yes"}, language="en", helper="alone", on=on,
        )  # fmt: skip
        card = _card(wave) if way is Way.CARD else None
        record(response, way=way, card=card)
        found.append(response)
    return found


def _card(wave):
    return Invitation.objects.create(
        wave=wave, sheet=uuid.uuid4(), code_digest=uuid.uuid4().bytes * 2, area=wave.area,
        expires_on=timezone.localdate() + timedelta(days=9),
    )  # fmt: skip


def yesterday():
    return timezone.localdate() - timedelta(days=1)


def flood(wave, *, at_least=410, day=None, **fields):
    """A day on which somebody noticed more than is plausible."""
    told = {"why": "one_day", "at_least": at_least, "noticed_on": timezone.localdate(), **fields}
    return Flood.objects.create(wave=wave, day=day or yesterday(), **told)


def officer(area, name="officer"):
    return staff(name, Role.PARTICIPATION_OFFICER, area=area)


def second(area, name="second-officer"):
    return staff(name, Role.PARTICIPATION_OFFICER, area=area)


def days_before(wave, *many):
    """So many came on each of the days before yesterday."""
    today = timezone.localdate()
    for back, answered in enumerate(many, start=2):
        OpenDay.objects.create(wave=wave, day=today - timedelta(days=back), answered=answered, is_looked_at=True)


def flooded(wave, many=45, *, on=None):
    """A wave that usually gets a few, on a day on which many came."""
    days_before(wave, 2, 3, 4)
    found = answers(wave, many, on=on or yesterday())
    sweep()
    return found


def statuses(responses):
    """What has become of responses."""
    return set(Response.objects.filter(pk__in=[one.pk for one in responses]).values_list("status", flat=True))


def counted(wave):
    """How many are in the figures of the area of a wave."""
    return CodedResponse.objects.counted().filter(area=wave.area).count()
