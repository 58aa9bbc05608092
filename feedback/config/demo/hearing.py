"""A conversation in which a young person chooses who hears it: a visitor can choose, and a worker can answer."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from feedback.accounts.models import User
from feedback.config.demo.shapes import DemoSurvey
from surveys.answering.delivery import Delivery, deliver
from surveys.bank.models import QuestionPage
from surveys.design.models import Promise, SurveyPage
from surveys.design.trees import surveys_of
from surveys.fieldwork.actions import open_wave, plan_wave
from surveys.fieldwork.hearer_actions import name_hearer
from surveys.fieldwork.models import Wave
from surveys.frame.models import Area

WAVE = "my-person"
ASKED = ("listened", "best_help", "should_change")
SAID = {
    "listened": "sometimes",
    "best_help": "When my worker came to the match and stayed until the end.",
    "should_change": "I want to know before the meeting who will be there. Can we go through it together?",
}
DESIGN = DemoSurvey(
    audience="AGE_12_17",
    title="Tell somebody you choose",
    introduction="You decide who may hear this. There are no right or wrong answers.",
    wave=WAVE,
    way_in="Somebody you choose",
    invited="Say something to your social worker or your advocate, and to nobody else at work.",
    answer=(1, 0),
    kind="conversation",
)
# Held with a deck of cards, with those who cannot be asked in any other way.
CARDS = DemoSurvey(
    audience="AGE_4_5",
    title="Three places",
    introduction="Three places to talk about or draw. Begin with the one you like.",
    wave="three-places",
    way_in="Three places",
    invited="For four and five year olds, with the cards of the same name.",
    answer=(1, 0),
    kind="conversation",
)
WITH_CARDS: Mapping[str, object] = {
    "t_place": {"strokes": "M80,420l0,-180 150,-130 150,130 0,180 -300,0M200,420l0,-100 60,0 0,100"},
    "t_tell": "My good place has my rabbit in it. The worry place is when the phone rings.",
}
ASKED_IN = {WAVE: ASKED, CARDS.wave: ("t_listens", "t_place", "t_tell")}
HELD_BY = {WAVE: "alone", CARDS.wave: "tapped"}
# What they said to others reading it: the young person no, and the child yes, so a moderator finds what it said.
TO_OTHERS = {WAVE: "no", CARDS.wave: "yes"}
# Who they are to the children of the wave.
SOCIAL_WORKER, ADVOCATE = "social_worker", "advocate"


def draft_of(
    area: Area, questions: Mapping[str, QuestionPage], *, today: date, design: DemoSurvey = DESIGN, about: str = ""
) -> SurveyPage:
    """The survey, as an officer drafts it."""
    survey = SurveyPage(
        title=design.title,
        slug=f"{area.code}-{design.wave}",
        care_council=area.care_councils.get(),
        audience=design.audience,
        kind=design.kind,
        about=about,
        promise=Promise.MY_PERSON,
        introduction=design.introduction,
        space="On any device, alone or with somebody the young person likes; nobody needs to see what they choose.",
        voice="Three short questions, two of them in their own words.",
        decision_maker=f"The director of children’s services in {area.name}",
        report_back_on=today + timedelta(days=90),
        screens=[("question", {"question": questions[code], "show_if": []}) for code in ASKED_IN[design.wave]],
    )
    surveys_of(area).add_child(instance=survey)
    return survey


def somebody_is_heard(
    area: Area,
    survey: SurveyPage,
    freeze: Callable[[SurveyPage], object],
    *,
    hearers: Mapping[str, User],
    today: date,
    by: User,
    design: DemoSurvey = DESIGN,
    said: Mapping[str, object] = SAID,
) -> Wave:
    """An officer names who can be chosen and opens the wave; a young person says something to their social worker."""
    wave = plan_wave(
        freeze(survey), code=f"{area.code}-{design.wave}", name=f"{design.title} ({area.name})", area=area,
        ends_on=today + timedelta(days=40), by=by,
    )  # fmt: skip
    named = {category: name_hearer(wave, category=category, person=one, by=by) for category, one in hearers.items()}
    open_wave(wave, by=by)
    sent = Delivery(
        edition=wave.edition.digest, language="en", code="", helper=HELD_BY[design.wave], answers=said,
        hearers=[named[SOCIAL_WORKER].code], others=TO_OTHERS[design.wave],
    )  # fmt: skip
    deliver(uuid.uuid4(), sent, wave=wave)
    return wave
