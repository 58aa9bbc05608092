"""Conversations in which whoever answers chooses who hears them."""

import uuid

from feedback.accounts.roles import Role
from feedback.safeguarding.actions import screen_waiting
from surveys.fieldwork.hearer_actions import name_hearer
from surveys.instrument.promises import MY_PERSON, TERMS
from surveys.instrument.wording import Audience
from surveys.responses.actions import Place, new_response, record
from tests.factories import asking
from tests.factories.people import staff


def conversation(*items, of=None, audience=Audience.AGE_12_17, **fields):
    """An open wave under *my person*, of which nobody is named yet."""
    of = of or asking.area()
    about = {"promise": MY_PERSON, "terms": TERMS, "kind": "conversation", "audience": audience}
    return asking.open_wave(edition=asking.edition(*items, of=of, **about, **fields), of=of)


def worker(wave, username="worker"):
    """Somebody who works with children in the wave's area."""
    return staff(username, Role.PRACTITIONER, area=wave.area)


def officer(wave):
    """Who names them."""
    return staff("namer", Role.PARTICIPATION_OFFICER, area=wave.area)


def named(wave, person, category="social_worker"):
    """This person, named for a wave."""
    return name_hearer(wave, category=category, person=person, by=officer(wave))


def says(wave, words, *hearers, screened=True, **answers):
    """A response whose respondent chose these to be heard by, stored as a device's delivery stores it."""
    response = new_response(
        uuid.uuid4(), wave=wave, edition=wave.edition, place=Place(wave.area_id), answers={"words": words, **answers},
        language="en", helper="alone",
    )  # fmt: skip
    record(response, hearers=[one.pk for one in hearers])
    if screened:
        screen_waiting()
    return response
