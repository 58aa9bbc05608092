"""When a survey may be frozen."""

from __future__ import annotations

from surveys.design.models import SurveyPage
from surveys.frame.policies import NotAllowed
from surveys.instrument.document import Instrument
from surveys.instrument.wording import beyond_limits

LUNDY = {
    "space": "how it is safe and free to take part (space)",
    "voice": "how respondents are helped to say it (voice)",
    "decision_maker": "the person with power who listens (audience)",
    "report_back_on": "the date to report back (influence)",
}


def check_lundy(survey: SurveyPage) -> None:
    """Refuses a survey that nobody with power has promised to listen to and answer."""
    for field, meaning in LUNDY.items():
        if not getattr(survey, field):
            raise NotAllowed(f"Say {meaning} before the survey can be frozen.")


def check_within_limits(instrument: Instrument) -> None:
    """Refuses more items, options or words than this audience can be asked."""
    for problem in beyond_limits(instrument):
        raise NotAllowed(problem)


def check_second_person(survey: SurveyPage, *, by) -> None:
    """Refuses that somebody freezes what they submitted themselves."""
    if survey.submitted_by_id == by.pk:
        raise NotAllowed("You submitted this survey, so someone else must freeze it.")
