"""When a survey may be frozen."""

from __future__ import annotations

from collections.abc import Mapping

from surveys.design.models import Edition, SurveyKind, SurveyPage
from surveys.frame.policies import NotAllowed
from surveys.instrument.document import Instrument, write_rule
from surveys.instrument.limits import beyond_limits, use_problems

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


def check_is_asked_here(survey: SurveyPage) -> None:
    """Refuses to freeze by hand what says that it was asked elsewhere: such a survey comes with its answers."""
    if survey.kind == SurveyKind.IMPORTED:
        raise NotAllowed(
            "A survey that was asked elsewhere is loaded from its codebook. Choose another kind for this one."
        )


def check_use(instrument: Instrument) -> None:
    """Refuses a survey, asked here or elsewhere, of those who are talked with and never measured."""
    for problem in use_problems(instrument):
        raise NotAllowed(problem)


def check_within_limits(instrument: Instrument, themes: Mapping[str, str]) -> None:
    """Refuses what this audience cannot be asked, or not in this way; `themes` is what each question is about."""
    for problem in beyond_limits(instrument, themes):
        raise NotAllowed(problem)


def check_series(instrument: Instrument) -> None:
    """Refuses that a code asked elsewhere is asked here in another form, or after other answers: it is another base."""
    asked = {item.code: item for item in instrument.items}
    for edition in Edition.objects.all():
        for item in edition.document["items"]:
            here = asked.get(item["code"])
            if here and (here.kind != item["kind"] or write_rule(here.rule) != item["rule"]):
                raise NotAllowed(
                    f"{here.code} is asked in another way in {edition}. Give the question a code of its own."
                )


def check_second_person(survey: SurveyPage, *, by) -> None:
    """Refuses that somebody freezes what they submitted themselves."""
    if survey.submitted_by_id == by.pk:
        raise NotAllowed("You submitted this survey, so someone else must freeze it.")
