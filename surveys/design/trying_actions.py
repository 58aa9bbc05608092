"""What people do to try a draft: make a link to it, end it, and note what happened."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from surveys.design.bench import row_of
from surveys.design.composition import compose
from surveys.design.models import SurveyPage
from surveys.design.workbench import LONGEST_TRY_OUT, LONGEST_WORDS, TryNote, TryOut
from surveys.frame.policies import NotAllowed
from surveys.instrument.document import BadInstrument, write

MOST_TRY_OUTS = 5


def _check_permission(by, survey: SurveyPage) -> None:
    if not by.has_perm("design.write", survey):
        raise PermissionDenied("You have no role in this area that lets you do this.")


@transaction.atomic
def open_try_out(survey: SurveyPage, *, days: int, by) -> TryOut:
    """Makes a link to the draft as it is now, which ends by itself after so many days."""
    _check_permission(by, survey)
    survey.refresh_from_db(from_queryset=SurveyPage.objects.select_for_update())
    if not 1 <= days <= LONGEST_TRY_OUT:
        raise NotAllowed(f"Choose for how many days: 1 to {LONGEST_TRY_OUT}.")
    today = timezone.localdate()
    if survey.try_outs.filter(is_ended=False, ends_on__gte=today).count() >= MOST_TRY_OUTS:
        raise NotAllowed(f"{MOST_TRY_OUTS} links to this survey work already. End one of them first.")
    try:
        document = write(compose(survey.get_latest_revision_as_object(), with_drafts=True))
    except BadInstrument as problem:
        raise NotAllowed(f"It cannot be tried yet: {problem}") from problem
    ends_on = today + timedelta(days=days - 1)
    made = TryOut.objects.create(survey=survey, document=document, made_by=by, made_on=today, ends_on=ends_on)
    # The code is for those who are given the link; the log needs only to know that there was one.
    log(made, "design.open_try_out", user=by, title=survey.title, data={"days": days})
    return made


@transaction.atomic
def end_try_out(try_out: TryOut, *, by) -> None:
    """The link shows nothing any more."""
    _check_permission(by, try_out.survey)
    try_out.refresh_from_db(from_queryset=TryOut.objects.select_for_update())
    if try_out.is_ended:
        raise NotAllowed("This link has been ended already.")
    try_out.is_ended = True
    try_out.save()
    log(try_out, "design.end_try_out", user=by, title=try_out.survey.title)


@transaction.atomic
def note(survey: SurveyPage, screen: str, *, band: str, children: int, outcome: str, text: str, by) -> TryNote:
    """Notes what happened when children of an age tried a question as it is worded now."""
    _check_permission(by, survey)
    survey.refresh_from_db(from_queryset=SurveyPage.objects.select_for_update())
    row = row_of(survey.get_latest_revision_as_object(), screen)
    if row is None or row.question is None:
        raise NotAllowed("This question is not in the survey any more. Look at the survey as it is now.")
    said = text.replace("\0", "").strip()
    if len(said) > LONGEST_WORDS:
        raise NotAllowed(f"This is too long: {LONGEST_WORDS} letters are the most.")
    made = TryNote(
        survey=survey, item=row.code, words=row.words, band=band, children=children, outcome=outcome, text=said,
        made_by=by, made_on=timezone.localdate(),
    )  # fmt: skip
    _check(made)
    made.save()
    log(made, "design.note_try_out", user=by, title=row.code)
    return made


def _check(made: TryNote) -> None:
    """Refuses what nobody can have noted, and what was sent twice."""
    try:
        made.full_clean()
    except ValidationError as problem:
        wrong = " and ".join(made._meta.get_field(name).verbose_name for name in problem.message_dict)
        raise NotAllowed(f"Look again at: {wrong}. Choose from the list; the number of children is 1 to 30.") from None
    same = {field: getattr(made, field) for field in ("item", "words", "band", "children", "outcome", "text")}
    last = made.survey.try_notes.order_by("-pk").first()
    if (
        last
        and last.made_by_id == made.made_by_id
        and all(getattr(last, name) == value for name, value in same.items())
    ):
        raise NotAllowed("You have just noted this. If it happened again, say so in the note.")
