"""How much the children of an area are asked already: by the waves that are open, and by those that are planned."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from surveys.design.frozen import instrument_of
from surveys.fieldwork.models import Wave
from surveys.frame.models import Area
from surveys.instrument.load import minutes_of, questions_in
from surveys.instrument.wording import Audience


@dataclass(frozen=True)
class Asked:
    """What one wave asks of a child."""

    wave: str
    is_open: bool
    questions: int
    minutes: int


def asked_already(area: Area, audience: Audience) -> list[Asked]:
    """What a child of this audience could be asked in this area, in waves of the area or of the whole nation."""
    running = Wave.objects.filter(status__in=(Wave.Status.OPEN, Wave.Status.PLANNED))
    here = running.filter(Q(area=area) | Q(area=None), edition__document__audience=audience.value)
    found = [(wave, instrument_of(wave.edition_id)) for wave in here.order_by("status", "code")]
    return [Asked(wave.name, wave.is_open, questions_in(asked), minutes_of(asked)) for wave, asked in found]
