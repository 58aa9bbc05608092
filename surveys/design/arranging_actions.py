"""What people do to a draft on the workbench."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from surveys.design import policies
from surveys.design.arranging import Change
from surveys.design.models import SurveyPage
from surveys.frame.policies import NotAllowed

CHANGED_MEANWHILE = (
    "Somebody changed this survey while you had it open, or you pressed twice. It is shown as it is now; nothing of "
    "theirs is lost. Look at it, and do it again if it is still to be done."
)


@transaction.atomic
def arrange(survey: SurveyPage, change: Change, *, made_on: int, by) -> None:
    """Changes the draft as somebody had it before them; `made_on` is the id of the revision they saw, 0 for none."""
    if not by.has_perm("design.write", survey):
        raise PermissionDenied("You have no role in this area that lets you do this.")
    survey.refresh_from_db(from_queryset=SurveyPage.objects.select_for_update())
    policies.check_may_be_edited(survey, by=by)
    if made_on != (survey.latest_revision_id or 0):
        raise NotAllowed(CHANGED_MEANWHILE)
    draft = survey.get_latest_revision_as_object()
    change.apply(draft)
    revision = draft.save_revision(user=by, clean=False)
    log(survey, "design.arrange", user=by, revision=revision, data={"what": change.what})
    survey.refresh_from_db()
