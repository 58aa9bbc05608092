"""What a respondent does: record answers, and take them back. These have no actor, because they must be anonymous."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from surveys.design.frozen import instrument_of
from surveys.design.models import Edition
from surveys.fieldwork.actions import redeem
from surveys.fieldwork.models import Invitation, Wave
from surveys.frame.models import Area, JourneyStage, Service
from surveys.instrument.items import IN_WORDS
from surveys.responses.models import Response, Told, Withdrawal
from surveys.responses.receipts import receipt_digest, receipt_of, response_digest

IS_WITHDRAWN = "SELECT 1 FROM responses_withdrawal WHERE response_digest = %s"


@dataclass(frozen=True)
class Place:
    """Where in the frame a response belongs; ids, because that is all a busy afternoon needs."""

    area_id: int
    service_id: int | None = None
    stage_id: int | None = None

    @classmethod
    def of(cls, area: Area, service: Service | None = None, stage: JourneyStage | None = None) -> Place:
        """The place made of these parts of the frame."""
        return cls(area.pk, service.pk if service else None, stage.pk if stage else None)


def new_response(
    response_id: uuid.UUID,
    *,
    wave: Wave,
    edition: Edition,
    place: Place,
    answers: dict,
    language: str,
    helper: str,
    on: date | None = None,
    audience: str = "",
    told: str = Told.NOT_SAID,
    is_turned: bool | None = None,
) -> Response:
    """A response ready to be stored, with its receipt's keyed hash and a fresh record key."""
    return Response(
        id=response_id,
        wave_id=wave.pk,
        edition_id=edition.pk,
        area_id=place.area_id,
        service_id=place.service_id,
        stage_id=place.stage_id,
        audience=audience or edition.document["audience"],
        language=language,
        helper=helper,
        told=told,
        is_turned=is_turned,
        has_words=any(item.code in answers for item in instrument_of(edition.pk).items if item.kind in IN_WORDS),
        answers=answers,
        receipt_digest=receipt_digest(receipt_of(response_id), wave_id=wave.pk),
        received_on=on or timezone.localdate(),
    )


class CardWasUsed(Exception):
    """Raised where a card comes a second time, with another response."""


def record(response: Response, *, card: Invitation | None = None) -> bool:
    """Stores a response before anybody is told that it is stored; False if it was there already, or was taken back.

    A card is spent with it, or neither happens; CardWasUsed if it was spent on another response.
    """
    try:
        with transaction.atomic():
            response.save(force_insert=True)
            # Not before: who is taking it back now has not said so yet, and the insert waits until they have.
            is_new = not was_withdrawn(response.pk)
            if is_new and card is not None and not redeem(card):
                raise CardWasUsed
            transaction.set_rollback(not is_new)
    except IntegrityError:
        if not Response.objects.filter(pk=response.pk).exists():
            raise
        return False
    return is_new


def was_withdrawn(response_id: uuid.UUID) -> bool:
    """Whether somebody took this response back, so that a late delivery must not bring it back."""
    # Asked with every delivery, so it is written out: composing it took twenty times as long as asking it.
    with connection.cursor() as cursor:
        cursor.execute(IS_WITHDRAWN, [response_digest(response_id)])
        return cursor.fetchone() is not None


def is_kept(receipt: str, *, wave: Wave) -> bool:
    """Whether a receipt leads to a response that is still there."""
    return _of(receipt, wave).count() == 1


@transaction.atomic
def withdraw(receipt: str, *, wave: Wave) -> bool:
    """Deletes a response at the wish of the one who holds its receipt; False if there is none.

    There is no actor, because it must be anonymous. What was made of it is erased by the next sweep.
    """
    found = list(_of(receipt, wave).select_for_update()[:2])
    # Two with the same words: rather none of them than the wrong one.
    if len(found) != 1:
        return False
    (response,) = found
    Withdrawal.objects.create(
        response_digest=response_digest(response.pk), response_key=response.pk, withdrawn_on=timezone.localdate()
    )
    response.delete()
    return True


def _of(receipt: str, wave: Wave):
    return Response.objects.filter(receipt_digest=receipt_digest(receipt, wave_id=wave.pk))
