"""Licensed scales with invented words: the real ones may not stand in this repository."""

import uuid
from pathlib import Path

from feedback.accounts.roles import Role
from surveys.fieldwork.licence_actions import load_scale
from surveys.responses.together_actions import answer_scale, begin_card
from tests.factories import asking
from tests.factories.people import staff
from tests.unit.instrument.licensed_rows import as_file, rows

INVENTED = Path(__file__).resolve().parents[2] / "feedback/config/demo/licensed/swemwbs-invented.csv"


def administrator(area):
    return staff(f"administrator-of-{area.code}", Role.ADMINISTRATOR, area=area)


def worker(area):
    return staff(f"worker-of-{area.code}", Role.PRACTITIONER, area=area)


def loaded(area=None, record="swemwbs", languages=("en",), **facts):
    """A scale loaded in an area."""
    area = area or asking.area()
    return load_scale(area, as_file(rows(record, languages, **facts)), by=administrator(area))


def card(area, audience="PARENT_CARER"):
    """A new card of a family."""
    return begin_card(area, audience=audience, by=worker(area))


def answered(of, scale, *points, number=1, mode="electronic", language="en", sent_as=None, **named):
    """Answers by points, item after item; None leaves one out."""
    options = dict(zip(scale.licensed.about.items, points, strict=False))
    answers = {item: f"o{one}" for item, one in options.items() if one is not None}
    return answer_scale(
        of.pk, scale, {**answers, **named}, number=number, language=language, mode=mode,
        sent_as=sent_as or uuid.uuid4(), by=worker(of.area),
    )  # fmt: skip
