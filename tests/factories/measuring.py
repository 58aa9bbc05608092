"""Measures as two people make them."""

from feedback.releases.measure_actions import make_measure
from feedback.releases.measure_approval_actions import approve_measure
from tests.factories.listening import analyst, checker


def approved(measure, *, by=None):
    """A second person read what is proposed now, and approves it."""
    measure.refresh_from_db()
    approve_measure(measure, seen=measure.step(), by=by or checker())
    return measure


def proposed_measure(area, code, *, by=None, **fields):
    """A measure that waits for a second person."""
    return make_measure(area, code, by=by or analyst(), **fields)


def a_made_measure(area, code, **fields):
    """A measure that everybody reads."""
    return approved(proposed_measure(area, code, **fields))
