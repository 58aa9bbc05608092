"""Invented answers: drawn from the shares of the questions with a fixed seed, so that every demo is the same."""

from __future__ import annotations

import random
from collections.abc import Iterator

from feedback.config.demo.questions import QUESTIONS
from feedback.config.demo.shapes import DemoQuestion, DemoSurvey
from feedback.disclosure.blocks import Quarter

HELPERS = (("alone", 70), ("read", 20), ("tapped", 6), ("chose", 4))
HELPERS_OF = {
    "AGE_4_5": (("read", 60), ("tapped", 40)),
    "CARE_LEAVER": (("alone", 94), ("read", 6)),
    "PROFESSIONAL": (("alone", 100),),
    "REFERRER": (("alone", 100),),
}
GOOD_WORDS = (
    "she plays uno with me and then we talk",
    "knowing what the plan is",
    "she rang when she said she would",
    "Having the same worker for two years.",
    "they helped mum with the letters",
    "going to football on mondays",
    "he asked me what I wanted first",
    "The drop-in after school",
)
WISHES = (
    "tell me earlier if the time changes",
    "why does my worker keep changing?",
    "meetings not in school time",
    "explain the long words",
    "Let me read what you write about me.",
    "answer texts",
    "when do i get more time to talk?",
)
# One invented answer that screening must notice, so that a visitor sees what a safeguarding lead sees.
WORRYING = "i dont want to go home he hits me when he is drunk"
PARENT_WISHES = (
    "Give us the report a week before, not on the day.",
    "One worker for the whole time.",
    "Ask what already works before telling us what to change.",
    "Return our calls.",
)
DAYS = ("football", "when gran comes", "my cat", "pancakes", "playing outside")
PLACES = ("the swing", "under the table with my bear", "nanna’s sofa")
FOR_GROWN_UPS = ("i want my red blanket", "more playing", "put the phone away when we play")
LEAVERS_WISHES = (
    "Tell us about the money before we move, not after.",
    "Someone who picks up the phone on a sunday.",
    "Let us see the flat first.",
    "stop changing advisers",
    "A list of what I am entitled to, in normal words.",
)
WORKERS_WISHES = (
    "Fewer forms that ask the same thing twice.",
    "Twelve families, not twenty.",
    "A quiet room in school for visits.",
    "Protected time before each review.",
)
REFERRERS_WISHES = (
    "The form asks for things a school cannot know.",
    "I told three people the same and each wrote it down anew.",
    "Nobody rang back, so we sent it again.",
    "The system times out after ten minutes and the text is gone.",
    "We are told that it is not for this team, and not whose it is.",
)
TEXTS = {
    "t_place": PLACES,
    "t_tell": FOR_GROWN_UPS,
    "y_draw": DAYS,
    "best_help": GOOD_WORDS,
    "should_change": WISHES,
    "l_change": LEAVERS_WISHES,
    "p_change": PARENT_WISHES,
    "w_change": WORKERS_WISHES,
    "rf_in_the_way": REFERRERS_WISHES,
}
FIRST_VISITS = "assessment"
NOT_ANSWERED, RATHER_NOT, NO_IDEA = 3, 2, 3
BIGGEST_BLANK = 0.7


def months_of(quarter: Quarter) -> list[str]:
    """The months of a quarter, as an import file writes them."""
    return [f"{quarter.year}-{3 * quarter.number - 2 + n:02d}" for n in range(3)]


def rows(
    survey: DemoSurvey, *, area: str, services: list[str], stages: list[str], quarter: Quarter, people: int
) -> Iterator[dict[str, str]]:
    """One row per invented respondent, as `import_responses` reads them."""
    # Nothing secret or random is wanted here: the same demo everywhere.
    dice = random.Random(f"{area} {survey.wave} {quarter}")  # noqa: S311
    asked = [question for question in QUESTIONS if survey.audience in question.wordings]
    months = months_of(quarter)
    for number in range(people):
        answers = _answers(asked, dice)
        yield {
            "row_id": f"{survey.wave}-{quarter}-{number}",
            "area": area,
            "service": dice.choice(services),
            "stage": dice.choices(stages, weights=_weights(survey, stages))[0],
            "audience": survey.audience,
            "month": dice.choice(months),
            "helper": _one_of(HELPERS_OF.get(survey.audience, HELPERS), dice),
            **answers,
        }


def _weights(survey: DemoSurvey, stages: list[str]) -> list[int]:
    """Earlier steps have more people in them; a care leaver is at the last, and whoever refers at the first visits."""
    only = {"CARE_LEAVER": stages[-1], "REFERRER": FIRST_VISITS}.get(survey.audience)
    return [int(stage == only) for stage in stages] if only in stages else list(range(len(stages), 0, -1))


def _answers(asked: list[DemoQuestion], dice: random.Random) -> dict[str, str]:
    answers: dict[str, str] = {}
    for question in asked:
        if question.after and answers.get(question.after[0]) not in question.after[1]:
            continue
        answers[question.code] = _answer(question, dice)
    return answers


def _answer(question: DemoQuestion, dice: random.Random) -> str:
    if question.kind in {"text", "drawing"}:
        return "" if dice.random() < BIGGEST_BLANK else dice.choice(TEXTS[question.code])
    way_out = dice.randrange(100)
    if way_out < NOT_ANSWERED:
        return ""
    if way_out < NOT_ANSWERED + RATHER_NOT:
        return "rather_not_say"
    if way_out < NOT_ANSWERED + RATHER_NOT + NO_IDEA:
        return "do_not_know"
    if question.kind == "multi":
        return _several(question, dice)
    return _one_of([(code, share) for code, _, share in question.options], dice)


def _several(question: DemoQuestion, dice: random.Random) -> str:
    alone = next(share for code, _, share in question.options if code == question.excludes)
    if dice.randrange(100) < alone:
        return question.excludes
    others = [(code, share) for code, _, share in question.options if code != question.excludes]
    return ";".join(code for code, share in others if dice.randrange(100) < share)


def _one_of(shares, dice: random.Random) -> str:
    codes = [code for code, _ in shares]
    return dice.choices(codes, weights=[share for _, share in shares])[0]
