"""When cards may be printed."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from surveys.fieldwork.models import Wave
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed

CARDS_ON_A_SHEET = 10
MOST_CARDS = 24 * CARDS_ON_A_SHEET


def check_sheet(wave: Wave, *, cards: int, area: Area, expires_on: date) -> None:
    """Refuses cards for a closed wave, for another area, for yesterday, or more than anybody can cut out."""
    if wave.status == Wave.Status.CLOSED:
        raise NotAllowed("This wave is closed, so no card would open it.")
    if wave.area_id and wave.area_id != area.pk:
        raise NotAllowed(f"This wave is in {wave.area.name}, so its cards are for there.")
    if not 1 <= cards <= MOST_CARDS:
        raise NotAllowed(f"Say how many cards are to be made: 1 to {MOST_CARDS}.")
    if expires_on <= timezone.localdate():
        raise NotAllowed("The last day of the cards must be after today.")
