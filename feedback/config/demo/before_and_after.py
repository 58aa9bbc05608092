"""Before and after: a conference for parents, with a card for a mother, and a review for 8 to 11 year olds."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, timedelta

from django.apps import apps

from feedback.accounts.models import User
from feedback.anonymisation.turnout_actions import count_turnout
from feedback.disclosure.blocks import Quarter
from feedback.releases.starting_measures import load_starting_measures
from surveys.answering.delivery import Delivery, deliver
from surveys.bank.occasions import Occasion
from surveys.design.actions import approve, freeze, submit
from surveys.design.models import Edition
from surveys.fieldwork.link_codes import card_digest, later_digest
from surveys.fieldwork.models import Invitation, Wave
from surveys.fieldwork.occasion_actions import invite_twice, open_pack, prepare_pack
from surveys.fieldwork.occasions import OccasionPack
from surveys.frame.models import Area
from surveys.instrument.wording import Audience

# Of the first area; printed by `make demo`. Cards of real areas are drawn by chance and kept nowhere.
CARD_OF_A_MOTHER = "mm7kt4wq2x"
CARD_OF_A_CHILD = "cc3hn8rv5z"
PACKS = (
    (Occasion.CONFERENCE, Audience.PARENT_CARER, "The head of those who lead conferences", CARD_OF_A_MOTHER),
    (Occasion.REVIEW, Audience.AGE_8_11, "The head of those who lead reviews", CARD_OF_A_CHILD),
)
CARDS, BEFORE, AFTER = 30, 22, 16
WORDS = "Chciałabym dostać raport kilka dni wcześniej, żeby przeczytać go z siostrą."


def somebody_answers_twice(area: Area, *, officer: User, young: User, second: User, analyst: User, today: date) -> None:
    """Prepares both, opens them, and lets some parents answer before, and fewer of them after."""
    for occasion, audience, listens, code in PACKS:
        pack = prepare_pack(
            area.care_councils.get(),
            occasion=occasion,
            audience=audience,
            listens=listens,
            report_back_on=today + timedelta(days=150),
            by=officer,
        )
        for survey in (pack.before_survey, pack.after_survey):
            submit(survey, by=officer)
            approve(survey, by=young)
            freeze(survey, by=second)
        open_pack(pack, by=officer)
        codes = invite_twice(pack, cards=CARDS, expires_on=today + timedelta(days=120), by=officer)
        if audience is Audience.PARENT_CARER:
            _answered(pack, codes, today)
        _print_as(codes[-1], code)
    load_starting_measures(area, by=analyst)


def _answered(pack: OccasionPack, codes: list[str], today: date) -> None:
    """In the quarter that is open; what is closed is counted already."""
    first = date(today.year, 3 * Quarter.of(today).number - 2, 1)
    for wave, many, days in ((pack.before, BEFORE, 21), (pack.after, AFTER, 10)):
        for code, answers in zip(codes, _said(wave, many), strict=False):
            language = "pl" if "op_b_help" in answers else "en"
            sent = Delivery(edition=wave.edition.digest, language=language, code=code, helper="alone", answers=answers)
            deliver(uuid.uuid4(), sent, wave=wave)
        day = max(first, today - timedelta(days=days))
        Wave.objects.filter(pk=wave.pk).update(opened_on=day)
        apps.get_model("responses", "Response").objects.filter(wave=wave.pk).update(received_on=day)
    count_turnout(today=today)


def _said(wave: Wave, many: int) -> Iterator[dict[str, str]]:
    """Invented: a few more say no before than after."""
    edition = Edition.objects.get(pk=wave.edition_id)
    asked = [item for item in edition.document["items"] if item["options"]]
    for number in range(many):
        answers = {item["code"]: item["options"][(number + place) % 5 % 3]["code"] for place, item in enumerate(asked)}
        yield {**answers, "op_b_help": WORDS} if wave.code.endswith("before") and number == 0 else answers


def _print_as(code: str, printed: str) -> None:
    """Gives a card of the demo a code that can be told to whoever looks around."""
    for digest in (card_digest, later_digest):
        Invitation.objects.filter(code_digest=digest(code)).update(code_digest=digest(printed))
