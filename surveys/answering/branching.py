"""To which screens an answer leads, said in classes that the style sheet understands without a script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from surveys.instrument.document import Instrument
from surveys.instrument.items import Item

# Screens of every survey; a question whose code is such a word has a screen of its own all the same.
OUR_SCREENS = frozenset({"what", "no", "promise", "hear", "who", "try", "told", "others", "send"})


@dataclass(frozen=True)
class Onward:
    """A link to a screen that may come next; its classes say after which answers."""

    target: str
    classes: str


def screen_id(code: str) -> str:
    """The id of an item's screen."""
    return f"s-q-{code}" if code in OUR_SCREENS else f"s-{code}"


def onward(later: tuple[Item, ...], rules: Mapping[str, int]) -> tuple[Onward, ...]:
    """The screens that may come next: each conditional one after its answers, the next after none of them."""
    links, skipped = [], []
    for item in later:
        classes = [f"else-{number}" for number in skipped]
        if item.code not in rules:
            return (*links, Onward(screen_id(item.code), " ".join(classes)))
        links.append(Onward(screen_id(item.code), " ".join([f"if-{rules[item.code]}", *classes])))
        skipped.append(rules[item.code])
    return (*links, Onward("s-told", " ".join(f"else-{number}" for number in skipped)))


def leads_to(item: Item, value: str, instrument: Instrument, rules: Mapping[str, int]) -> str:
    """The classes of an answer: the numbers of the rules that it fulfils."""
    numbers = [
        rules[later.code]
        for later in instrument.items
        if later.rule and later.code in rules and later.rule.item == item.code and value in later.rule.one_of
    ]
    return " ".join(f"to-{number}" for number in numbers)
