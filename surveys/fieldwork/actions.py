"""What officers do with a wave: plan it, open it, close it, and make the links that lead to it."""

from __future__ import annotations

import uuid
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils import timezone
from wagtail.log_actions import log

from surveys.design.frozen import instrument_of
from surveys.design.models import Edition
from surveys.fieldwork.link_codes import card_digest, new_card_code
from surveys.fieldwork.models import Invitation, OpenLink, Wave
from surveys.fieldwork.policies import (
    check_asks_nothing_twice,
    check_days,
    check_end,
    check_is_in_no_pack,
    check_promise_is_kept,
    check_same_promise,
    check_sheet,
    check_somebody_hears,
    check_way_in,
)
from surveys.frame.models import Area, JourneyStage, Service
from surveys.frame.policies import NotAllowed, check_is_an_area_still, check_may_move, check_service_is_of_area
from surveys.instrument.promises import Way


def _check_permission(by, permission: str, subject) -> None:
    if not by.has_perm(permission, subject):
        raise PermissionDenied("You have no role in this area that lets you do this.")


def _lock(wave: Wave) -> None:
    """Two people may act at the same moment; the second sees what the first did."""
    wave.refresh_from_db(from_queryset=Wave.objects.select_for_update())


@transaction.atomic
def plan_wave(
    edition: Edition,
    *,
    code: str,
    name: str,
    area: Area | None,
    service: Service | None = None,
    stage: JourneyStage | None = None,
    opens_on: date | None = None,
    ends_on: date | None = None,
    by,
) -> Wave:
    """Pins an edition for a period in the field, with the days on which it opens and ends by itself, if any."""
    wave = Wave(code=code, name=name, edition=edition, area=area, service=service, stage=stage)
    wave.opens_on, wave.ends_on = opens_on, ends_on
    _check_permission(by, "fieldwork.plan_wave", wave)
    check_service_is_of_area(service, area)
    check_is_an_area_still(area)
    check_promise_is_kept(instrument_of(edition.pk))
    check_days(wave)
    check_asks_nothing_twice(wave, edition)
    wave.full_clean()
    wave.save()
    log(wave, "fieldwork.plan_wave", user=by)
    return wave


@transaction.atomic
def open_wave(wave: Wave, *, by) -> None:
    """Answers are taken from now on."""
    _check_permission(by, "fieldwork.open_wave", wave)
    _lock(wave)
    check_may_move(wave.status, Wave.Status.OPEN, Wave.TRANSITIONS)
    check_end(wave)
    check_promise_is_kept(instrument_of(wave.edition_id))
    check_somebody_hears(wave)
    check_asks_nothing_twice(wave, wave.edition)
    wave.status, wave.opened_on = Wave.Status.OPEN, timezone.localdate()
    wave.save()
    log(wave, "fieldwork.open_wave", user=by)


@transaction.atomic
def close_wave(wave: Wave, *, by) -> None:
    """Nobody new is asked; late devices may still deliver during the days of grace."""
    _check_permission(by, "fieldwork.close_wave", wave)
    _lock(wave)
    check_may_move(wave.status, Wave.Status.CLOSED, Wave.TRANSITIONS)
    wave.status, wave.closed_on = Wave.Status.CLOSED, timezone.localdate()
    wave.save()
    log(wave, "fieldwork.close_wave", user=by)


@transaction.atomic
def pin_edition(wave: Wave, edition: Edition, *, by) -> None:
    """The wave goes on with a newer edition; answers to the earlier one are still taken."""
    _check_permission(by, "fieldwork.open_wave", wave)
    _lock(wave)
    if edition.survey_id != wave.edition.survey_id:
        raise NotAllowed("This edition is of another survey. Plan a wave of its own for it.")
    check_same_promise(instrument_of(wave.edition_id), instrument_of(edition.pk))
    check_asks_nothing_twice(wave, edition)
    wave.earlier_editions.add(wave.edition)
    wave.edition = edition
    wave.save()
    log(wave, "fieldwork.pin_edition", user=by, data={"edition": edition.number})


@transaction.atomic
def make_link(
    wave: Wave,
    *,
    place: str,
    area: Area,
    service: Service | None = None,
    stage: JourneyStage | None = None,
    by,
) -> OpenLink:
    """A poster's way in, which says where it hangs."""
    _check_permission(by, "fieldwork.make_link", wave)
    check_service_is_of_area(service, area)
    check_way_in(instrument_of(wave.edition_id), Way.POSTER)
    if wave.area_id and wave.area_id != area.pk:
        raise NotAllowed(f"This wave is in {wave.area.name}, so its posters hang there.")
    link = OpenLink.objects.create(wave=wave, place=place, area=area, service=service, stage=stage)
    log(wave, "fieldwork.make_link", user=by, data={"place": place})
    return link


@transaction.atomic
def invite(
    wave: Wave,
    *,
    cards: int,
    area: Area,
    service: Service | None = None,
    stage: JourneyStage | None = None,
    expires_on: date,
    by,
) -> list[str]:
    """Makes a sheet of cards and gives their codes, this once: only their keyed hashes are kept."""
    _check_permission(by, "fieldwork.invite", wave)
    check_is_in_no_pack(wave)
    check_service_is_of_area(service, area)
    check_sheet(wave, cards=cards, area=area, expires_on=expires_on)
    codes = [new_card_code() for _ in range(cards)]
    sheet = uuid.uuid4()
    Invitation.objects.bulk_create(
        Invitation(
            wave=wave, sheet=sheet, code_digest=card_digest(code), area=area, service=service, stage=stage,
            expires_on=expires_on,
        )
        for code in codes
    )  # fmt: skip
    log(wave, "fieldwork.invite", user=by, data={"cards": cards})
    return codes


def redeem(card: Invitation) -> bool:
    """Marks a card as used; False if it was used before. There is no actor, because it must be anonymous.

    Called in the transaction that stores the response, so that a card is never spent on an answer that was lost. Every
    card of the sheet is written anew, so that the rows' own history does not tell which one was used.
    """
    of_sheet = Invitation.objects.filter(sheet=card.sheet)
    list(of_sheet.order_by("pk").select_for_update().values_list("pk"))
    if of_sheet.filter(pk=card.pk, is_used=True).exists():
        return False
    of_sheet.update(is_used=Case(When(pk=card.pk, then=Value(True)), default=F("is_used")))
    return True
