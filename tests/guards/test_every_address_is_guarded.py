"""Every address of the project and of Wagtail, walked without both factors: nothing of the desk opens."""

import uuid

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.urls.converters import IntConverter, SlugConverter, UUIDConverter
from django_otp.plugins.otp_totp.models import TOTPDevice

from feedback.accounts.roles import Role
from tests.factories.people import staff

PASSWORD = "a few words of mine"
# What one needs to sign in, and nothing else, is there before one has.
BEFORE = (
    "/desk/login/", "/desk/logout/", "/desk/password_reset/", "/desk/sign-in/", "/desk/sprite/", "/desk/jsi18n/",
)  # fmt: skip


def patterns(found, before=""):
    for one in found:
        here = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield here, one.pattern
        else:
            yield from patterns(one.url_patterns, here)


def filled_in(route, converters):
    """An address of this pattern, with something that fits in each place."""
    fits = {IntConverter: "1", UUIDConverter: str(uuid.UUID(int=1)), SlugConverter: "a"}
    for name, converter in converters.items():
        for written in (
            f"<{name}>",
            f"<str:{name}>",
            f"<int:{name}>",
            f"<slug:{name}>",
            f"<uuid:{name}>",
            f"<path:{name}>",
        ):
            route = route.replace(written, fits.get(type(converter), "a"))
    return "/" + route.replace("^", "").replace("$", "").replace("\\Z", "")


def converters_of(resolver, found=None):
    """The converters of every name used anywhere; the same name means the same kind within one address."""
    found = {} if found is None else found
    for one in resolver.url_patterns:
        for name, converter in getattr(one.pattern, "converters", {}).items():
            found.setdefault(name, converter)
        if not isinstance(one, URLPattern):
            converters_of(one, found)
    return found


def addresses():
    converters = converters_of(get_resolver())
    return sorted({filled_in(route, converters) for route, _ in patterns(get_resolver().url_patterns)})


AT_DESK = [address for address in addresses() if address.startswith("/desk/")]
GUARDED = [address for address in AT_DESK if not address.startswith(BEFORE)]


def test_there_are_addresses_to_walk():
    assert len(GUARDED) > 150
    assert len(AT_DESK) - len(GUARDED) < 18


@pytest.fixture
def half(db):
    """A browser in which a password was right, of somebody who has a second factor."""
    person = staff("lead", Role.SAFEGUARDING_LEAD)
    person.set_password(PASSWORD)
    person.save()
    TOTPDevice.objects.create(user=person, name="App")
    client = Client()
    client.post("/desk/login/", {"username": "lead", "password": PASSWORD})
    return client


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_gets_nowhere_at_the_desk(db, method):
    stranger = Client()
    for address in GUARDED:
        reply = getattr(stranger, method)(address)
        assert reply.status_code == 302, address
        assert reply["Location"].startswith("/desk/login/?next="), address


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_password_alone_gets_nowhere_at_the_desk(half, method):
    for address in GUARDED:
        reply = getattr(half, method)(address)
        assert reply.status_code == 302, address
        assert reply["Location"].startswith("/desk/sign-in/code/?next="), address


@pytest.mark.parametrize(
    "wander", ["/desk/./pages/", "/desk//pages/", "/desk/login/../pages/", "/desk/login/x", "/DESK/", "/desk"]
)
def test_no_way_of_writing_an_address_goes_round_the_guard(half, wander):
    reply = half.get(wander)
    assert reply.status_code in (301, 302, 404), wander
    assert "Location" not in reply or reply["Location"].startswith(("/desk/sign-in/", "/desk/login/", "/desk/")), wander


def test_no_interface_for_programs_goes_round_the_second_factor():
    open_to_all = {"/open-data/openapi.json"}  # says what of the open data can be read, and writes nothing
    found = {address for address in addresses() if "api" in address and not address.startswith("/desk/")}
    assert found == open_to_all
    assert "rest_framework" not in settings.INSTALLED_APPS


def test_a_preview_is_for_those_at_the_desk(half):
    previews = [address for address in GUARDED if "preview" in address]
    assert previews
    for address in previews:
        assert half.get(address).status_code == 302
