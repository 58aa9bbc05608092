"""Worries of children who were promised to be found only if they are not safe."""

import uuid
from datetime import timedelta

from django.utils import timezone

from feedback.accounts.roles import Role
from feedback.anonymisation.actions import sweep
from feedback.safeguarding.actions import read_concern
from feedback.safeguarding.code_actions import agree_to_code, ask_for_code
from feedback.safeguarding.models import Concern
from surveys.answering.ways_in import way_in
from surveys.fieldwork.actions import invite
from surveys.instrument.promises import IF_NOT_SAFE, TERMS
from surveys.responses.actions import new_response, record
from tests.factories import asking
from tests.factories.answering import WORRY
from tests.factories.people import staff


def coded_wave(of=None):
    """An open wave under the promise only if you are not safe."""
    of = of or asking.area()
    return asking.open_wave(edition=asking.edition(of=of, promise=IF_NOT_SAFE, terms=TERMS), of=of)


def answered_with_card(wave, words=WORRY, key=None):
    """A response that came with a card; gives it back with the card's code."""
    (code,) = invite(
        wave, cards=1, area=wave.area, expires_on=timezone.localdate() + timedelta(days=9),
        by=staff("printer", Role.PARTICIPATION_OFFICER),
    )  # fmt: skip
    found = way_in(wave, code, IF_NOT_SAFE)
    response = new_response(
        key or uuid.uuid4(), wave=wave, edition=wave.edition, place=found.place, answers={"words": words},
        language="en", helper="alone",
    )  # fmt: skip
    record(response, way=found.way, card=found.card, serial=found.serial)
    return response, code


def two_leads(area):
    """Two safeguarding leads of an area, each with an address."""
    people = [staff(f"{name}-{area.code}", Role.SAFEGUARDING_LEAD, area=area) for name in ("one", "two")]
    for person in people:
        person.email = f"{person.username}@example.org"
        person.save()
    return people


def worry(wave, *, read_by, words=WORRY):
    """A concern about a response that came with a card, read by a lead; with the response and the card's code."""
    response, code = answered_with_card(wave, words)
    sweep()
    concern = Concern.objects.get(response_key=response.pk)
    read_concern(concern, by=read_by)
    return concern, response, code


def agreed(concern, one, two):
    """An opening that the second has agreed to."""
    opening = ask_for_code(concern, reason="They write that they are hit.", by=one)
    agree_to_code(opening, reason="I read it and agree.", by=two)
    return opening
