"""After which answers an XLSForm asks a question, as far as one rule about one earlier question can say it."""

from __future__ import annotations

import operator
import re
from collections.abc import Mapping
from dataclasses import dataclass

from surveys.instrument.items import Item, Kind
from surveys.instrument.routing import Rule

_QUOTED = r"""(?:'(?P<single>[^']*)'|"(?P<double>[^"]*)"|(?P<number>-?\d+(?:\.\d+)?))"""
_NAME = r"\$\{\s*(?P<name>[^}\s]+)\s*\}"
_SELECTED = re.compile(rf"selected\s*\(\s*{_NAME}\s*,\s*{_QUOTED}\s*\)\Z")
_COMPARED = re.compile(rf"{_NAME}\s*(?P<sign>=|>=|<=|>|<)\s*{_QUOTED}\Z")
_OR = re.compile(r"\s+or\s+|(?<=\))\s*or\s+|\s+or\s*(?=\()", re.IGNORECASE)
MOST_CHARACTERS = 5000
COMPARISONS = {
    "=": operator.eq, ">": operator.gt, "<": operator.lt, ">=": operator.ge, "<=": operator.le,
}  # fmt: skip


class CannotHold(ValueError):
    """Raised when a condition is more than one rule can say; holds why, as the end of a sentence."""


@dataclass(frozen=True)
class Known:
    """A question that a condition may name: the item it became, and what its choices were called in the form."""

    item: Item
    codes: Mapping[str, str]


def rule_of(relevant: str, known: Mapping[str, Known]) -> Rule:
    """The rule that says the same; CannotHold if there is none. `known` are the earlier questions by their names."""
    if len(relevant) > MOST_CHARACTERS:
        raise CannotHold("the condition is too long")
    rules = [_atom(part, known) for part in _OR.split(_bare(relevant))]
    if len({rule.item for rule in rules}) > 1:
        raise CannotHold("it depends on more than one question")
    rule = Rule(rules[0].item, frozenset().union(*(rule.one_of for rule in rules)))
    asked = next(one.item for one in known.values() if one.item.code == rule.item)
    if asked.kind is Kind.MULTI and len(rule.one_of) > 1:
        raise CannotHold("several options of one question can be chosen together, and only one may lead on")
    return rule


def _bare(expression: str) -> str:
    """Without the brackets around all of it."""
    bare = expression.strip()
    while bare.startswith("(") and bare.endswith(")") and _closes_last(bare):
        bare = bare[1:-1].strip()
    return bare


def _closes_last(expression: str) -> bool:
    depth = 0
    for place, character in enumerate(expression):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return place == len(expression) - 1
    return False


def _atom(part: str, known: Mapping[str, Known]) -> Rule:
    bare = _bare(part)
    found = _SELECTED.match(bare) or _COMPARED.match(bare)
    if not found:
        raise CannotHold("it is more than answers to one question")
    asked = known.get(found["name"])
    if asked is None:
        raise CannotHold(f"{found['name']} is not an earlier question that was taken over")
    if not asked.item.is_closed or asked.item.kind is Kind.SORT:
        raise CannotHold(f"{found['name']} is not a question that is answered by choosing")
    value = next(found[group] for group in ("single", "double", "number") if found[group] is not None)
    sign = found.groupdict().get("sign") or "selected"
    return Rule(asked.item.code, _codes(asked, sign, value, found["name"]))


def _codes(asked: Known, sign: str, value: str, name: str) -> frozenset[str]:
    if asked.item.kind is Kind.LADDER and sign != "selected":
        return _steps(asked.item, sign, value)
    if asked.item.kind is Kind.MULTI and sign != "selected":
        raise CannotHold(f"it asks whether one option of {name}, and no other, was chosen")
    if sign not in {"=", "selected"}:
        raise CannotHold("it compares numbers")
    if value not in asked.codes:
        raise CannotHold(f"{name} does not offer {value!r}")
    return frozenset({asked.codes[value]})


def _steps(ladder: Item, sign: str, value: str) -> frozenset[str]:
    """The steps of a ladder for which a comparison is true; one that is true of none cannot be held."""
    try:
        limit = float(value)
    except ValueError as problem:
        raise CannotHold(f"{value!r} is not a number") from problem
    holds = COMPARISONS[sign]
    if steps := frozenset(code for code in ladder.option_codes if holds(int(code), limit)):
        return steps
    raise CannotHold("no step of the ladder fits it")


def both(outer: Rule, inner: Rule, items: Mapping[str, Item]) -> Rule:
    """The rule that holds where both do; `items` are the earlier items by code. CannotHold if one cannot say it."""
    if outer == inner or _follows(inner, outer, items):
        return inner
    asked = items.get(outer.item)
    common = outer.one_of & inner.one_of
    if outer.item == inner.item and common and asked is not None and asked.kind is not Kind.MULTI:
        return Rule(outer.item, common)
    raise CannotHold("it depends on more than one question, with that of the group around it")


def _follows(inner: Rule, outer: Rule, items: Mapping[str, Item]) -> bool:
    """Whether who meets the inner rule has met the outer one on the way."""
    asked = items.get(inner.item)
    rule = asked.rule if asked else None
    while rule is not None:
        if rule.item == outer.item and rule.one_of <= outer.one_of:
            return True
        rule = items[rule.item].rule if rule.item in items else None
    return False


def relevant_of(rule: Rule, asked: Item) -> str:
    """The condition in an XLSForm's words; ways out are no choices there, so it says nothing of them."""
    chosen = [code for code in asked.option_codes if code in rule.one_of]
    return " or ".join(f"selected(${{{rule.item}}}, '{code}')" for code in chosen)
