"""Invented answers to an invented survey of twenty questions, the same on every run."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator, Sequence
from itertools import islice

from feedback.anonymisation.models import CodedResponse
from feedback.disclosure.blocks import Quarter
from surveys.design.models import Edition
from surveys.frame.models import Area
from surveys.instrument.items import DO_NOT_KNOW, RATHER_NOT_SAY, Item, Kind, Option
from surveys.instrument.routing import Rule
from tests.factories import asking

OFTEN = ("Always", "Mostly", "Sometimes", "Never")
AGREE = ("Yes", "A bit", "No")
CHANGE = ("Better", "The same", "Worse")
PEOPLE = ("Someone at home", "A friend", "Someone at school", "My worker")
WISHES = ("More time", "The same worker", "To be told why", "Meetings after school")
# Code, wording and options; several can be chosen where the code ends in _all, and no options asks for words.
WORDINGS = (
    ("listens", "Does your worker listen to what you say?", OFTEN),
    ("knows_why", "Do you know why a worker visits you?", AGREE),
    ("on_time", "Do visits happen when they were promised?", OFTEN),
    ("missed", "What went wrong when a visit did not happen?", ("Came late", "Did not come", "Nobody said")),
    ("alone", "Can you talk with your worker on your own?", OFTEN),
    ("talk_all", "Who can you talk to when something worries you?", PEOPLE),
    ("safer", "Do you feel safer than a year ago?", CHANGE),
    ("home", "Are things at home better than before?", CHANGE),
    ("plan", "Have you seen your plan?", AGREE),
    ("plan_say", "Did you help to write your plan?", AGREE),
    ("meetings", "Are meetings explained in words you understand?", OFTEN),
    ("words", "What should we change first?", ()),
    ("respect", "Are you treated with respect?", OFTEN),
    ("choices", "Are you asked before something is decided?", OFTEN),
    ("complain", "Do you know how to complain?", AGREE),
    ("wish_all", "Which of these would help you most?", WISHES),
    ("school", "Is school going better with this help?", CHANGE),
    ("changes", "Has your worker changed in the last year?", ("No", "Once", "Several times")),
    ("goodbye", "Did the old worker say goodbye?", AGREE),
    ("hopeful", "Do you look forward to next year?", AGREE),
)
RULES = {
    "missed": Rule("on_time", frozenset({"sometimes", "never"})),
    "plan_say": Rule("plan", frozenset({"yes", "a_bit"})),
    "goodbye": Rule("changes", frozenset({"once", "several_times"})),
}
WRITTEN = ("Come when you say you will.", "Explain the long words.", "Keep the same worker, please.", "Ask me first.")
HELPERS = ("alone", "read", "tapped", "chose")
HELPER_SHARES = (70, 20, 6, 4)
STAGES = ("assessment", "plan", "looked-after", "leaving")
SERVICES = ("family-help", "fostering", "safeguarding")
AUDIENCES = ("AGE_8_11", "AGE_12_17")
QUARTERS = tuple(Quarter(2025, number) for number in range(1, 5))
BLANK, NOT_KNOWN, NOT_SAID = 4, 3, 2
BATCH = 2000


def items(n: int = len(WORDINGS)) -> list[Item]:
    """The first questions of the survey."""
    return [_item(*wording) for wording in WORDINGS[:n]]


def _item(code: str, text: str, labels: tuple[str, ...]) -> Item:
    options = tuple(Option(label.lower().replace(" ", "_"), {"en": label}) for label in labels)
    kind = Kind.MULTI if code.endswith("_all") else Kind.CHOICE if options else Kind.TEXT
    return Item(code=code, kind=kind, texts={"en": text}, options=options, rule=RULES.get(code))


def answers(asked: list[Item], dice: random.Random) -> dict[str, str | list[str]]:
    """What one invented respondent answers on their path; blanks are left out."""
    given: dict[str, str | list[str]] = {}
    for item in asked:
        if item.rule and given.get(item.rule.item) not in item.rule.one_of:
            continue
        if answer := _answer(item, dice):
            given[item.code] = answer
    return given


def _answer(item: Item, dice: random.Random) -> str | list[str]:
    thrown = dice.randrange(100)
    if thrown < BLANK:
        return ""
    if thrown < BLANK + NOT_KNOWN:
        return DO_NOT_KNOW
    if thrown < BLANK + NOT_KNOWN + NOT_SAID:
        return RATHER_NOT_SAY
    match item.kind:
        case Kind.TEXT:
            return dice.choice(WRITTEN)
        case Kind.MULTI:
            return [code for code in item.option_codes if dice.random() < 0.5]
        case _:
            return dice.choice(item.option_codes)


def coded_responses(
    edition: Edition, area: Area, *, n: int, quarters: Sequence[Quarter] = QUARTERS
) -> Iterator[CodedResponse]:
    """So many coded responses of an area, spread over quarters, stages, services and ages."""
    dice = random.Random(area.code)
    closed = [item for item in items() if item.is_closed]
    for number in range(n):
        yield CodedResponse(
            id=uuid.UUID(int=dice.getrandbits(128), version=4),
            area=area,
            edition=edition,
            quarter=str(quarters[number % len(quarters)]),
            stage=dice.choice(STAGES),
            service=dice.choice(SERVICES),
            audience=dice.choice(AUDIENCES),
            language="en",
            helper=dice.choices(HELPERS, HELPER_SHARES)[0],
            answers=answers(closed, dice),
            record_key=dice.getrandbits(32),
        )


def store_coded_responses(edition: Edition, area: Area, *, n: int, quarters: Sequence[Quarter] = QUARTERS) -> None:
    """Stores the coded responses of an area, without holding all of them in memory."""
    waiting = coded_responses(edition, area, n=n, quarters=quarters)
    while batch := list(islice(waiting, BATCH)):
        CodedResponse.objects.bulk_create(batch)


def frame(area: Area) -> None:
    """The services and stages that invented answers name."""
    for code in SERVICES:
        asking.service(area, code)
    for code in STAGES:
        asking.stage(code)
