"""What a respondent does: record answers, and take them back. These have no actor, because they must be anonymous."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from surveys.design.models import Edition
from surveys.fieldwork.models import Wave
from surveys.frame.models import Area, JourneyStage, Service
from surveys.responses.models import Response
from surveys.responses.receipts import receipt_digest, receipt_of


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
        answers=answers,
        receipt_digest=receipt_digest(receipt_of(response_id)),
        received_on=on or timezone.localdate(),
    )


def record(response: Response) -> bool:
    """Stores a response before anybody is told that it is stored; False if it was there already."""
    try:
        with transaction.atomic():
            response.save(force_insert=True)
    except IntegrityError:
        if not Response.objects.filter(pk=response.pk).exists():
            raise
        return False
    return True
