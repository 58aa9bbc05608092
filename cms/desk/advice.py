"""What the desk says about a survey when it is saved: what would be refused later, and what is worth another look."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from wagtail.models import Locale, Page

from surveys.design.composition import compose, themes_of
from surveys.design.linting import linted
from surveys.design.models import SurveyPage
from surveys.design.policies import unkept_promises
from surveys.instrument.document import BadInstrument
from surveys.instrument.limits import beyond_limits, beyond_usual
from surveys.instrument.linter_rules import Severity


def advise(request: HttpRequest, page: Page) -> None:
    """Says it above the page, where it can be read and passed over; the page is saved in any case."""
    # What is asked is decided in English; the other languages only say it.
    if not isinstance(page, SurveyPage) or page.locale_id != Locale.get_default().pk:
        return
    refused, unusual = about(page)
    for sentence in refused:
        messages.warning(request, f"It cannot be frozen like this: {sentence}")
    for sentence in unusual:
        messages.info(request, f"Worth another look: {sentence}")


def about(survey: SurveyPage, *, with_drafts: bool = False) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What would be refused when the survey is frozen, and what is allowed but unusual for its audience.

    Of what the linter finds, only what has to change; all of it stands on the survey's own page at the desk.
    """
    try:
        instrument = compose(survey, with_drafts=with_drafts)
    except BadInstrument as problem:
        return (str(problem),), ()
    except ValidationError as problem:
        return tuple(problem.messages), ()
    judged = [one.finding for one in linted(survey, instrument, Severity.MUST) if one.can_be_overridden]
    musts = tuple(f"{finding.item}: {finding.what} {finding.suggestion}" for finding in judged)
    refused = (*unkept_promises(instrument), *beyond_limits(instrument, themes_of(survey)), *musts)
    return refused, beyond_usual(instrument)
