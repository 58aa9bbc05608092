"""How redaction learns from moderators: one proposes a word, another person decides, and only then it is on a list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from feedback.anonymisation.comments import Comment
from feedback.anonymisation.own_lists import NoFolder, add_words
from feedback.anonymisation.proposals import DAYS, REVIEW, Correction, WordProposal, word_mark
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed

GONE = "Somebody has decided on this word in the meantime."


@transaction.atomic
def propose_words(comment: Comment, corrections: Iterable[Correction], *, by) -> int:
    """Keeps words of a comment this moderator has before them, without the comment; says how many are new.

    The moderator was shown them by `words_to_propose`, which has checked that they may read it.
    """
    area, made = comment.area, 0
    for one in corrections:
        mark = word_mark(area, one.kind, one.word)
        if not WordProposal.objects.filter(word_mark=mark).exists():
            WordProposal(
                area=area,
                kind=one.kind,
                word=one.word,
                word_mark=mark,
                proposed_by=by,
                proposed_on=timezone.localdate(),
            ).save()
            made += 1
    log(area, "anonymisation.propose_words", user=by)
    return made


@transaction.atomic
def read_proposals(area: Area, *, by) -> list[WordProposal]:
    """The words that wait in an area for somebody who did not propose them, in no order; the look is logged."""
    if not by.has_perm(REVIEW, area):
        raise PermissionDenied("Only an administrator of this area may do this.")
    found = list(WordProposal.objects.visible_to(by, REVIEW).filter(area=area).order_by("pk"))
    if found:
        log(area, "anonymisation.read_proposals", user=by)
    return found


@transaction.atomic
def accept_word(proposal: WordProposal, *, by) -> None:
    """Puts a word onto its list, where redaction finds it from the next text on, and deletes the proposal."""
    held = _take(proposal, by=by)
    try:
        add_words(held.kind, [held.word])
    except NoFolder as problem:
        raise NotAllowed(str(problem)) from problem
    except OSError as problem:
        raise NotAllowed("The list cannot be written. Look at the folder EARSHOT_REDACTION_LISTS names.") from problem
    area = held.area
    held.delete()
    log(area, "anonymisation.accept_word", user=by)


@transaction.atomic
def refuse_word(proposal: WordProposal, *, by) -> None:
    """Deletes a proposal."""
    held = _take(proposal, by=by)
    area = held.area
    held.delete()
    log(area, "anonymisation.refuse_word", user=by)


def _take(proposal: WordProposal, *, by) -> WordProposal:
    if not by.has_perm(REVIEW, proposal):
        raise PermissionDenied("Only an administrator of this area may do this.")
    if proposal.proposed_by_id == by.pk:
        raise NotAllowed("You proposed this word, so another person decides.")
    held = WordProposal.objects.select_for_update(of=("self",)).filter(pk=proposal.pk).first()
    if held is None:
        raise NotAllowed(GONE)
    return held


def erase_old_proposals(*, by=None) -> int:
    """Erases words that nobody decided on within 28 days; no person is behind the sweep, so `by` is empty."""
    before = timezone.localdate() - timedelta(days=DAYS)
    return WordProposal.objects.filter(proposed_on__lte=before).delete()[0]
