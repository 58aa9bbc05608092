"""What officers do to ask before and after something: prepare both sides, open both, and make cards that work twice."""

from __future__ import annotations

import uuid
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from surveys.bank.occasions import ASKED_WHOM, STAGE_OF, Occasion, Side
from surveys.design.models import CareCouncil, SurveyPage
from surveys.design.occasion_drafts import draft_for_occasion
from surveys.fieldwork.actions import open_wave, plan_wave
from surveys.fieldwork.link_codes import card_digest, later_digest, new_card_code
from surveys.fieldwork.models import Invitation, Wave
from surveys.fieldwork.occasions import OccasionPack, newest_edition
from surveys.fieldwork.policies import check_sheet
from surveys.frame.models import JourneyStage, Service
from surveys.frame.policies import NotAllowed, check_service_is_of_area


@transaction.atomic
def prepare_pack(
    council: CareCouncil, *, occasion: str, audience: str, listens: str, report_back_on: date | None, by
) -> OccasionPack:
    """Drafts what is asked before and after an occasion; both go to the care council like any survey."""
    if not by.has_perm("fieldwork.plan_wave", council):
        raise PermissionDenied("You have no role in this area that lets you do this.")
    _check_can_be_asked(council, occasion, audience)
    about = {"listens": listens, "report_back_on": report_back_on, "by": by}
    before, after = (
        draft_for_occasion(council, occasion=occasion, side=side, audience=audience, **about) for side in Side
    )
    pack = OccasionPack.objects.create(
        occasion=occasion, area=council.area, before_survey=before, after_survey=after
    )  # fmt: skip
    log(pack, "fieldwork.prepare_pack", user=by, data={"occasion": occasion, "audience": audience})
    return pack


def _check_can_be_asked(council: CareCouncil, occasion: str, audience: str) -> None:
    if occasion not in Occasion.values:
        raise NotAllowed("Choose what it is about: a conference, a review or a first visit.")
    if audience not in ASKED_WHOM:
        raise NotAllowed("Choose whom it asks: parents and carers, 8 to 11 year olds, or 12 to 17 year olds.")
    same = OccasionPack.objects.going_on().filter(
        area=council.area, occasion=occasion, before_survey__audience=audience
    )
    if same.exists():
        raise NotAllowed("There are such questions in this area already. Go on with those, or close them first.")


@transaction.atomic
def open_pack(pack: OccasionPack, *, ends_on: date | None = None, by) -> None:
    """Plans and opens both waves, with the newest editions; only a card lets anybody answer."""
    if not by.has_perm("fieldwork.plan_wave", pack.before_survey.care_council):
        raise PermissionDenied("You have no role in this area that lets you do this.")
    pack.refresh_from_db(from_queryset=OccasionPack.objects.select_for_update())
    if pack.before_id is not None:
        raise NotAllowed("These questions are in the field already.")
    pack.before, pack.after = (
        _opened(pack, side, survey, ends_on, by=by)
        for side, survey in ((Side.BEFORE, pack.before_survey), (Side.AFTER, pack.after_survey))
    )
    pack.save(update_fields=["before", "after"])
    log(pack, "fieldwork.open_pack", user=by)


def _opened(pack: OccasionPack, side: Side, survey: SurveyPage, ends_on: date | None, *, by) -> Wave:
    edition = newest_edition(survey)
    if edition is None:
        raise NotAllowed(f"“{survey.title}” is not frozen yet. Both sides are approved and frozen first.")
    wave = plan_wave(
        edition,
        code=_free_code(pack, side),
        name=f"{survey.title} ({pack.area.name}, {pack.asked_whom})"[:120],
        area=pack.area,
        stage=_stage(pack.occasion),
        ends_on=ends_on,
        by=by,
    )
    wave.needs_card = True
    wave.save(update_fields=["needs_card"])
    open_wave(wave, by=by)
    return wave


def _stage(occasion: str) -> JourneyStage:
    """The step of the journey it belongs to, by which a conference and a review stay apart in figures."""
    stage = STAGE_OF[Occasion(occasion)]
    last = JourneyStage.objects.count()
    return JourneyStage.objects.get_or_create(
        code=stage.value, defaults={"name": str(stage.label), "position": last}
    )[0]  # fmt: skip


def _free_code(pack: OccasionPack, side: str) -> str:
    """A code of the wave that says what it is, and is not taken."""
    wished = f"{pack.area.code}-{pack.occasion}-{pack.audience.lower().replace('_', '-')}-{side}"[:60]
    taken = set(Wave.objects.filter(code__startswith=wished).values_list("code", flat=True))
    return next(code for code in (wished, *(f"{wished}-{n}" for n in range(2, 100))) if code not in taken)


@transaction.atomic
def invite_twice(
    pack: OccasionPack, *, cards: int, service: Service | None = None, expires_on: date, by
) -> list[str]:  # fmt: skip
    """Makes cards that work once before and once after, and gives their codes, this once: only hashes are kept.

    Of each card there is a row for each wave. They know of each other, so that cards used both times can be counted;
    neither knows of any answer.
    """
    if pack.before is None or pack.after is None:
        raise NotAllowed("These questions are not in the field yet. Open them first.")
    for wave in (pack.before, pack.after):
        if not by.has_perm("fieldwork.invite", wave):
            raise PermissionDenied("You have no role in this area that lets you do this.")
        check_sheet(wave, cards=cards, area=pack.area, expires_on=expires_on)
    check_service_is_of_area(service, pack.area)
    codes = [new_card_code() for _ in range(cards)]
    twins = [uuid.uuid4() for _ in codes]
    place = {"area": pack.area, "service": service, "expires_on": expires_on}
    for wave, digest in ((pack.before, card_digest), (pack.after, later_digest)):
        sheet = uuid.uuid4()
        Invitation.objects.bulk_create(
            Invitation(wave=wave, sheet=sheet, code_digest=digest(code), twin=twin, stage=wave.stage, **place)
            for code, twin in zip(codes, twins, strict=True)
        )
    log(pack, "fieldwork.invite_twice", user=by, data={"cards": cards})
    return codes
