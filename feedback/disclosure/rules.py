"""The parameters of protection, the tables that exist, and the remainder rule.

Every number here is from the protection study ("Protecting numbers, samples and words", A1); changing one needs a
decision record and a run of the attack suite.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from math import sqrt
from typing import TypeVar

Key = TypeVar("Key")


class Table(StrEnum):
    """The tables that exist; there is no other, and a filter only chooses among their cells."""

    OVERALL = "overall"
    STAGE = "stage"
    AUDIENCE = "audience"
    SERVICE = "service"
    STAGE_AUDIENCE = "stage_audience"


AREA_TABLES = (Table.OVERALL, Table.STAGE, Table.AUDIENCE, Table.SERVICE, Table.STAGE_AUDIENCE)
NATION_TABLES = (Table.OVERALL, Table.STAGE, Table.AUDIENCE)
NOT_TABULATED = frozenset({"AGE_4_5"})


class TooManyLooks(ValueError):
    """Raised when one answer would be inside more published cells than the noise can carry."""


@dataclass(frozen=True)
class ProtectionRules:
    """The parameters in force (A1): numbers of respondents, the noise, and how many looks at one answer it carries."""

    smallest_block: int = 20
    smallest_group: int = 10
    percent_base: int = 20
    mask: int = 5
    sd: float = 2.0
    bound: int = 8
    looks: int = 8
    share_to_close: float = 0.8
    version: str = "2026-1"

    def problems(self) -> list[str]:
        """One sentence for each parameter that protects less than the national floor; none if all is well."""
        found = [
            f"{_NAMES[name]} is {getattr(self, name)}; the national floor is {getattr(FLOOR, name)}."
            for name in _HIGHER_PROTECTS_MORE
            if getattr(self, name) < getattr(FLOOR, name)
        ]
        if self.bound < 4 * self.sd:
            found.append(f"The noise is cut off at {self.bound}; with sd {self.sd:g} it must reach {4 * self.sd:g}.")
        if self.sd < sd_for(self.looks):
            found.append(f"{self.looks} looks at one answer need a noise of sd {sd_for(self.looks):.2f} at least.")
        return found


_HIGHER_PROTECTS_MORE = ("smallest_block", "smallest_group", "percent_base", "mask", "sd", "share_to_close")
_NAMES = {
    "smallest_block": "The smallest block",
    "smallest_group": "The smallest group",
    "percent_base": "The smallest base of a percentage",
    "mask": "The mask",
    "sd": "The noise (sd)",
    "share_to_close": "The share that closes a breakdown",
}
FLOOR = ProtectionRules()


# What an area may decide for itself: from how many people on it shows something. The noise is the same for all, because
# national figures are made of the same answers.
OF_AN_AREA = ("smallest_block", "smallest_group", "percent_base", "mask")


def strictest(rules: ProtectionRules, *others: Mapping[str, int | None]) -> ProtectionRules:
    """The rules with what any area wants stricter; what is weaker changes nothing, wherever it was written."""
    wanted = [{name: value for name, value in other.items() if value is not None} for other in others]
    own = {name: max([getattr(rules, name), *(w[name] for w in wanted if name in w)]) for name in OF_AN_AREA}
    # A block is a group too: one smaller than a group may be would tell what the breakdown hides.
    own["smallest_block"] = max(own["smallest_block"], own["smallest_group"])
    return replace(rules, **own)


def weaker(rules: ProtectionRules, wanted: Mapping[str, int | None]) -> dict[str, str]:
    """A sentence for each parameter by which an area would protect less than the rules do."""
    return {
        name: f"{_NAMES[name]} cannot be {value}: the floor here is {getattr(rules, name)}. Leave it empty for that."
        for name, value in wanted.items()
        if value is not None and value < getattr(rules, name)
    }


def sd_for(looks: int) -> float:
    """The smallest noise, as a standard deviation in respondents, that carries so many looks at one answer.

    A1: sd >= 0.6825 sqrt(T) keeps an all-knowing attacker's best guess right at most 85 % of the time.
    """
    return 0.6825 * sqrt(looks)


def check_look_budget(tables: Iterable[Table], *, national: Iterable[Table], rules: ProtectionRules) -> int:
    """How many published cells one answer is inside (one in each table of its area and of the nation).

    Raises TooManyLooks if that is more than the rules allow (P13).
    """
    looks = len(set(tables)) + len(set(national))
    if looks > rules.looks:
        raise TooManyLooks(
            f"One answer would be in {looks} published cells and the noise carries {rules.looks}. "
            f"Take a table away, or raise the noise to sd {sd_for(looks):.2f} by a decision record."
        )
    return looks


def line_rule(
    bases: Mapping[Key, int], rules: ProtectionRules, *, may_show: Iterable[Key] | None = None
) -> frozenset[Key]:
    """The groups of one line that may be shown, so that none can be worked out by taking away (A2 rule 3).

    `bases` are numbers of respondents by group, never answers; `may_show` are the groups that other rules allow.
    The respondents not shown then number 0 or at least the smallest group.
    """
    allowed = set(bases) if may_show is None else set(may_show)
    shown = {group for group, base in bases.items() if base >= rules.smallest_group and group in allowed}
    while shown and 0 < _left(bases, shown) < rules.smallest_group:
        shown.remove(min(shown, key=lambda group: (bases[group], repr(group))))
    return frozenset(shown)


def _left(bases: Mapping[Key, int], shown: set[Key]) -> int:
    return sum(base for group, base in bases.items() if group not in shown)
