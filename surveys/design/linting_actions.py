"""Letting a finding of the linter pass, with a reason that stays."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from surveys.design.composition import compose
from surveys.design.linting import Linted, linted
from surveys.design.models import SurveyPage
from surveys.design.overrides import LintOverride
from surveys.frame.policies import NotAllowed
from surveys.instrument.document import BadInstrument
from surveys.instrument.linter_rules import Severity


@transaction.atomic
def override(survey: SurveyPage, *, item: str, rule: str, wording: str, reason: str, by) -> LintOverride:
    """Says why one finding does not keep the survey from being frozen, as long as the item is worded like this.

    It counts as editing: who does it neither approves the survey nor freezes it. It is done in a draft only, so that
    the care council reads every reason before it decides.
    """
    if not by.has_perm("design.override", survey.care_council):
        raise PermissionDenied("You have no role in this area that lets you do this.")
    survey.refresh_from_db(from_queryset=SurveyPage.objects.select_for_update())
    if survey.status != SurveyPage.Status.DRAFT:
        raise NotAllowed("Others decide on this survey, or it is frozen. Go on working on it first.")
    reason = reason.replace("\0", "").strip()[:500]
    if not reason:
        raise NotAllowed("Say in a sentence why it may be asked like this. The care council reads it.")
    found = _found(survey, item, rule, wording)
    made = LintOverride.objects.create(
        survey=survey, item=item, rule=rule, wording=wording, reason=reason, by=by, on=timezone.localdate()
    )
    told = f"{item}, {found.finding.name.lower()}: {reason}"
    log(survey, "design.override", user=by, data={"reason": told, "item": item, "rule": rule, "wording": wording})
    return made


def _found(survey: SurveyPage, item: str, rule: str, wording: str) -> Linted:
    """The finding that is meant, in the last draft; refuses one that is gone, or of another wording."""
    draft = survey.get_latest_revision_as_object()
    try:
        found = linted(draft, compose(draft), Severity.MUST)
    except (BadInstrument, ValidationError) as problem:
        raise NotAllowed("This survey cannot be asked yet. Put that right first.") from problem
    for one in found:
        if (one.finding.item, one.finding.rule, one.wording) == (item, rule, wording):
            return _that_can_be_let_pass(one)
    raise NotAllowed("The question was changed since you looked, or this is no longer found in it. Look again.")


def _that_can_be_let_pass(found: Linted) -> Linted:
    if found.override:
        raise NotAllowed(f"{found.override.by} has let this pass already.")
    if not found.can_be_overridden:
        raise NotAllowed("This is a limit of the audience. Nobody can let it pass.")
    return found
