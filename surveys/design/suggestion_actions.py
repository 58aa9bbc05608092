"""What people say about the words of a draft: suggest others, vote on them, decide, put them in; and remark."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.log_actions import log

from surveys.bank.actions import note_change
from surveys.bank.models import QuestionPage
from surveys.bank.words import changed, how_it_asks
from surveys.design.bench import Row, row_of
from surveys.design.models import SurveyPage
from surveys.design.policies import check_reason
from surveys.design.workbench import LONGEST_WORDING, LONGEST_WORDS, Remark, Suggestion, Vote
from surveys.frame.policies import NotAllowed, check_may_move

# Where nobody gave a reason, the history of the question says this.
ACCEPTED = "Other words were suggested for it, and a care council accepted them."


def _check_permission(by, permission: str, thing) -> None:
    if not by.has_perm(permission, thing):
        raise PermissionDenied("You have no role in this area that lets you do this.")


def _said(text: str, *, longest: int = LONGEST_WORDS, empty: str = "") -> str:
    """What somebody said, as it is kept; `empty` is what they are told who said nothing, where something is needed."""
    said = text.replace("\0", "").strip()
    if empty and not said:
        raise NotAllowed(empty)
    if len(said) > longest:
        raise NotAllowed(f"This is too long: {longest} letters are the most.")
    return said


def _lock(suggestion: Suggestion) -> None:
    """Two people may decide at the same moment; the second sees what the first did."""
    suggestion.refresh_from_db(from_queryset=Suggestion.objects.select_for_update())


def _asked(survey: SurveyPage, screen: str) -> Row:
    """The screen somebody speaks of, as the draft has it now."""
    row = row_of(survey.get_latest_revision_as_object(), screen)
    if row is None:
        raise NotAllowed("This screen is not in the survey any more. Look at the survey as it is now.")
    return row


@transaction.atomic
def suggest(survey: SurveyPage, screen: str, *, text: str, reason: str, by) -> Suggestion:
    """Proposes other words for a question; who does not decide for the care council says why."""
    _check_permission(by, "design.write", survey)
    survey.refresh_from_db(from_queryset=SurveyPage.objects.select_for_update())
    row = _asked(survey, screen)
    if row.question is None:
        raise NotAllowed("The words of a screen of information are changed where they stand.")
    words = _said(text, longest=LONGEST_WORDING, empty="Write the other words that you suggest.")
    is_of_the_council = by.has_perm("design.approve", survey)
    why = _said(reason, empty="" if is_of_the_council else "Say why, so that the care council can weigh it.")
    _check_is_new(survey, row, words)
    made = Suggestion.objects.create(
        survey=survey, question_id=row.question.pk, audience=survey.get_latest_revision_as_object().audience,
        instead_of=row.words, text=words, reason=why, made_by=by, made_on=timezone.localdate(),
    )  # fmt: skip
    log(made, "design.suggest", user=by, title=row.code)
    return made


def _check_is_new(survey: SurveyPage, row: Row, words: str) -> None:
    if words == row.words:
        raise NotAllowed("These are the words it has.")
    open_ones = survey.suggestions.filter(question__code=row.code, status=Suggestion.Status.OPEN)
    if open_ones.filter(text=words).exists():
        raise NotAllowed("Somebody suggested these words already. Vote on them below.")


@transaction.atomic
def vote(suggestion: Suggestion, *, stance: str, reason: str = "", by) -> Vote:
    """Says what somebody thinks of a suggestion; each has one vote, and may change it until it is decided."""
    _check_permission(by, "design.write", suggestion.survey)
    _lock(suggestion)
    if suggestion.status != Suggestion.Status.OPEN:
        raise NotAllowed("This suggestion has been decided on already.")
    if stance not in Vote.Stance.values:
        raise NotAllowed("Choose one of: agree, not sure, against.")
    cast, _ = Vote.objects.update_or_create(
        suggestion=suggestion, voter=by, defaults={"stance": stance, "reason": _said(reason)}
    )
    log(cast, "design.vote", user=by, title=suggestion.question.code)
    return cast


@transaction.atomic
def decide(suggestion: Suggestion, *, accepted: bool, answer: str, by) -> None:
    """The care council takes other words, or not, and says why not; nobody decides on their own."""
    _check_permission(by, "design.approve", suggestion.survey)
    _lock(suggestion)
    status = Suggestion.Status.ACCEPTED if accepted else Suggestion.Status.REFUSED
    check_may_move(suggestion.status, status, Suggestion.TRANSITIONS)
    if suggestion.made_by_id == by.pk:
        raise NotAllowed("You suggested this, so somebody else in the care council decides on it.")
    said = _said(answer)
    if not accepted:
        check_reason(said)
    suggestion.status, suggestion.answer, suggestion.decided_by = status, said, by
    suggestion.decided_on = timezone.localdate()
    suggestion.save()
    log(suggestion, "design.decide_suggestion", user=by, title=suggestion.question.code, data={"status": status})


@transaction.atomic
def put_in(suggestion: Suggestion, *, by) -> None:
    """Writes accepted words into the bank's draft of the question; an officer publishes it there."""
    _check_permission(by, "design.write", suggestion.survey)
    _check_permission(by, "bank.write", suggestion.question)
    _lock(suggestion)
    check_may_move(suggestion.status, Suggestion.Status.PUT_IN, Suggestion.TRANSITIONS)
    question = QuestionPage.objects.select_for_update().get(pk=suggestion.question_id)
    lock = question.get_lock()
    if lock and lock.for_user(by):
        raise NotAllowed(strip_tags(str(lock.get_message(by))))
    draft = question.get_latest_revision_as_object()
    before = how_it_asks(draft)
    _reword(draft, suggestion)
    draft.save_revision(user=by, log_action=True)
    draft.change = {"changed": changed(before, how_it_asks(draft)), "reason": suggestion.reason or ACCEPTED}
    note_change(draft, by=by)
    suggestion.status = Suggestion.Status.PUT_IN
    suggestion.save()
    log(suggestion, "design.put_in", user=by, title=question.code)


def _reword(draft: QuestionPage, suggestion: Suggestion) -> None:
    wordings = list(draft.wordings.all())
    found = next((wording for wording in wordings if wording.audience == suggestion.audience), None)
    if found is None:
        raise NotAllowed("The question has no words for this audience in the bank any more. Word it there.")
    if found.text not in {suggestion.instead_of, suggestion.text}:
        raise NotAllowed(
            f"The bank’s draft says “{found.text}” by now, which is not what these words were suggested for. "
            "Suggest them again if they are still better."
        )
    found.text = suggestion.text
    # A recording is used only beside the words it was put beside.
    found.recording = ""
    draft.wordings = wordings


@transaction.atomic
def remark(survey: SurveyPage, screen: str, *, text: str, by) -> Remark:
    """Says something about a screen to everybody who works on the survey."""
    _check_permission(by, "design.write", survey)
    row = _asked(survey, screen)
    said = _said(text, empty="Write what you want to say.")
    last = survey.remarks.filter(item=row.code).order_by("-pk").first()
    if last and (last.text, last.made_by_id) == (said, by.pk):
        raise NotAllowed("You have just said this.")
    made = Remark.objects.create(survey=survey, item=row.code, text=said, made_by=by, made_on=timezone.localdate())
    log(made, "design.remark", user=by, title=row.code)
    return made
