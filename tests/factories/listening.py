"""Coded responses, and people who may release."""

import random
import uuid

from feedback.accounts.roles import Role
from feedback.anonymisation.models import CodedResponse
from feedback.releases.interpretation_actions import interpret
from feedback.releases.interpretations import Reading
from feedback.releases.readings import questions_to_interpret
from tests.factories.people import staff


def coded(
    edition, area, *, quarter, n, answers=None, stage="plan", service="visits", audience="AGE_8_11", helper="alone"
):
    """So many coded responses with the same stratum; `answers` is called with a die for each."""
    dice = random.Random(f"{area.code}{quarter}{stage}{audience}{n}")
    answers = answers or (lambda die: {"listened": die.choice(["yes", "yes", "sometimes", "no"])})
    return CodedResponse.objects.bulk_create(
        CodedResponse(
            id=uuid.UUID(int=dice.getrandbits(128), version=4), area=area, edition=edition, quarter=quarter,
            stage=stage,
            service=service, audience=audience, language="en", helper=helper, answers=answers(dice),
            record_key=dice.getrandbits(32),
        )
        for _ in range(n)
    )  # fmt: skip


def analyst(area=None):
    return staff("analyst", Role.BOARD_ANALYST, area=area)


def checker(area=None):
    return staff("checker", Role.OUTPUT_CHECKER, area=area)


def interpreted(draft, *, by=None, may_mean="It may be the weather."):
    """Somebody says of every figure of a draft what it may mean, so that it can be proposed."""
    reading = Reading(may_mean, "It does not say why.", "Ask the care council.")
    interpret(draft, dict.fromkeys(questions_to_interpret(draft), reading), by=by or analyst())
    return draft
