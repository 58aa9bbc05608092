"""What a typed or scanned code leads to: a poster's place, or a card that works once."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from surveys.fieldwork.link_codes import card_digest, card_serial, later_digest, plain_code
from surveys.fieldwork.models import Invitation, OpenLink, Wave
from surveys.instrument.document import InvalidAnswers
from surveys.instrument.promises import NOBODY_KNOWS, Way, only_by_card, terms_of
from surveys.responses.actions import Place


@dataclass(frozen=True)
class WayIn:
    """Where a response belongs, and the card that is spent on it, if there is one."""

    place: Place
    way: Way
    card: Invitation | None = None
    serial: str = ""


def way_in(wave: Wave, code: str, promise: str = NOBODY_KNOWS) -> WayIn:
    """The way in of a delivery under a promise; without a code, the wave's own place.

    A code that leads nowhere must not cost a child their words, so it is passed over where the wave has a place and
    needs no card. InvalidAnswers otherwise.
    """
    needs_card = wave.needs_card or only_by_card(promise)
    link = link_of(code, wave=wave)
    if link is not None and not needs_card:
        return WayIn(Place(link.area_id, link.service_id, link.stage_id), Way.POSTER)
    card = card_of(code, wave=wave)
    if card is not None:
        return _by_card(card, card_serial(code) if terms_of(promise).keeps_card else "")
    if needs_card:
        raise InvalidAnswers({"code": _("Please type the code that is on your card.")})
    if wave.area_id is None:
        raise InvalidAnswers({"code": _("Please type the code that is on the poster.")})
    return WayIn(Place(wave.area_id, wave.service_id, wave.stage_id), Way.ADDRESS)


def _by_card(card: Invitation, serial: str) -> WayIn:
    if card.expires_on < timezone.localdate():
        raise InvalidAnswers(
            {"code": _("This card is too old. Please ask for a new one. Your answers are still here.")}
        )
    return WayIn(Place(card.area_id, card.service_id, card.stage_id), Way.CARD, card, serial)


def link_of(code: str, *, wave: Wave | None = None) -> OpenLink | None:
    """The poster's link of a code as a child may type it."""
    plain = plain_code(code)
    if not plain:
        return None
    links = OpenLink.objects.filter(wave=wave) if wave else OpenLink.objects.select_related("wave")
    return links.filter(code=plain).first()


def card_of(code: str, *, wave: Wave | None = None) -> Invitation | None:
    """The card of a code as a child may type it, used or not; of a card for both times, the row of this wave.

    Without a wave it is the first of its times.
    """
    if not plain_code(code):
        return None
    if wave is None:
        return Invitation.objects.select_related("wave").filter(code_digest=card_digest(code)).first()
    digests = (card_digest(code), later_digest(code))
    return Invitation.objects.filter(wave=wave, code_digest__in=digests).first()
