"""Which questions an edition gives to be counted, in which populations, and what each respondent counts as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from surveys.instrument.document import Instrument
from surveys.instrument.items import DID_NOT_ANSWER, Item, Kind
from surveys.instrument.wording import Voice, voice_of

# Children and parents are two voices, so who sat beside them is counted apart.
WHO_WAS_THERE = {
    Voice.CHILD: "who_was_there",
    Voice.PARENT: "who_was_there_parent",
    Voice.PROFESSIONAL: "who_was_there_professional",
    Voice.REFERRER: "who_was_there_referrer",
}
WHO_OPTIONS = ("alone", "read", "tapped", DID_NOT_ANSWER)
# Editions of surveys that were asked elsewhere say nothing about who sat beside the respondent.
ASKED_ELSEWHERE = "imported"
# Where several answers can be given together, the options do not add up to the respondents, so these are counted too.
EVERYBODY = "*"
# Between the name of a routed question and the earlier question that is counted for it.
HIDDEN = "?"


@dataclass(frozen=True)
class Base:
    """The answers to an earlier question after which this one was asked."""

    question: str
    options: frozenset[str]


@dataclass(frozen=True)
class CountedQuestion:
    """One question as it is counted: a respondent of its population counts in one option, or in several together.

    A question with a base is asked only after certain answers, so how many were asked is itself an answer. `leads`
    are the answers that led to it, the first question of the route first.
    """

    name: str
    options: tuple[str, ...]
    item: str = ""
    leads: tuple[Base, ...] = ()
    most_cells: int = 2
    several: bool = False
    audiences: frozenset[str] = frozenset()
    asks_who_was_there: bool = False
    is_hidden: bool = False

    @property
    def population(self) -> str:
        """The question whose respondents are its population: itself, or the first one of the route to it."""
        return f"{self.name}{HIDDEN}" if self.leads else self.name

    def counted_for_it(self) -> tuple[str, ...]:
        """Under which names the questions of the route are counted, among those whose edition has this one."""
        return tuple(f"{self.name}{HIDDEN}{base.question if place else ''}" for place, base in enumerate(self.leads))

    def options_of(self, answers: Mapping[str, Any], helper: str) -> tuple[str, ...]:
        """The options this respondent counts in."""
        if self.asks_who_was_there:
            return (helper if helper in WHO_OPTIONS else DID_NOT_ANSWER,)
        answer = answers.get(self.item) or DID_NOT_ANSWER
        given = tuple(answer) if isinstance(answer, list) else (str(answer),)
        # Of things put in order only the first is counted: each further place would be another look.
        return (EVERYBODY, *given) if self.several else given[:1]


def counted_questions(
    instrument: Instrument, names: Mapping[str, str] = MappingProxyType({})
) -> tuple[CountedQuestion, ...]:
    """The questions of an edition that are counted, none of a conversation; each follows those it is asked after.

    `names` are those of `series`, by the code of an item; without one, a question is counted under its code.
    """
    if not instrument.is_counted:
        return ()
    found: dict[str, CountedQuestion] = {}
    for item in instrument.closed_items:
        leads: tuple[Base, ...] = ()
        if item.rule:
            earlier = found[item.rule.item]
            leads = (*earlier.leads, Base(earlier.name, item.rule.one_of))
        found[item.code] = _of_item(item, names.get(item.code, item.code), leads)
    if instrument.kind != ASKED_ELSEWHERE:
        name = WHO_WAS_THERE[voice_of(instrument.audience)]
        found[name] = CountedQuestion(name, WHO_OPTIONS, asks_who_was_there=True)
    audiences = frozenset({instrument.audience.value})
    return tuple(replace(question, audiences=audiences) for question in found.values())


def _of_item(item: Item, name: str, leads: tuple[Base, ...]) -> CountedQuestion:
    options = (*item.option_codes, *item.ways_out, DID_NOT_ANSWER)
    if item.kind is not Kind.MULTI:
        return CountedQuestion(name, options, item.code, leads)
    together = sum(not option.excludes_others for option in item.options)
    # From every option chosen to none of them but a way out: so many cells can one respondent's answer change.
    return CountedQuestion(name, options, item.code, leads, most_cells=max(2, together + 1), several=True)


def hidden_questions(
    question: CountedQuestion, known: Mapping[str, CountedQuestion]
) -> tuple[tuple[str, CountedQuestion], ...]:
    """The questions of the route to a question, as they are counted for it and shown nowhere, with the original's name.

    Its base is the protected value of the answers that led to it. Where everybody who was asked the earlier question
    could have been led on, that is exactly the published value, so nothing more is learned (A2 rule 4).
    """
    return tuple(
        (base.question, replace(known[base.question], name=name, is_hidden=True))
        for base, name in zip(question.leads, question.counted_for_it(), strict=True)
    )


def merged(one: CountedQuestion, other: CountedQuestion) -> CountedQuestion:
    """The same question as two editions ask it: every option that either offers, what was not answered last."""
    options = [o for o in dict.fromkeys((*one.options, *other.options)) if o != DID_NOT_ANSWER]
    last = (DID_NOT_ANSWER,) if DID_NOT_ANSWER in one.options else ()
    return replace(
        one,
        options=(*options, *last),
        most_cells=max(one.most_cells, other.most_cells),
        audiences=one.audiences | other.audiences,
    )
