"""What of a measure waits for a second person, and how they decide on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from cms.desk.measure_forms import MeasureForm, shown
from cms.desk.trying import attempt
from feedback.releases.measure import Measure
from feedback.releases.measure_approval_actions import APPROVE, approve_measure, return_measure

DECISIONS = {"approve": "Approved. Everybody reads it so with the next look at a release.", "return": "Sent back."}
MOST_DIGITS = 18


@dataclass(frozen=True)
class Change:
    """One thing that would be other than everybody reads it now."""

    label: str
    now: str
    then: str


def waiting_of(request: HttpRequest, measure: Measure) -> dict[str, Any]:
    """What waits of a measure, who proposed it, and whether this person decides on it."""
    waits = measure.status == Measure.Status.PROPOSED and not measure.is_retired
    last = measure.states.select_related("by").last()
    return {
        "waits": waits,
        "proposed": measure.as_proposed(),
        "sent_back": last if measure.status == Measure.Status.RETURNED else None,
        "states": measure.states.select_related("by"),
        "changes": list(_changes(measure)),
        "seen": measure.step(),
        "decides": waits and request.user.has_perm(APPROVE, measure) and request.user.pk not in measure.proposers(),
        "is_own": waits and request.user.pk in measure.proposers(),
    }


def _changes(measure: Measure) -> Iterator[Change]:
    now, then = shown(measure), shown(measure.as_proposed())
    for name, field in MeasureForm.base_fields.items():
        if now.get(name) != then.get(name):
            label = field.label or name.replace("_", " ")
            yield Change(label, _in_words(field, now.get(name)), _in_words(field, then.get(name)))


def _in_words(field: Any, value: Any) -> str:
    named = dict(getattr(field, "choices", ()) or ())
    some = value if isinstance(value, list) else [value]
    return ", ".join(str(named.get(one, one)) for one in some if one)


def decide(request: HttpRequest, measure: Measure) -> None:
    """Approves what was read, or sends it back; of what was changed meanwhile nothing is decided."""
    sent = request.POST.get("seen", "")
    seen = int(sent) if sent.isdecimal() and len(sent) <= MOST_DIGITS else -1
    step, by = request.POST["step"], request.user
    if step == "approve":
        attempt(request, DECISIONS[step], lambda: approve_measure(measure, seen=seen, by=by))
    else:
        reason = request.POST.get("reason", "")
        attempt(request, DECISIONS[step], lambda: return_measure(measure, reason=reason, seen=seen, by=by))
