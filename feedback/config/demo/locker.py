"""A scale with invented words, and a card on which a mother and her worker answered it twice and set a goal."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from pathlib import Path

from django.apps import apps

from feedback.accounts.models import User
from surveys.answering.together import begin, keep_answers, keep_goal, keep_step, words_on
from surveys.fieldwork.licence_actions import load_scale
from surveys.frame.models import Area

INVENTED = Path(__file__).with_name("licensed") / "swemwbs-invented.csv"
BEFORE = ("rarely", "sometimes", "rarely", "rarely", "sometimes", "never", "sometimes")
AFTER = ("sometimes", "often", "sometimes", "rarely", "often", "sometimes", "often")
DAYS_BETWEEN = 70
GOAL = "Everybody sits at the table on Sundays, and nobody shouts."
STEPS = ("2", "4", "7")


def look_together(area: Area, *, administrator: User, worker: User, today: date) -> None:
    """Loads the scale and fills a card."""
    scale = load_scale(area, INVENTED.read_bytes(), by=administrator)
    key = begin(area, audience="PARENT_CARER", by=worker)
    terms = {"language": "en", "mode": "electronic", "by": worker}
    for number, chosen in enumerate((BEFORE, AFTER), start=1):
        answers = {str(item): code for item, code in enumerate(chosen, start=1)}
        keep_answers(key, scale, answers, number=number, sent_as=uuid.uuid4(), **terms)
    keep_goal(key, words=GOAL, language="en", sent_as=uuid.uuid4(), by=worker)
    for after, step in enumerate(STEPS):
        keep_step(key, number=1, chosen=step, after=after, by=worker)
    _some_time_ago(today)


def words_on_the_card(area: str) -> str:
    """The words on the first card of a fictional area, which its visitors need; nothing if there is none."""
    cards = apps.get_model("responses", "FamilyCard").objects.filter(area__code=area, area__is_fictional=True)
    first = cards.order_by("begun_on", "audience").first()
    return words_on(first.pk) if first else ""


def _some_time_ago(today: date) -> None:
    """The first answers and numbers lie back some weeks, as they would."""
    apps.get_model("responses", "Sitting").objects.filter(number=1).update(on=today - timedelta(days=DAYS_BETWEEN))
    apps.get_model("responses", "Goal").objects.update(set_on=today - timedelta(days=DAYS_BETWEEN))
    steps = apps.get_model("responses", "GoalStep").objects
    for number in (1, 2):
        steps.filter(number=number).update(on=today - timedelta(days=DAYS_BETWEEN // number))
