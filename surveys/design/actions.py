"""What people do with a survey: submit it, and freeze it into an edition."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.log_actions import log

from surveys.bank.recordings import ForgottenRecording, stored_as
from surveys.design import policies
from surveys.design.composition import compose, themes_of
from surveys.design.linting import check_draft, check_nothing_stands, let_pass
from surveys.design.models import Edition, SurveyPage
from surveys.design.recordings import blank, editions_with, surveys_using
from surveys.frame.policies import NotAllowed, check_may_move
from surveys.instrument.document import Instrument, digest, write
from surveys.instrument.limits import beyond_usual
from surveys.instrument.recordings import SHA256


def _check_permission(by, permission: str, survey: SurveyPage) -> None:
    if not by.has_perm(permission, survey.care_council):
        raise PermissionDenied("You have no role in this area that lets you do this.")


def _lock(survey: SurveyPage) -> None:
    """Two people may act at the same moment; the second sees what the first did."""
    survey.refresh_from_db(from_queryset=SurveyPage.objects.select_for_update())


@transaction.atomic
def submit(survey: SurveyPage, *, by) -> None:
    """The designers say that the survey is ready to be looked at by somebody else."""
    _check_permission(by, "design.submit", survey)
    _lock(survey)
    check_may_move(survey.status, SurveyPage.Status.IN_APPROVAL, SurveyPage.TRANSITIONS)
    policies.check_was_changed_since_refusal(survey)
    check_draft(survey)
    policies.check_bank_lets_ask(survey)
    _move(survey, SurveyPage.Status.IN_APPROVAL, submitted_by=by)
    log(survey, "design.submit", user=by)


@transaction.atomic
def approve(survey: SurveyPage, *, by) -> None:
    """The care council says that it can be asked like this; a second person still has to freeze it."""
    _check_permission(by, "design.approve", survey)
    _lock(survey)
    policies.check_may_approve(survey, by=by)
    check_draft(survey)
    survey.approved_by = by
    survey.save(update_fields=["approved_by"])
    log(survey, "design.approve", user=by)


@transaction.atomic
def refuse(survey: SurveyPage, *, reason: str, by) -> None:
    """The care council, or the second person, sends it back and says why; it is a draft again."""
    if not any(by.has_perm(permission, survey.care_council) for permission in ("design.approve", "design.freeze")):
        raise PermissionDenied("You have no role in this area that lets you do this.")
    _lock(survey)
    policies.check_reason(reason)
    if survey.status != SurveyPage.Status.IN_APPROVAL:
        raise NotAllowed("This survey does not wait for anybody.")
    _move(survey, SurveyPage.Status.DRAFT)
    refused = {"reason": reason.strip()[:500], "wording": policies.wording_of(survey)}
    log(survey, "design.refuse", user=by, data=refused)


@transaction.atomic
def answer_refusal(survey: SurveyPage, *, answer: str, by) -> None:
    """Whoever wrote it says why it was worded so; the refusal stands, and the wording still has to change."""
    _check_permission(by, "design.submit", survey)
    _lock(survey)
    policies.check_reason(answer)
    policies.check_awaits_an_answer(survey)
    log(survey, "design.answer", user=by, data={"reason": answer.strip()[:500]})


@transaction.atomic
def freeze(survey: SurveyPage, *, by) -> Edition:
    """A second person freezes what the council approved; unchanged content gives the edition that is already there."""
    _check_permission(by, "design.freeze", survey)
    _lock(survey)
    check_may_move(survey.status, SurveyPage.Status.FROZEN, SurveyPage.TRANSITIONS)
    policies.check_council_approved(survey)
    policies.check_second_person(survey, by=by)
    _take_over(survey, by=by)
    instrument = _checked(survey)
    edition = store_edition(survey, write(instrument), by=by)
    survey.status = SurveyPage.Status.FROZEN
    survey.save(update_fields=["status"])
    # What was passed over is on record, so that whoever reads the answers can weigh them.
    passed_over = {"unusual": beyond_usual(instrument), "let_pass": let_pass(survey, instrument)}
    log(survey, "design.freeze", user=by, data={"edition": edition.number, **passed_over})
    return edition


def _checked(survey: SurveyPage) -> Instrument:
    policies.check_is_asked_here(survey)
    policies.check_bank_lets_ask(survey)
    policies.check_lundy(survey)
    instrument = compose(survey)
    policies.check_promise(instrument)
    policies.check_within_limits(instrument, themes_of(survey))
    check_nothing_stands(survey, instrument)
    policies.check_series(instrument)
    return instrument


def _take_over(survey: SurveyPage, *, by) -> None:
    """Makes the last draft what the survey says; the only way in which it is ever published."""
    revision = survey.get_latest_revision()
    if revision is None or revision.pk == survey.live_revision_id:
        return
    PublishPageRevisionAction(revision, user=by).execute(skip_permission_checks=True)
    survey.refresh_from_db()
    # What belongs to a page is kept beside it in memory, and would be what it was before.
    survey.__dict__.pop("_cluster_related_objects", None)


def _move(survey: SurveyPage, status: str, *, submitted_by=None) -> None:
    survey.status, survey.submitted_by, survey.approved_by = status, submitted_by, None
    survey.save(update_fields=["status", "submitted_by", "approved_by"])


@transaction.atomic
def reopen(survey: SurveyPage, *, by) -> None:
    """The designers go on working; editions frozen so far stay as they are."""
    _check_permission(by, "design.submit", survey)
    _lock(survey)
    check_may_move(survey.status, SurveyPage.Status.DRAFT, SurveyPage.TRANSITIONS)
    _move(survey, SurveyPage.Status.DRAFT)
    log(survey, "design.reopen", user=by)


def store_edition(survey: SurveyPage, document: dict, *, by) -> Edition:
    """The edition of this content: the one that is there, or the next number."""
    content = digest(document)
    if existing := survey.editions.filter(digest=content).first():
        return existing
    number = survey.editions.count() + 1
    return Edition.objects.create(
        survey=survey,
        number=number,
        document=document,
        digest=content,
        frozen_on=timezone.localdate(),
        frozen_by=by,
    )


@transaction.atomic
def forget_recording(sha256: str, *, by) -> list[Edition]:
    """Whoever spoke takes their voice back: it goes, although editions name it. Says which editions those are."""
    if not by.has_perm("design.freeze"):
        raise PermissionDenied("You have no role that lets you do this.")
    name = stored_as(sha256)
    if not SHA256.match(sha256) or not default_storage.exists(name):
        raise FileNotFoundError("There is no recording of this hash.")
    surveys = surveys_using(sha256)
    _check_may_forget(surveys, by=by)
    blank(sha256)
    ForgottenRecording.objects.get_or_create(sha256=sha256)
    for survey in surveys:
        log(survey, "design.forget_recording", user=by)
    transaction.on_commit(lambda: default_storage.delete(name))
    return editions_with(sha256)


def _check_may_forget(surveys: list[SurveyPage], *, by) -> None:
    """A role in one area does not reach into the surveys of another, although they share the bank."""
    for council in {survey.care_council for survey in surveys}:
        if not by.has_perm("design.freeze", council):
            raise PermissionDenied(f"Surveys of {council} use it, and you have no role there that lets you do this.")
