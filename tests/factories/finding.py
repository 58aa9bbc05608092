"""A published release of an area, findings that rest on it, and people who write and check them."""

from feedback.accounts.roles import Role
from feedback.findings.actions import cite, propose_finding, publish_finding, start_kinds, write_finding
from feedback.findings.models import FindingKind
from feedback.releases import actions
from tests.factories import asking
from tests.factories.listening import analyst, checker, coded
from tests.factories.people import staff
from tests.integration.releases.releasing import Q1


def published_release(area=None, *, n=40):
    """The first quarter of an area, published."""
    area = area or asking.area("north")
    coded(asking.edition(of=area), area, quarter="2025Q1", n=n)
    (made,) = actions.release_through(Q1, area=area, proposed_by=analyst(), approved_by=checker())
    return made


def overseer():
    """Who keeps the kinds."""
    return staff("overseer", Role.NATIONAL_OVERSEER)


def kind(code="no-time-alone"):
    """A kind of the list we begin with."""
    start_kinds(by=overseer())
    return FindingKind.objects.offered().get(code=code)


def drafted(area, **words):
    """A finding that rests on nothing yet."""
    given = {"kind": kind(), "title": "Little time alone", "description": "Children told us so.", **words}
    return write_finding(area, **given, by=analyst())


def proposed(release, **words):
    """A finding that rests on a question of this release and waits for a second person."""
    made = drafted(release.area, **words)
    cite(made, release, questions=["listened"], by=analyst())
    propose_finding(made, by=analyst())
    return made


def published(release, **words):
    """The same, published."""
    made = proposed(release, **words)
    publish_finding(made, by=checker())
    return made
