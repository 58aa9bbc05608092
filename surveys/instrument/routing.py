"""Which items a respondent sees: a path computed from the answers, never stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar


@dataclass(frozen=True)
class Rule:
    """Shows an item only after one of certain answers to an earlier item."""

    item: str
    one_of: frozenset[str]

    def is_met_by(self, answer: object) -> bool:
        """Whether this answer (a code, several codes, or nothing) leads to the item."""
        codes = answer if isinstance(answer, list) else [answer]
        return any(isinstance(code, str) and code in self.one_of for code in codes)


class Routed(Protocol):
    """What routing needs to know of an item."""

    @property
    def code(self) -> str:
        """Its code."""

    @property
    def rule(self) -> Rule | None:
        """What it is shown after."""


RoutedItem = TypeVar("RoutedItem", bound=Routed)
AnswerValue = TypeVar("AnswerValue")


def path(items: Sequence[RoutedItem], answers: Mapping[str, AnswerValue]) -> tuple[RoutedItem, ...]:
    """The items this respondent sees, in order: an item off the path leads nowhere, whatever was answered to it."""
    on_path: dict[str, RoutedItem] = {}
    for item in items:
        rule = item.rule
        if rule is None or (rule.item in on_path and rule.is_met_by(answers.get(rule.item))):
            on_path[item.code] = item
    return tuple(on_path.values())


def answers_on_path(items: Sequence[RoutedItem], answers: Mapping[str, AnswerValue]) -> dict[str, AnswerValue]:
    """The answers to items on the path, in the order of the path; what was left behind on another way is dropped."""
    return {item.code: answers[item.code] for item in path(items, answers) if item.code in answers}
