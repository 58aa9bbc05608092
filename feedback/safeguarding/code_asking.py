"""Whether the card of a worry can be asked for, and what was asked so far."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from feedback.safeguarding.codes import CodeOpening
from feedback.safeguarding.models import Concern
from surveys.design.frozen import instrument_of
from surveys.frame.policies import NotAllowed
from surveys.instrument.promises import NOBODY_KNOWS, terms_of
from surveys.responses.coded_cards import has_card
from surveys.responses.models import Response


def check_can_be_asked_for(concern: Concern) -> None:
    """Refuses where the promise keeps no card, where nobody has read the worry, and where nothing is left to find."""
    response = Response.objects.filter(pk=concern.response_key).only("edition_id").first()
    if response is None:
        raise NotAllowed("The answers were taken back, and the number of the card with them.")
    if not terms_of(instrument_of(response.edition_id).kept_promise).keeps_card:
        raise NotAllowed("Whoever wrote this was told that nobody knows who they are, so no card is kept with it.")
    if not has_card(concern.response_key):
        raise NotAllowed("The number of the card was erased with the answers, because their days were over.")
    if concern.status == Concern.Status.RAISED:
        raise NotAllowed("Nobody has read this worry yet. Read it first.")


@dataclass(frozen=True)
class CodeOf:
    """What the page of a worry says of its card: what was asked so far, and why it cannot be asked for, if so."""

    openings: tuple[CodeOpening, ...]
    why_not: str


def code_of(concern: Concern) -> CodeOf | None:
    """What there is to say of a worry's card; nothing where the promise keeps none and nobody ever asked."""
    openings = tuple(concern.openings.select_related("asked_by", "decided_by"))
    response = Response.objects.filter(pk=concern.response_key).only("edition_id").first()
    promise = instrument_of(response.edition_id).kept_promise if response else NOBODY_KNOWS
    if not openings and not terms_of(promise).keeps_card:
        return None
    try:
        check_can_be_asked_for(concern)
    except NotAllowed as problem:
        return CodeOf(openings, " ".join(problem.messages))
    today = timezone.localdate()
    going_on = [one for one in openings if one.status in {CodeOpening.Status.ASKED, CodeOpening.Status.AGREED}]
    is_going_on = any(one.is_to_be_told or not one.is_over(today) for one in going_on)
    return CodeOf(openings, "It is being dealt with." if is_going_on else "")
