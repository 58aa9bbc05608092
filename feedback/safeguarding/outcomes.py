"""What becomes of a worry, and what has to be said with each outcome."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from feedback.safeguarding.concern_steps import readable
from feedback.safeguarding.models import Concern
from surveys.frame.policies import NotAllowed

Outcome = Concern.Outcome
CLOSING = (Outcome.NO_ACTION, Outcome.ADVICE, Outcome.NOT_IDENTIFIED)
# What the words beside each outcome have to say.
MISSING = {
    Outcome.NO_ACTION: "Say in a sentence what was decided and why.",
    Outcome.ADVICE: "Say which advice was given, and to whom.",
    Outcome.REFERRAL: "Say in a sentence what was decided and why.",
    Outcome.NOT_IDENTIFIED: "Say what was tried to find out who it is.",
}


@dataclass(frozen=True)
class Finding:
    """What a lead says when they finish a worry: the outcome, why, and of a referral where to and when."""

    outcome: str
    reason: str
    place: str = ""
    on: date | None = None


def checked(finding: Finding, concern: Concern, *, today: date) -> dict[str, object]:
    """The fields of the finishing step; refuses a finding that does not say enough."""
    outcome = Outcome(finding.outcome)
    said: dict[str, object] = {"outcome": outcome, "reason": readable(finding.reason, missing=MISSING[outcome])}
    if outcome is Outcome.REFERRAL:
        said["place"] = readable(finding.place, missing="Say where it was referred to.")
        said["referred_on"] = _referred_on(finding.on, concern, today)
    return said


def _referred_on(day: date | None, concern: Concern, today: date) -> date:
    if day is None:
        raise NotAllowed("Say on which day it was referred.")
    if day > today:
        raise NotAllowed("The day of the referral is in the future. Say it once it is done.")
    if day < concern.raised_on:
        raise NotAllowed(f"It was noticed on {concern.raised_on:%-d %B %Y}, so it cannot have been referred before.")
    return day
