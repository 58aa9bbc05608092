"""What somebody does whom a child chose: hear them, answer, and raise a worry. Each is in the log that leads see."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from feedback.safeguarding.actions import NOT_OPENED, ConcernWords, pass_on
from feedback.safeguarding.hearing import Hearing, hearing_of, left_unheard
from feedback.safeguarding.letters import Said, conversation
from feedback.safeguarding.reading import check_may_read, opens
from feedback.safeguarding.replies import LONGEST_REPLY, leave_reply
from surveys.design.frozen import instrument_of
from surveys.frame.policies import NotAllowed
from surveys.instrument.drawing import as_svg_path
from surveys.instrument.items import DO_NOT_KNOW, RATHER_NOT_SAY, STROKES, Item
from surveys.instrument.wording import LANGUAGES, said_in
from surveys.responses.chosen_hearers import note_heard
from surveys.responses.models import Response

NOT_FOR_YOU = "This is for those whom the child chose, and you are not one of them any more, or never were."
FROM_A_HEARER = "read-by-a-hearer"


@dataclass(frozen=True)
class Conversation:
    """What a child said to those whom they chose, whole, and what was said to and fro since."""

    hearing: Hearing
    words: list[ConcernWords]
    said: tuple[Said, ...]
    language: str
    longest: int = LONGEST_REPLY


@transaction.atomic
def hear(response_key: uuid.UUID, *, by) -> Conversation:
    """Shows somebody what a child said who chose them, says so in the log, and tells the child through the receipt.

    What cannot be opened was not heard.
    """
    hearing, response = _chosen(response_key, by)
    log(response.area, "safeguarding.hear", user=by)
    is_open = opens(response)
    if is_open:
        note_heard(response.pk, hearing.hearer.pk, on=timezone.localdate())
    words = _words(response) if is_open else NOT_OPENED
    said = conversation(response.pk, language=response.language)
    return Conversation(hearing, words, said, LANGUAGES.get(response.language, response.language))


@transaction.atomic
def answer_child(response_key: uuid.UUID, *, text: str, by) -> None:
    """Leaves an answer under the receipt, which says who it is to the child."""
    _, response = _chosen(response_key, by)
    if leave_reply(response, text=text, by=by):
        log(response.area, "safeguarding.answer_child", user=by)


@transaction.atomic
def raise_what_was_heard(response_key: uuid.UUID, *, by) -> None:
    """Hands what is worrying in it to the safeguarding leads, who are called."""
    _, response = _chosen(response_key, by)
    pass_on(response.pk, rule=FROM_A_HEARER, by=by)
    log(response.area, "safeguarding.raise_what_was_heard", user=by)


@transaction.atomic
def hear_in_place(response_key: uuid.UUID, code: str, *, by) -> None:
    """Says that a lead has heard it in place of somebody who cannot any more; the receipt tells the child so."""
    response = Response.objects.select_for_update(of=("self",)).select_related("area").filter(pk=response_key).first()
    if response is None:
        raise NotAllowed("Whoever said this has taken it back in the meantime. Nothing of it is left.")
    check_may_read(response, by)
    waiting = [one for one in left_unheard(by) if one.response_key == response_key and one.hearer.code == code]
    if not waiting:
        raise NotAllowed("This does not wait any more.")
    note_heard(response.pk, waiting[0].hearer.pk, on=timezone.localdate(), in_place=True)
    log(response.area, "safeguarding.hear_in_place", user=by)


def _chosen(response_key: uuid.UUID, by) -> tuple[Hearing, Response]:
    """What this person was chosen to hear, locked; refused to everybody else, without saying whether it is there."""
    response = Response.objects.select_for_update(of=("self",)).select_related("area").filter(pk=response_key).first()
    hearing = hearing_of(response_key, by) if response else None
    if hearing is None:
        raise PermissionDenied(NOT_FOR_YOU)
    return hearing, response


def _words(response: Response) -> list[ConcernWords]:
    """Every question that was answered, with what was said, chosen or drawn, as it was."""
    asked = instrument_of(response.edition_id).items
    return [_word(item, response.answers[item.code]) for item in asked if item.code in response.answers]


def _word(item: Item, answer: object) -> ConcernWords:
    question = said_in(item.texts, "en")
    if isinstance(answer, dict):
        return ConcernWords(question, "", strokes=as_svg_path(answer[STROKES]))
    labels = {option.code: said_in(option.labels, "en") for option in item.options}
    chosen = answer if isinstance(answer, list) else [answer]
    return ConcernWords(question, "\n".join(labels.get(one, WAYS_OUT.get(one, str(one))) for one in chosen))


WAYS_OUT = {DO_NOT_KNOW: "I don’t know", RATHER_NOT_SAY: "I don’t want to say"}
