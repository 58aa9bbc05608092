"""What no program can know: whether a question means the same in two editions. The care council says so."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from surveys.design.frozen import instrument_of
from surveys.design.models import Edition, SurveyPage
from surveys.design.policies import check_reason
from surveys.frame.policies import NotAllowed
from surveys.instrument.comparing import Series, compare


@transaction.atomic
def say_meaning(
    survey: SurveyPage, *, item: str, earlier: Edition, later: Edition, is_same: bool, reason: str, by
) -> None:
    """Says of a question that changed between two editions whether it means the same, and why; the last word counts.

    It stands in the survey's history. A series that broke because of its form stays broken.
    """
    if not by.has_perm("design.approve", survey):
        raise PermissionDenied("Only the care council of this survey says what its questions mean.")
    check_reason(reason)
    changes = [change for change in compare(*_instruments(survey, earlier, later)) if change.item == item]
    if not changes:
        raise NotAllowed("Nothing is different there between these two editions.")
    if any(change.series is Series.BREAKS for change in changes):
        raise NotAllowed("The form of it changed, so the series is broken whatever it means.")
    said = {"item": item, "earlier": earlier.number, "later": later.number, "is_same": is_same, "reason": reason}
    log(survey, "design.say_meaning", user=by, data=said)


def _instruments(survey: SurveyPage, *editions: Edition):
    if {edition.survey_id for edition in editions} != {survey.pk}:
        raise NotAllowed("These editions are not of this survey.")
    return [instrument_of(edition.pk) for edition in editions]
