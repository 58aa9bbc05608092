"""Proves what was counted: codes it anew from the vault, adds it up again and compares, bit for bit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from feedback.anonymisation.actions import lock_areas
from feedback.anonymisation.recoding import recode, taken_back_since
from feedback.disclosure.blocks import Quarter, Stratum
from feedback.disclosure.table import EMPTY, Tally
from feedback.releases.counting import Sums, count, routes_of
from feedback.releases.models import BlockTally
from feedback.releases.tabulation import Cells, Plans, people, tabulate
from surveys.frame.models import Area

LAST = Quarter(9999, 4)
LARGEST_KEY = 2**32 - 1


@dataclass
class Proof:
    """Of one quarter of an area: which questions differ, and what else there is to say; no number of anybody."""

    quarter: Quarter
    differ: list[str] = field(default_factory=list)
    is_coded_otherwise: bool = False
    does_not_open: bool = False
    was_taken_back: bool = False
    is_partly_gone: bool = False

    @property
    def holds(self) -> bool:
        """Whether what was counted is what the vault gives."""
        return not (self.differ or self.is_coded_otherwise or self.does_not_open)

    def in_words(self) -> Iterator[str]:
        """What is wrong, or that nothing is, and what is to be known about it."""
        if self.differ:
            yield f"DIFFERS in {', '.join(sorted(self.differ))}."
        if self.is_coded_otherwise:
            yield "An answer was CODED OTHERWISE than it would be now."
        if self.does_not_open:
            yield "An answer DOES NOT OPEN; prove_words says under which key."
        if self.holds:
            yield "The same, bit for bit."
        if self.was_taken_back:
            yield "Answers were taken back after it closed; its block stays as it was."
        if self.is_partly_gone:
            yield "Some answers are in the vault no more, because their days are over; they are as they were coded."


@transaction.atomic
def prove(area: Area, plans: Plans) -> list[Proof]:
    """The proofs of every quarter of an area in which something is counted; nothing is coded or closed meanwhile."""
    lock_areas({area.pk})
    proofs: dict[Quarter, Proof] = {}
    rebuilt = _rebuilt(area, plans, proofs)
    counted = tabulate(area, until=LAST, plans=plans)
    frozen = set(BlockTally.objects.filter(area=area).values_list("question", "quarter"))
    for question in counted.cells.keys() | rebuilt.keys():
        before, now = counted.cells.get(question, {}), rebuilt.get(question, {})
        for quarter in before.keys() | now.keys():
            proof = proofs.setdefault(quarter, Proof(quarter))
            _compare(
                proof,
                question,
                before.get(quarter, {}),
                now.get(quarter, {}),
                is_frozen=(question, str(quarter)) in frozen,
            )
    return sorted(proofs.values(), key=lambda proof: proof.quarter)


def _rebuilt(area: Area, plans: Plans, proofs: dict[Quarter, Proof]) -> dict[str, dict[Quarter, Cells]]:
    routes = {edition: routes_of(plan) for edition, plan in plans.by_edition.items()}
    sums: dict[tuple[Quarter, Stratum], Sums] = {}
    for one in recode(area):
        quarter = Quarter.parse(one.coded.quarter)
        proof = proofs.setdefault(quarter, Proof(quarter))
        proof.is_coded_otherwise |= not one.is_the_same
        proof.does_not_open |= one.does_not_open
        proof.is_partly_gone |= one.anew is None and not one.does_not_open
        row = one.counts_as
        of_stratum = sums.setdefault((quarter, Stratum(row.stage, row.service, row.audience)), {})
        count(of_stratum, routes[row.edition_id], row.answers, row.helper, row.record_key)
    found: dict[str, dict[Quarter, Cells]] = {}
    for (quarter, stratum), of_stratum in sums.items():
        for (name, option), (n, keysum) in of_stratum.items():
            cells = found.setdefault(name, {}).setdefault(quarter, {})
            cells.setdefault(stratum, {})[option] = Tally(n, keysum)
    return found


def _compare(proof: Proof, question: str, before: Cells, now: Cells, *, is_frozen: bool) -> None:
    if _without_nobody(before) == _without_nobody(now):
        return
    if is_frozen and _could_be_taken_back(before, now, proof.quarter):
        proof.was_taken_back = True
    else:
        proof.differ.append(question)


def _without_nobody(cells: Cells) -> dict[Stratum, dict[str, Tally]]:
    there = {
        stratum: {o: tally for o, tally in options.items() if tally != EMPTY} for stratum, options in cells.items()
    }
    return {stratum: options for stratum, options in there.items() if options}


def _could_be_taken_back(before: Cells, now: Cells, quarter: Quarter) -> bool:
    """Whether all that is missing can be people who took their answers back since the quarter was over.

    A cell holds no more than it did; who left took their own keys along; and no more left than took anything back.
    """
    gone = [
        (tally.n - left.n, tally.keysum - left.keysum)
        for stratum in before.keys() | now.keys()
        for tally, left in _pairs(before.get(stratum, {}), now.get(stratum, {}))
    ]
    if not all(n >= 0 and 0 <= keysum <= n * LARGEST_KEY for n, keysum in gone):
        return False
    after = quarter.next()
    missing = sum(map(people, before.values())) - sum(map(people, now.values()))
    return missing <= taken_back_since(date(after.year, 3 * after.number - 2, 1))


def _pairs(before: Mapping[str, Tally], now: Mapping[str, Tally]) -> Iterator[tuple[Tally, Tally]]:
    for option in before.keys() | now.keys():
        yield before.get(option, EMPTY), now.get(option, EMPTY)
