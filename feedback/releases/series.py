"""Under which name each question of an edition is counted: its code, or another where the series breaks. No database.

A question that changed is another measurement. Answers of before and after are then two questions with windows of their
own, so that neither is put beside the other as if nothing had happened, and so that every answer stays in the same
number of published cells. Every respondent answered one edition, so the two have nobody in common, and figures of one
cannot be taken away from figures of the other.

What breaks a series says `surveys.instrument.comparing`. Between two surveys nobody can say that other words mean the
same, so there the form alone decides, and a code means the same question as it always did (glossary: question).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from surveys.instrument.comparing import ENGLISH, Change, Series, compare, is_typo
from surveys.instrument.document import Instrument
from surveys.instrument.items import Item

# Between the code and the number of a series that is not the first one; no code can hold it.
BREAK = "~"
BEFORE = "Later it was asked in another way. Those answers stand by themselves and are not added to these."
AFTER = "It was asked in another way before. Those answers stand by themselves and are not added to these."
_LATER = re.compile(rf"(?P<code>.+){BREAK}(?P<number>\d+)\Z")

Names = Mapping[str, str]
"""By the code of an item, the name it is counted under."""
Form = tuple[object, ...]


@dataclass(frozen=True)
class AskedEdition:
    """An edition as far as its series go: which survey it is of, which edition of that, and what it asks."""

    key: int
    survey: int
    number: int
    instrument: Instrument


@dataclass(frozen=True)
class _Asked:
    """A question as one edition asked it, and the name it has there."""

    edition: AskedEdition
    item: Item
    form: Form
    name: str


MeansTheSame = Callable[[AskedEdition, AskedEdition, str], bool]
"""Whether people said that an item (no code: the survey around the items) means the same in both editions."""


def code_of(name: str) -> str:
    """The code of the question that is counted under a name."""
    later = _LATER.match(name)
    return later["code"] if later else name


def is_later_series(name: str) -> bool:
    """Whether a question of this code was asked in another way before."""
    return _LATER.match(name) is not None


def notes_on_breaks(names: Iterable[str], notes: Mapping[str, str]) -> dict[str, str]:
    """What a reader is told beside each question that was asked in several ways, behind what `notes` say already."""
    later = {name for name in names if is_later_series(name)}
    said = dict.fromkeys((code_of(name) for name in later), BEFORE) | dict.fromkeys(later, AFTER)
    return {name: f"{notes[name]} {note}" if name in notes else note for name, note in said.items()}


def names_of_editions(
    editions: Iterable[AskedEdition], *, settled: Mapping[tuple[int, str], str], means_the_same: MeansTheSame
) -> dict[int, dict[str, str]]:
    """The name of every closed question of these editions, by the edition's key, then by the item's code.

    Editions come in the order in which they were frozen. `settled` are names, by edition and item, under which figures
    exist already: they stay, whatever is said later.
    """
    naming = _Naming(settled, means_the_same)
    return {edition.key: naming.of(edition) for edition in editions}


class _Naming:
    """Gives names, edition by edition."""

    def __init__(self, settled: Mapping[tuple[int, str], str], means_the_same: MeansTheSame) -> None:
        self.settled, self.means_the_same = settled, means_the_same
        self.asked: dict[str, list[_Asked]] = defaultdict(list)
        self.taken: dict[str, set[str]] = defaultdict(set)
        for (_, code), name in settled.items():
            self.taken[code].add(name)

    def of(self, edition: AskedEdition) -> dict[str, str]:
        """The names of an edition's questions; those that lead to others come first."""
        found: dict[str, str] = {}
        for item in edition.instrument.closed_items:
            form = _form(item, found)
            settled = self.settled.get((edition.key, item.code))
            name = found[item.code] = settled or self._name(edition, item, form)
            self.asked[item.code].append(_Asked(edition, item, form, name))
            self.taken[item.code].add(name)
        return found

    def _name(self, edition: AskedEdition, item: Item, form: Form) -> str:
        earlier = self.asked[item.code]
        if not earlier:
            return item.code if item.code not in self.taken[item.code] else self._free(item.code)
        before = next((one for one in reversed(earlier) if one.edition.survey == edition.survey), None)
        if before is None:
            return self._first_of_a_survey(edition, item, form)
        if form == before.form and self._goes_on(before, edition):
            return before.name
        same = (one for one in self._alike(edition, item, form) if one.name != before.name and _words(one.item, item))
        return next((one.name for one in same), None) or self._free(item.code)

    def _goes_on(self, before: _Asked, edition: AskedEdition) -> bool:
        changes = [one for one in compare(before.edition.instrument, edition.instrument) if one.breaks_series]
        about = [one for one in changes if one.item in ("", before.item.code)]
        return all(self._is_harmless(one, before.edition, edition) for one in about)

    def _is_harmless(self, change: Change, before: AskedEdition, after: AskedEdition) -> bool:
        return change.series is Series.UNLESS and self.means_the_same(before, after, change.item)

    def _alike(self, edition: AskedEdition, item: Item, form: Form) -> list[_Asked]:
        """Where the same audience was asked it in the same form, the latest first."""
        audience = edition.instrument.audience
        earlier = reversed(self.asked[item.code])
        return [one for one in earlier if one.form == form and one.edition.instrument.audience is audience]

    def _first_of_a_survey(self, edition: AskedEdition, item: Item, form: Form) -> str:
        """As the same audience was asked it elsewhere; else, as any other was: wordings and answers are by audience."""
        alike = self._alike(edition, item, form)
        if alike:
            return next((one.name for one in alike if _words(one.item, item)), alike[-1].name)
        earlier = self.asked[item.code]
        if any(one.edition.instrument.audience is edition.instrument.audience for one in earlier):
            return self._free(item.code)
        same_route = [one.name for one in earlier if one.form[:1] == form[:1]]
        return same_route[0] if same_route else self._free(item.code)

    def _free(self, code: str) -> str:
        numbers = [int(later["number"]) for name in self.taken[code] if (later := _LATER.match(name))]
        return f"{code}{BREAK}{max(numbers, default=1) + 1}"


def _form(item: Item, names: Names) -> Form:
    """Everything of an item that is no matter of words; first, after which answers to which question it is asked."""
    route = (names.get(item.rule.item, item.rule.item), item.rule.one_of) if item.rule else None
    offered = tuple((option.code, option.excludes_others) for option in item.options)
    return (route, item.kind), offered, item.ways_out


def _words(one: Item, other: Item) -> bool:
    """Whether both are asked in the same English words, small slips apart."""
    labels = {option.code: option.labels.get(ENGLISH, "") for option in one.options}
    same_labels = all(is_typo(labels[o.code], o.labels.get(ENGLISH, "")) for o in other.options if o.code in labels)
    return same_labels and is_typo(one.texts.get(ENGLISH, ""), other.texts.get(ENGLISH, ""))
