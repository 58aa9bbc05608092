"""What people do with a question of the bank: agree on its words, step by step, retire it, and take it up again."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.log_actions import log

from surveys.bank import policies
from surveys.bank.models import QuestionPage, Scale, ScaleItem
from surveys.bank.policies import LONGEST_REASON, NotAllowed
from surveys.bank.words import digest_of

Status = QuestionPage.Status


def _check_permission(by, *permissions: str) -> None:
    if not any(by.has_perm(permission) for permission in permissions):
        raise PermissionDenied("You have no role that lets you do this.")


def _lock(question: QuestionPage) -> None:
    """Two people may act at the same moment; the second sees what the first did."""
    question.refresh_from_db(from_queryset=QuestionPage.objects.select_for_update(of=("self",)))


def _move(question: QuestionPage, status: str, **fields: object) -> None:
    """Changes the state and nothing else: what the page is otherwise may be an old draft."""
    changes = {"status": status, **fields}
    QuestionPage.objects.filter(pk=question.pk).update(**changes)
    for name, value in changes.items():
        setattr(question, name, value)


@transaction.atomic
def submit(question: QuestionPage, *, by) -> None:
    """Whoever works on it says that the words are ready to be decided on."""
    _check_permission(by, "bank.submit")
    _lock(question)
    policies.check_may_move(question, Status.IN_APPROVAL)
    policies.check_may_be_submitted(question)
    _move(question, Status.IN_APPROVAL, submitted_by=by, approved_by=None)
    log(question, "bank.submit", user=by)


@transaction.atomic
def approve(question: QuestionPage, *, by) -> None:
    """A member of a care council, who did not write it, says that it can be asked like this."""
    _check_permission(by, "bank.approve")
    _lock(question)
    if question.status != Status.IN_APPROVAL or question.approved_by_id is not None:
        raise NotAllowed("This question does not wait for a care council.")
    policies.check_second_person(question, by=by)
    _move(question, Status.IN_APPROVAL, approved_by=by)
    log(question, "bank.approve", user=by)


@transaction.atomic
def confirm(question: QuestionPage, *, by) -> None:
    """A second adult confirms what a care council approved; from then on these words are asked."""
    _check_permission(by, "bank.confirm")
    _lock(question)
    policies.check_may_move(question, Status.APPROVED)
    if question.approved_by_id is None:
        raise NotAllowed("No care council has approved this question yet.")
    policies.check_second_person(question, by=by)
    before = digest_of(QuestionPage.objects.get(pk=question.pk))
    _take_over(question, by=by)
    _move(question, Status.APPROVED, approved_on=timezone.localdate())
    words = digest_of(QuestionPage.objects.get(pk=question.pk))
    if words != before:
        _translate_anew(question)
    log(question, "bank.confirm", user=by, data={"words": words})


def _translate_anew(question: QuestionPage) -> None:
    """What says the words of before in another language has to be checked again."""
    question.get_translations().update(is_checked=False)


def _take_over(question: QuestionPage, *, by) -> None:
    """Makes the last draft what the question says, as the decision it is and not as somebody's publishing."""
    revision = question.get_latest_revision()
    if revision is None or revision.pk == question.live_revision_id:
        return
    PublishPageRevisionAction(revision, user=by).execute(skip_permission_checks=True)


@transaction.atomic
def send_back(question: QuestionPage, *, reason: str, by) -> None:
    """A care council, or the second adult, says no and why; it is a draft again, and comes back only changed."""
    _check_permission(by, "bank.approve", "bank.confirm")
    _lock(question)
    policies.check_reason(reason)
    if question.status != Status.IN_APPROVAL:
        raise NotAllowed("This question does not wait for anybody.")
    _check_turn(question, by=by)
    _move(question, Status.DRAFT, submitted_by=None, approved_by=None)
    words = digest_of(policies.latest(question))
    log(question, "bank.send_back", user=by, data={"reason": _short(reason), "words": words})


def _check_turn(question: QuestionPage, *, by) -> None:
    """Whoever's turn it is says no, and not somebody else."""
    is_councils = question.approved_by_id is None
    if not by.has_perm("bank.approve" if is_councils else "bank.confirm"):
        waits_for = "a care council" if is_councils else "a second adult"
        raise NotAllowed(f"This question waits for {waits_for}.")
    policies.check_second_person(question, by=by)


@transaction.atomic
def answer_refusal(question: QuestionPage, *, reason: str, by) -> None:
    """An officer answers a no with a reason; the no stands all the same."""
    _check_permission(by, "bank.confirm")
    _lock(question)
    policies.check_reason(reason)
    if not policies.refused_words(question):
        raise NotAllowed("Nobody sent this question back, so there is nothing to answer.")
    log(question, "bank.answer_refusal", user=by, data={"reason": _short(reason)})


@transaction.atomic
def take_back(question: QuestionPage, *, by) -> None:
    """Whoever works on it goes on working on it before anybody has decided."""
    _check_permission(by, "bank.submit")
    _lock(question)
    if question.status != Status.IN_APPROVAL:
        raise NotAllowed("This question does not wait for anybody.")
    _move(question, Status.DRAFT, submitted_by=None, approved_by=None)
    log(question, "bank.take_back", user=by)


@transaction.atomic
def retire(question: QuestionPage, *, reason: str, by) -> None:
    """An officer says that it is not to be put into surveys any more, and why; editions that ask it stay."""
    _check_permission(by, "bank.retire")
    _lock(question)
    policies.check_reason(reason)
    policies.check_may_move(question, Status.RETIRED)
    _move(question, Status.RETIRED, retired_because=_short(reason))
    log(question, "bank.retire", user=by, data={"reason": _short(reason)})


@transaction.atomic
def take_up(question: QuestionPage, *, by) -> None:
    """Whoever works on questions takes a retired one up again, as a draft that has to be approved anew."""
    _check_permission(by, "bank.submit")
    _lock(question)
    if question.status != Status.RETIRED:
        raise NotAllowed("This question is not retired.")
    _move(question, Status.DRAFT, retired_because="", submitted_by=None, approved_by=None)
    log(question, "bank.take_up", user=by)


@transaction.atomic
def note_change(question: QuestionPage, *, by) -> None:
    """Puts down what the editor's form changed in the words, and why; an approved question is a draft again."""
    change, question.change = question.change, None
    if not change or not change["changed"]:
        return
    _check_permission(by, "bank.write")
    if question.status == Status.APPROVED:
        _move(question, Status.DRAFT)
    log(question, "bank.change_wording", user=by, data={**change, "revision": question.latest_revision_id})


@transaction.atomic
def save_scale(scale: Scale | None, *, codes: list[str], by, **fields: object) -> Scale:
    """Says which questions belong together, in which order, and under which licence."""
    _check_permission(by, "bank.publish")
    questions = {page.code: page for page in QuestionPage.objects.original().filter(code__in=codes)}
    policies.check_scale(list(questions.values()), codes)
    scale = scale or Scale()
    for name, value in fields.items():
        setattr(scale, name, value)
    scale.full_clean()
    scale.save()
    scale.items.all().delete()
    ScaleItem.objects.bulk_create(
        ScaleItem(scale=scale, question=questions[code], place=place) for place, code in enumerate(codes)
    )
    log(scale, "bank.save_scale", user=by, data={"questions": codes})
    return scale


def _short(reason: str) -> str:
    return reason.strip()[:LONGEST_REASON]
