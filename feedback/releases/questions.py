"""Which questions an edition gives to be counted, in which populations, and what each respondent counts as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from surveys.instrument.document import Instrument
from surveys.instrument.items import DID_NOT_ANSWER, Item, Kind
from surveys.instrument.routing import Rule
from surveys.instrument.wording import Voice, voice_of

# Children and parents are two voices, so who sat beside them is counted apart.
WHO_WAS_THERE = {
    Voice.CHILD: "who_was_there",
    Voice.PARENT: "who_was_there_parent",
    Voice.PROFESSIONAL: "who_was_there_professional",
}
WHO_OPTIONS = ("alone", "read", "tapped", DID_NOT_ANSWER)
CHOSEN = "chosen"
# Between a question and the option of it that is counted as a question of its own.
SEVERAL = "."
NOT_CHOSEN = "not_chosen"
ASKED = "asked"
NOT_ASKED = "not_asked"
# Editions of surveys that were asked elsewhere say nothing about who sat beside the respondent.
ASKED_ELSEWHERE = "imported"


@dataclass(frozen=True)
class Base:
    """The answers to an earlier question after which this one was asked."""

    question: str
    options: frozenset[str]


@dataclass(frozen=True)
class CountedQuestion:
    """One question as it is counted: every respondent of its population counts in exactly one option.

    A question with a base is asked only after certain answers, so how many were asked is itself an answer.
    """

    name: str
    options: tuple[str, ...]
    base: Base | None = None
    item: str = ""
    picks: str = ""
    asks_who_was_there: bool = False

    @property
    def whether_asked(self) -> str:
        """The name of the population in which it is counted: everybody, or a hidden question about who was asked it."""
        return f"{self.name}?" if self.base else self.name

    def option_of(self, answers: Mapping[str, Any], helper: str) -> str:
        """The option this respondent counts in."""
        if self.asks_who_was_there:
            return helper if helper in WHO_OPTIONS else DID_NOT_ANSWER
        answer = answers.get(self.item)
        if not answer:
            return DID_NOT_ANSWER
        if not self.picks or isinstance(answer, str):
            return str(answer)
        return CHOSEN if self.picks in answer else NOT_CHOSEN


def counted_questions(instrument: Instrument) -> tuple[CountedQuestion, ...]:
    """The questions of an edition that are counted; each follows the one it is asked after."""
    found: list[CountedQuestion] = []
    by_item: dict[str, Item] = {item.code: item for item in instrument.items}
    for item in instrument.closed_items:
        base = _base(by_item[item.rule.item], item.rule) if item.rule else None
        found.extend(_of_item(item, base))
    if instrument.kind != ASKED_ELSEWHERE:
        found.append(
            CountedQuestion(WHO_WAS_THERE[voice_of(instrument.audience)], WHO_OPTIONS, asks_who_was_there=True)
        )
    return tuple(found)


def _base(asked: Item, rule: Rule) -> Base:
    if asked.kind is Kind.MULTI:
        (option,) = rule.one_of
        return Base(f"{asked.code}{SEVERAL}{option}", frozenset({CHOSEN}))
    return Base(asked.code, rule.one_of)


def _of_item(item: Item, base: Base | None) -> list[CountedQuestion]:
    others = (*item.ways_out, DID_NOT_ANSWER)
    if item.kind is Kind.MULTI:
        return [
            CountedQuestion(f"{item.code}{SEVERAL}{option}", (CHOSEN, NOT_CHOSEN, *others), base, item.code, option)
            for option in item.option_codes
        ]
    return [CountedQuestion(item.code, (*item.option_codes, *others), base, item.code)]


def whether_asked(question: CountedQuestion) -> CountedQuestion:
    """The question that tells which population another one is counted in; itself, if everybody was asked it.

    For a question that comes after certain answers it is hidden: among all who answered an edition that has it, how
    many were led to it. Its protected value is the base of the shares; the true number would give away an answer.
    """
    return replace(question, name=question.whether_asked, options=(ASKED, NOT_ASKED)) if question.base else question


def merged(one: CountedQuestion, other: CountedQuestion) -> CountedQuestion:
    """The same question as two editions ask it: every option that either offers, what was not answered last."""
    options = [o for o in dict.fromkeys((*one.options, *other.options)) if o != DID_NOT_ANSWER]
    last = (DID_NOT_ANSWER,) if DID_NOT_ANSWER in one.options else ()
    return replace(one, options=(*options, *last))
