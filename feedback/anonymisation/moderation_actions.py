"""What happens to comments: they are made, read, decided on, and erased."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from wagtail import hooks
from wagtail.log_actions import log

from feedback.anonymisation.comments import DECIDE, Comment, CommentLink, Moderation
from feedback.anonymisation.moderation import Shown, chosen_spans, corrections, has_a_colleague, pieces_of, spans_of
from feedback.anonymisation.proposals import Correction, corrections_for_lists
from feedback.anonymisation.redaction import ENGLISH, STANDS_FOR, Span, redact, redacted
from feedback.safeguarding.actions import pass_on, words_of
from feedback.safeguarding.reading import opens, past_safeguarding
from surveys.design.frozen import instrument_of
from surveys.design.models import Edition
from surveys.frame.policies import NotAllowed, check_may_move
from surveys.instrument.drawing import as_svg_path, in_no_order
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
    """In words of the respondent's own, read by a lead; of a conversation only where they said that others may read."""
    coded = Response.objects.with_words().filter(status=Response.Status.CODED).exclude(helper=Helper.CHOSE)
    is_talk = Q(audience__in=NEVER_COUNTED) | Q(edition__in=Edition.objects.never_counted())
    return past_safeguarding(coded.filter(~is_talk | Q(others_may_read=True)))


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
        (one, CommentLink(response_key=response.pk, item=one.item))
        for response in responses
        if response.pk not in taken and opens(response)
        for one in _comments(response)
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


def _drawn(response: Response) -> dict[str, str]:
    """The strokes of what was drawn."""
    drawings = {item: answer for item, answer in response.answers.items() if isinstance(answer, dict)}
    return {item: answer[STROKES] for item, answer in drawings.items() if answer.get(STROKES)}


def _comments(response: Response) -> list[Comment]:
    """What is made of one response: of everything written a comment with proposed marks, of every drawing one."""
    written = [(item, redact(text, language=response.language)) for item, text in _written(response).items()]
    words = [
        _comment(
            response,
            item,
            needs_a_reader=found.needs_a_reader,
            marks=[[span.start, span.end, span.label] for span in found.spans],
        )
        for item, found in written
    ]
    return [*words, *(_comment(response, item, is_drawing=True) for item in _drawn(response))]


def _comment(response: Response, item: str, **made) -> Comment:
    return Comment(
        area_id=response.area_id,
        edition_id=response.edition_id,
        item=item,
        audience=response.audience,
        language=response.language,
        made_on=timezone.localdate(),
        **made,
    )


@transaction.atomic
def read_comment(
    comment: Comment,
    *,
    by,
    marked: set[int] | None = None,
    label: str = "OTHER",
    called: Mapping[int, str] | None = None,
) -> Shown:
    """Shows a moderator what was written beside how it would be read, and says in the log that they looked.

    With other pieces marked than are stored, to try how that reads; nothing is stored by it.
    """
    _check_permission(by, comment)
    area = comment.area
    log(area, "anonymisation.read_comment", user=by)
    response = _source(comment)
    _check_waits(comment)
    text, spans = _text(response, comment), spans_of(comment.marks)
    if marked is not None and {label, *(called or {}).values()} <= set(STANDS_FOR):
        spans = chosen_spans(text, spans, marked, label, called)
    question = instrument_of(comment.edition_id).item(comment.item).texts[ENGLISH]
    if comment.is_drawing:
        return Shown(comment, question, (), "", "", drawn=as_svg_path(text))
    pieces, ending = pieces_of(text, spans)
    drawings = tuple(as_svg_path(strokes) for strokes in _drawn(response).values())
    return Shown(comment, question, pieces, ending, redacted(text, spans), drawings)


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
    called: Mapping[int, str] | None = None,
) -> None:
    """Writes down what a moderator decided. Of a usable comment the redacted words are kept; of another, none.

    A drawing is usable once a second moderator says so too: nothing in it can be left out.
    """
    _check_permission(by, comment)
    # The response first, as everybody who erases takes it.
    response = _source(comment)
    _lock(comment)
    _check_waits(comment)
    reasons = [reason for reason in Moderation.Reason.values if reason in set(reasons)]
    _check_may_decide(comment, decision, reasons, by=by, reads=reads_the_language)
    if not {label, *(called or {}).values()} <= set(STANDS_FOR):
        raise NotAllowed("Choose what the words that you marked are.")
    text = _text(response, comment)
    spans = () if comment.is_drawing else chosen_spans(text, spans_of(comment.marks), marked, label, called)
    if decision not in FINAL or (comment.is_drawing and _is_first_yes(comment, decision, by=by)):
        comment.marks = [[span.start, span.end, span.label] for span in spans]
        comment.passed += 1
        comment.asked_by = comment.asked_by if decision == Moderation.Decision.CHANGE_MORE else by
    else:
        _settle(comment, text, spans, decision)
    comment.save()
    _write_down(comment, decision, reasons, _changed(comment, text, spans, decision), by=by)
    area = comment.area
    log(area, "anonymisation.moderate", user=by, data={"decision": decision})


def _is_first_yes(comment: Comment, decision: str, *, by) -> bool:
    """Whether nobody else has found it usable since a decision about it was last taken back."""
    if decision != Moderation.Decision.USABLE:
        return False
    steps = list(comment.moderations.values_list("decision", "by"))
    taken_back = [at for at, (step, _) in enumerate(steps) if step == Moderation.Decision.TAKEN_BACK]
    since = steps[taken_back[-1] + 1 :] if taken_back else steps
    return (Moderation.Decision.USABLE.value, True) not in {(step, who != by.pk) for step, who in since}


def _settle(comment: Comment, text: str, spans: Iterable[Span], decision: str) -> None:
    """Keeps the redacted words, or the strokes in no order; of what is not usable, nothing."""
    check_may_move(comment.status, Comment.Status.MODERATED, Comment.TRANSITIONS)
    comment.status, comment.text = Comment.Status.MODERATED, ""
    if decision == Moderation.Decision.USABLE:
        comment.text = in_no_order(text) if comment.is_drawing else redacted(text, spans)
    comment.marks, comment.asked_by = [], None


def _changed(comment: Comment, text: str, spans: Iterable[Span], decision: str) -> tuple[int, int]:
    if comment.is_drawing or decision != Moderation.Decision.USABLE:
        return (0, 0)
    return corrections(text, redact(text, language=comment.language).spans, spans)


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
    text = _text(response, comment)
    spans = () if comment.is_drawing else redact(text, language=comment.language).spans
    comment.status, comment.text = Comment.Status.REDACTED, ""
    comment.marks = [[span.start, span.end, span.label] for span in spans]
    comment.save()
    _tell([comment.pk], is_erased=False)
    _write_down(comment, Moderation.Decision.TAKEN_BACK, [], (0, 0), by=by)
    area = comment.area
    log(area, "anonymisation.take_back", user=by)


@transaction.atomic
def words_to_propose(
    comment: Comment, *, by, marked: set[int], label: str, called: Mapping[int, str] | None = None
) -> list[Correction]:
    """What a moderator has corrected in the comment before them that a list of redaction could hold; a look, logged."""
    _check_permission(by, comment)
    area = comment.area
    log(area, "anonymisation.read_comment", user=by)
    response = _source(comment)
    _check_waits(comment)
    if comment.is_drawing or not {label, *(called or {}).values()} <= set(STANDS_FOR):
        return []
    text = _text(response, comment)
    proposed = redact(text, language=comment.language).spans
    return corrections_for_lists(text, proposed, chosen_spans(text, spans_of(comment.marks), marked, label, called))


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
    text = (_drawn if comment.is_drawing else words_of)(response).get(comment.item)
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
    if comment.is_drawing:
        _check_drawing(comment, decision, by=by)
    if decision == Moderation.Decision.USABLE and reasons:
        raise NotAllowed("You answered yes to a question: mark more words and answer no, or choose not usable.")
    if decision == Moderation.Decision.USABLE and comment.needs_a_reader and not reads:
        raise NotAllowed("This may not be English. Say that you read the language, or ask for a second opinion.")


def _check_drawing(comment: Comment, decision: str, *, by) -> None:
    if decision == Moderation.Decision.CHANGE_MORE:
        raise NotAllowed("Nothing of a drawing can be left out: it is usable as it is, or not usable.")
    if _is_first_yes(comment, decision, by=by) and not has_a_colleague(comment, by):
        raise NotAllowed(
            "A drawing is usable once two moderators say so, and nobody else moderates in this area. Ask an "
            "administrator for a colleague, or choose not usable."
        )


@transaction.atomic
def erase_comments(response_keys: Iterable[uuid.UUID], *, by=None) -> int:
    """Erases every comment of these responses, with each decision; says how many."""
    found = Comment.objects.filter(link__response_key__in=list(response_keys))
    # Held until the end, so that nobody makes a quote of one meanwhile.
    keys = list(found.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    _tell(keys, is_erased=True)
    Comment.objects.filter(pk__in=keys).delete()
    return len(keys)


def _tell(keys: list[uuid.UUID], *, is_erased: bool) -> None:
    """Rooms above this one take back what they made of these comments, in the same transaction."""
    for take_back in hooks.get_hooks("comments_fell") if keys else ():
        take_back(keys, is_erased=is_erased)


@transaction.atomic
def erase_unmoderated(response_keys: Iterable[uuid.UUID], *, by=None) -> int:
    """Erases the comments of these responses about which nobody decided: what they were made of goes."""
    found = Comment.objects.unmoderated().filter(link__response_key__in=list(response_keys))
    keys = list(found.values_list("pk", flat=True))
    Comment.objects.filter(pk__in=keys).delete()
    return len(keys)
