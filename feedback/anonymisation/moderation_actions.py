"""What happens to comments: they are made, read, decided on, and erased."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from wagtail.log_actions import log

from feedback.anonymisation.comments import DECIDE, Comment, CommentLink, Moderation
from feedback.anonymisation.moderation import Shown, chosen_spans, corrections, has_a_colleague, pieces_of, spans_of
from feedback.anonymisation.redaction import ENGLISH, STANDS_FOR, redact, redacted
from feedback.safeguarding.actions import pass_on, words_of
from feedback.safeguarding.reading import opens, past_safeguarding
from surveys.design.frozen import instrument_of
from surveys.design.models import Edition
from surveys.frame.policies import NotAllowed, check_may_move
from surveys.instrument.drawing import as_svg_path
from surveys.instrument.items import RESERVED, STROKES
from surveys.instrument.wording import NEVER_COUNTED
from surveys.responses.models import Helper, Response, ResponseQuerySet

BATCH = 200
GONE = "What was written is not there any more: it was taken back, or the days for which it is kept are over."
DECIDED = "A colleague has decided on this comment in the meantime."
AGAIN = "This comment is with the safeguarding leads now, so nobody decides on it."
NOT_OPENED = "What was written here cannot be opened. Tell an administrator; put it aside until they have seen to it."
FINAL = {Moderation.Decision.USABLE, Moderation.Decision.NOT_USABLE}


def prepare_comments(*, by=None) -> int:
    """Makes comments of what is past safeguarding, and says how many; the sweep has nobody behind it."""
    made, after = 0, None
    while keys := _next_keys(after):
        made += _prepare(keys)
        after = keys[-1]
    return made


def _may_be_comments() -> ResponseQuerySet:
    """In words of the respondent's own, read by a lead, of a survey: a conversation is for whom the child chose."""
    coded = Response.objects.with_words().filter(status=Response.Status.CODED).exclude(helper=Helper.CHOSE)
    asked = coded.exclude(audience__in=NEVER_COUNTED).exclude(edition__in=Edition.objects.never_counted())
    return past_safeguarding(asked)


def _next_keys(after: uuid.UUID | None) -> list[uuid.UUID]:
    waiting = _may_be_comments().exclude(pk__in=CommentLink.objects.values("response_key")).order_by("pk")
    return list((waiting.filter(pk__gt=after) if after else waiting).values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def _prepare(keys: list[uuid.UUID]) -> int:
    """In the order of random ids. Those that another sweep made meanwhile are left to it."""
    locked = Response.objects.select_for_update(of=("self",)).filter(pk__in=keys, status=Response.Status.CODED)
    responses = list(locked.order_by("pk"))
    taken = set(CommentLink.objects.filter(response_key__in=keys).values_list("response_key", flat=True))
    pairs = [
        (_comment(response, item, text), CommentLink(response_key=response.pk, item=item))
        for response in responses
        if response.pk not in taken and opens(response)
        for item, text in _written(response).items()
    ]
    # By their own new ids, so that neither two of one response nor a response and its own lie side by side.
    pairs.sort(key=lambda pair: pair[0].pk)
    Comment.objects.bulk_create(comment for comment, _ in pairs)
    for comment, link in pairs:
        link.comment = comment
    CommentLink.objects.bulk_create(link for _, link in pairs)
    return len(pairs)


def _written(response: Response) -> dict[str, str]:
    """The words themselves, without the two ways out of a question."""
    return {item: text for item, text in words_of(response).items() if text.strip() and text not in RESERVED}


def _comment(response: Response, item: str, text: str) -> Comment:
    found = redact(text, language=response.language)
    return Comment(
        area_id=response.area_id,
        edition_id=response.edition_id,
        item=item,
        audience=response.audience,
        language=response.language,
        needs_a_reader=found.needs_a_reader,
        marks=[[span.start, span.end, span.label] for span in found.spans],
        made_on=timezone.localdate(),
    )


@transaction.atomic
def read_comment(comment: Comment, *, by, marked: set[int] | None = None, label: str = "OTHER") -> Shown:
    """Shows a moderator what was written beside how it would be read, and says in the log that they looked.

    With other pieces marked than are stored, to try how that reads; nothing is stored by it.
    """
    _check_permission(by, comment)
    area = comment.area
    log(area, "anonymisation.read_comment", user=by)
    response = _source(comment)
    _check_waits(comment)
    text, spans = _text(response, comment), spans_of(comment.marks)
    if marked is not None and label in STANDS_FOR:
        spans = chosen_spans(text, spans, marked, label)
    pieces, ending = pieces_of(text, spans)
    instrument = instrument_of(comment.edition_id)
    drawn = [answer for answer in response.answers.values() if isinstance(answer, dict) and STROKES in answer]
    return Shown(
        comment,
        instrument.item(comment.item).texts[ENGLISH],
        pieces,
        ending,
        redacted(text, spans),
        tuple(as_svg_path(answer[STROKES]) for answer in drawn),
    )


@transaction.atomic
def decide_comment(
    comment: Comment,
    *,
    decision: str,
    marked: set[int],
    label: str,
    by,
    reasons: Iterable[str] = (),
    reads_the_language: bool = False,
) -> None:
    """Writes down what a moderator decided. Of a usable comment the redacted words are kept; of another, none."""
    _check_permission(by, comment)
    # The response first, as everybody who erases takes it.
    response = _source(comment)
    _lock(comment)
    _check_waits(comment)
    reasons = [reason for reason in Moderation.Reason.values if reason in set(reasons)]
    _check_may_decide(comment, decision, reasons, by=by, reads=reads_the_language)
    if label not in STANDS_FOR:
        raise NotAllowed("Choose what the words that you marked are.")
    text = _text(response, comment)
    spans = chosen_spans(text, spans_of(comment.marks), marked, label)
    if decision in FINAL:
        check_may_move(comment.status, Comment.Status.MODERATED, Comment.TRANSITIONS)
        comment.status = Comment.Status.MODERATED
        comment.text = redacted(text, spans) if decision == Moderation.Decision.USABLE else ""
        comment.marks, comment.asked_by = [], None
    else:
        comment.marks = [[span.start, span.end, span.label] for span in spans]
        comment.passed += 1
        comment.asked_by = by if decision == Moderation.Decision.SECOND_OPINION else comment.asked_by
    comment.save()
    proposed = redact(text, language=comment.language).spans
    changed = corrections(text, proposed, spans) if decision == Moderation.Decision.USABLE else (0, 0)
    _write_down(comment, decision, reasons, changed, by=by)
    area = comment.area
    log(area, "anonymisation.moderate", user=by, data={"decision": decision})


@transaction.atomic
def take_back_decision(comment: Comment, *, by) -> None:
    """Takes back one's own last decision about a comment, as long as what was written is still there."""
    _check_permission(by, comment)
    response = _source(comment)
    _lock(comment)
    last = comment.moderations.last()
    if comment.status != Comment.Status.MODERATED or last is None or last.by_id != by.pk:
        raise NotAllowed("Only your own last decision about a comment can be taken back.")
    check_may_move(comment.status, Comment.Status.REDACTED, Comment.TRANSITIONS)
    found = redact(_text(response, comment), language=comment.language)
    comment.status, comment.text = Comment.Status.REDACTED, ""
    comment.marks = [[span.start, span.end, span.label] for span in found.spans]
    comment.save()
    _write_down(comment, Moderation.Decision.TAKEN_BACK, [], (0, 0), by=by)
    area = comment.area
    log(area, "anonymisation.take_back", user=by)


@transaction.atomic
def pass_to_leads(comment: Comment, *, by) -> None:
    """Hands what worries a moderator to the safeguarding leads; nobody decides on it until they have closed it."""
    _check_permission(by, comment)
    response = _source(comment)
    _lock(comment)
    _check_waits(comment)
    pass_on(response.pk, by=by)


def _write_down(comment: Comment, decision: str, reasons: list[str], changed: tuple[int, int], *, by) -> None:
    last = comment.moderations.aggregate(last=Max("number"))["last"] or 0
    Moderation.objects.create(
        comment=comment,
        number=last + 1,
        decision=decision,
        by=by,
        on=timezone.localdate(),
        reasons=reasons,
        added=changed[0],
        put_back=changed[1],
    )


def _check_permission(by, comment: Comment) -> None:
    if not by.has_perm(DECIDE, comment):
        raise PermissionDenied("Only a moderator of this area may do this.")


def _lock(comment: Comment) -> None:
    """Two people may decide at the same moment; the second sees what the first did."""
    try:
        comment.refresh_from_db(from_queryset=Comment.objects.select_for_update(of=("self",)))
    except Comment.DoesNotExist:
        raise NotAllowed(GONE) from None


def _source(comment: Comment) -> Response:
    """The stored response, which stays as it is until this is done; refused where there is none any more."""
    link = CommentLink.objects.filter(comment=comment.pk).first()
    found = Response.objects.select_for_update(of=("self",)).filter(
        pk=link.response_key if link else None, status=Response.Status.CODED
    )
    if link is None or (response := found.first()) is None:
        raise NotAllowed(GONE)
    if not past_safeguarding(Response.objects.filter(pk=response.pk)).exists():
        raise NotAllowed(AGAIN)
    return response


def _text(response: Response, comment: Comment) -> str:
    if not opens(response):
        raise NotAllowed(NOT_OPENED)
    text = words_of(response).get(comment.item)
    if text is None:
        raise NotAllowed(GONE)
    return text


def _check_waits(comment: Comment) -> None:
    if comment.status != Comment.Status.REDACTED:
        raise NotAllowed(DECIDED)


def _check_may_decide(comment: Comment, decision: str, reasons: list[str], *, by, reads: bool) -> None:
    if decision not in FINAL | {Moderation.Decision.CHANGE_MORE, Moderation.Decision.SECOND_OPINION}:
        raise NotAllowed("Choose what you decide.")
    if comment.asked_by_id == by.pk:
        raise NotAllowed("You asked a colleague about this comment, so they decide.")
    if decision == Moderation.Decision.SECOND_OPINION and not has_a_colleague(comment, by):
        raise NotAllowed("Nobody else moderates in this area. Ask an administrator for a colleague, or decide.")
    if decision == Moderation.Decision.USABLE and reasons:
        raise NotAllowed("You answered yes to a question: mark more words and answer no, or choose not usable.")
    if decision == Moderation.Decision.USABLE and comment.needs_a_reader and not reads:
        raise NotAllowed("This may not be English. Say that you read the language, or ask for a second opinion.")


@transaction.atomic
def erase_comments(response_keys: Iterable[uuid.UUID], *, by=None) -> int:
    """Erases every comment of these responses, with each decision; says how many."""
    found = Comment.objects.filter(link__response_key__in=list(response_keys))
    keys = list(found.values_list("pk", flat=True))
    Comment.objects.filter(pk__in=keys).delete()
    return len(keys)


@transaction.atomic
def erase_unmoderated(response_keys: Iterable[uuid.UUID], *, by=None) -> int:
    """Erases the comments of these responses about which nobody decided: what they were made of goes."""
    found = Comment.objects.unmoderated().filter(link__response_key__in=list(response_keys))
    keys = list(found.values_list("pk", flat=True))
    Comment.objects.filter(pk__in=keys).delete()
    return len(keys)
