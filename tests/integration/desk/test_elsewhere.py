"""Every address of ours that is about something, with something of another area: it opens for nobody from here.

So that this says something, each opens for somebody from there.
"""

import copy

import pytest
from django.urls import NoReverseMatch, reverse

from feedback.accounts.roles import Role
from surveys.fieldwork.models import OpenLink
from tests.factories import (
    answering,
    asking,
    blocking,
    contacting,
    hearing,
    inspecting,
    measuring,
    moderating,
    occasions,
    promising,
    reporting,
)
from tests.factories.people import at_desk, staff
from tests.integration.desk.test_every_address import ADDRESSES, Place

pytestmark = pytest.mark.django_db
# They belong to every area alike, or to none.
SHARED = {"desk:question", "desk:scale", "desk:family_scale", "desk:shared_finding", "desk:shared_finding_cite"}
OF_AREAS = (
    "desk:area", "desk:counts", "desk:promise_new", "desk:child_questions_find", "desk:blockage_name", "desk:blocks_of",
    "desk:themes_of", "desk:new_measure", "desk:settings_of", "desk:rota", "desk:talk_write", "desk:told_talk",
)  # fmt: skip
OF_RELEASES = (
    "desk:release", "desk:interpreting", "desk:figures", "desk:sources", "desk:release_preview", "desk:intruder_test",
    "desk:release_quotes", "desk:attack_release", "pages_desk:release_preview", "desk:shared_finding_write",
)  # fmt: skip
# They take forms only, or show something in a state that this place is not in; they are tried from here all the same.
NO_PAGE = {
    "desk:cards", "desk:occasion_cards", "desk:paper_key", "desk:paper_settle", "desk:promise_step", "desk:code_ask",
     "desk:attack_release", "desk:shared_finding_write",
    "pages_desk:release_preview_question",
}  # fmt: skip
# Their number is of something that no place here has; rooms of their own try these with what they are about.
NOT_MADE = {"desk:family_paper"}
MEASURED = {
    "name": "Is listened to", "kind": "process", "voice": "child", "theme": "listened", "framework_theme": "plans",
    "questions": {"listened": ["yes", "sometimes"]}, "audiences": ["AGE_8_11"], "ask": ["What?", "Who?", "Why?"],
    "good_news_if": "Children can say what came of it.", "bad_news_if": "Nothing comes of it.",
}  # fmt: skip
CLOSED = {302, 403, 404, 405}


@pytest.fixture(scope="module")
def places(built_once):
    return built_once(lambda: [Place("here"), full_place("there")])


@pytest.fixture
def here(places):
    return copy.deepcopy(places[0])


@pytest.fixture
def there(places):
    return copy.deepcopy(places[1])


def full_place(name):
    """A place in which there is something to find at nearly every address."""
    place = Place(name)
    area = place.area
    place.promise = promising.promised(area)
    place.blockage = blocking.published(area)
    place.named = blocking.named(area, words="Another thing.")
    place.pack = occasions.pack(area)
    place.message = contacting.asks_for_a_person(area)
    place.response = answering.arrives(place.wave, "what nobody elsewhere reads")
    place.comment = moderating.comment(asking.open_wave(of=area))
    place.person = staff("of-there", Role.MODERATOR, area=area)
    place.measure = measuring.proposed_measure(area, "of-there", **MEASURED)
    # An inspection lets one person in.
    place.grant = inspecting.granted(area, of=staff(f"{Role.INSPECTOR}-of-there", Role.INSPECTOR, area=area))
    place.report = reporting.report(place.home)
    reporting.send(place.report)
    place.link = OpenLink.objects.create(wave=place.wave, place="Library", area=area)
    place.heard = hearing.conversation(of=area)
    return place


def numbers(place):
    """Which number of an address is about what."""
    return {
        "desk:promise": place.promise.pk, "desk:blockage": place.blockage.pk, "desk:occasion": place.pack.pk,
        "desk:account": place.person.pk, "desk:measure": place.measure.pk, "desk:inspection": place.grant.pk,
        "desk:annual_report": place.report.pk, "pages_desk:report_preview": place.report.pk,
    }  # fmt: skip


def keys(place):
    """Which key of an address is about what."""
    return {
        "desk:concern": place.concern.pk, "desk:contact": place.message.pk, "desk:code_ask": place.concern.pk,
        "desk:text": place.response.pk, "desk:blockage_named": place.named.pk, "desk:comment": place.comment.pk,
        "desk:workbench_screen": "a",
    }  # fmt: skip


def begins(name, among):
    return max((one for one in among if name.startswith(one)), key=len, default="")


def about(place, name, parameters):
    """The parts of an address that is about something of a place; nothing where we have made no such thing."""
    number = numbers(place).get(begins(name, numbers(place)), place.survey.pk)
    code = place.heard.code if name == "desk:hearers" else place.wave.code
    if name in OF_AREAS:
        code = place.area.code
    elif name.startswith(OF_RELEASES):
        code = place.release.code
    values = {
        "number": number, "pk": number, "code": code, "key": keys(place).get(name), "size": "phone",
        "language": "pl" if name in {"desk:translation", "desk:catalogue"} else "en",
        "question": "listened", "step": "kept",
    }  # fmt: skip
    found = {one: values.get(one) for one in parameters}
    return found if all(value is not None for value in found.values()) else None


def addresses_of(place):
    for name, parameters in ADDRESSES:
        if not parameters or not name.startswith(("desk:", "pages_desk:")) or name in SHARED:
            continue
        parts = about(place, name, parameters)
        if parts is None:
            continue
        try:
            yield name, reverse(name, kwargs=parts) + (f"?link={place.link.code}" if name == "desk:slips" else "")
        except NoReverseMatch:
            continue


@pytest.mark.slow
@pytest.mark.parametrize("role", list(Role))
def test_nothing_of_another_area_opens_for_anybody_from_here(client, here, there, role):
    at_desk(client, staff("somebody", role, area=here.area))
    opened = []
    for _, address in addresses_of(there):
        for method in ("get", "post", "put", "patch", "delete"):
            status = getattr(client, method)(address).status_code
            opened += [] if status in CLOSED else [(method, address, status)]
    assert opened == []


@pytest.mark.slow
def test_each_opens_for_somebody_from_there(client, there):
    left = dict(addresses_of(there))
    for role in Role:
        at_desk(client, staff(f"{role}-of-there", role, area=there.area))
        left = {name: address for name, address in left.items() if client.get(address).status_code != 200}
    assert set(left) == NO_PAGE | NOT_MADE
