"""Invented populations, published through the pure rooms: as the platform does it, and in ways to be found out."""

import hashlib
from collections import defaultdict
from itertools import pairwise, product

import numpy as np

from feedback.disclosure.attack import Answers, Bases, Line, Method, Published
from feedback.disclosure.blocks import Group, Period, Stratum, close_area, group_of
from feedback.disclosure.figures import DID_NOT_ANSWER, Figure, ShownCell, show, sum_of, withheld
from feedback.disclosure.nation import close_nation
from feedback.disclosure.protection import protect
from feedback.disclosure.rules import AREA_TABLES, FLOOR, NATION_TABLES, Table
from feedback.disclosure.table import EMPTY, Tally
from tests.unit.disclosure.cases import quarters

SECRET = bytes(range(32))
STAGES, SERVICES, AUDIENCES = ("help", "plan", "review", "leaving"), ("visits", "homes"), ("AGE_8_11", "AGE_12_17")
STRATA = [Stratum(*parts) for parts in product(STAGES, SERVICES, AUDIENCES)]
KNOWN = {
    Table.STAGE: [Group(stage=stage) for stage in ("", *STAGES)],
    Table.SERVICE: [Group(service=service) for service in ("", *SERVICES)],
    Table.AUDIENCE: [Group(audience=audience) for audience in AUDIENCES],
}
QUESTIONS = {
    "safe": {"yes": 0.72, "mostly": 0.15, "not_sure": 0.05, "no": 0.05},
    "hurt": {"no": 0.9, "rather_not_say": 0.03, "yes": 0.04},
    "often": {"always": 0.34, "often": 0.31, "sometimes": 0.18, "rarely": 0.09, "never": 0.05},
}


class World:
    """Who answered what: tallies by question, area, quarter and stratum. `sizes` are respondents a year by area."""

    def __init__(self, sizes, *, seed, many_quarters=4, copies=1):
        self.quarters, self.areas = quarters(many_quarters), list(sizes)
        self.questions = {f"{name}{n or ''}": shares for n in range(copies) for name, shares in QUESTIONS.items()}
        self.tallies = {q: {area: defaultdict(dict) for area in sizes} for q in self.questions}
        rng = np.random.default_rng(seed)
        for area, size in sizes.items():
            many = rng.poisson(size * many_quarters / 4)
            when = rng.integers(0, many_quarters, many)
            shares = np.outer(rng.dirichlet([12, 8, 6, 3]), np.outer(rng.dirichlet([9, 6]), rng.dirichlet([9, 9])))
            where = rng.choice(len(STRATA), many, p=shares.ravel())
            keys = rng.integers(0, 2**32, many, dtype=np.uint64)
            leaning = rng.normal(size=many) + np.linspace(0.2, -0.4, len(STRATA))[where]
            for question, of_it in self.questions.items():
                self._answer(rng, question, of_it, area, when, where, keys, leaning)

    def _answer(self, rng, question, shares, area, when, where, keys, leaning):
        options = [*shares, DID_NOT_ANSWER]
        z = 0.5 * leaning + rng.normal(size=len(when))
        cuts = np.quantile(z, 1 - np.cumsum(list(shares.values()))[:-1] / sum(shares.values())) if len(z) else [0]
        chosen = len(cuts) - np.searchsorted(np.sort(cuts), z)
        chosen[rng.random(len(z)) < 0.03] = len(shares)
        place = np.ravel_multi_index((when, where, chosen), (len(self.quarters), len(STRATA), len(options)))
        n = np.bincount(place, minlength=len(self.quarters) * len(STRATA) * len(options))
        sums = np.zeros(len(n), dtype=np.uint64)
        np.add.at(sums, place, keys)
        for flat in np.flatnonzero(n):
            q, s, o = np.unravel_index(flat, (len(self.quarters), len(STRATA), len(options)))
            cells = self.tallies[question][area][self.quarters[q]].setdefault(STRATA[s], {})
            cells[options[o]] = Tally(int(n[flat]), int(sums[flat]))

    def options(self, question):
        return [*self.questions[question], DID_NOT_ANSWER]

    def counts(self, question):
        return {
            area: {q: {s: sum(t.n for t in cells.values()) for s, cells in strata.items()} for q, strata in of.items()}
            for area, of in self.tallies[question].items()
        }

    def truth(self, areas):
        return {
            question: {
                area: {
                    q: {
                        s: Answers(sum(t.n for t in c.values()), {o: t.n for o, t in c.items()})
                        for s, c in strata.items()
                    }
                    for q, strata in of_it[area].items()
                }
                for area in areas
            }
            for question, of_it in self.tallies.items()
        }

    def group(self, question, areas, period, table, group):
        """The tallies of a group of these areas over a period."""
        total = dict.fromkeys(self.options(question), EMPTY)
        for area in areas:
            for quarter in period.quarters():
                for stratum, cells in self.tallies[question][area].get(quarter, {}).items():
                    if group_of(stratum, table) == group:
                        for option, tally in cells.items():
                            total[option] = total[option].merge(tally)
        return total


def keyed(tallies, question, when):
    """As the platform does it: the same people, the same noise."""
    return protect(tallies, question=question, secret=SECRET, rules=FLOOR)


def fresh(tallies, question, when):
    """Noise that is drawn again for every table and period."""
    secret = hashlib.blake2b(repr(when).encode(), key=SECRET, digest_size=32).digest()
    return protect(tallies, question=question, secret=secret, rules=FLOOR)


def bare(tallies, question, when):
    """No noise: the unprotected twin."""
    return {option: float(tally.n) for option, tally in tallies.items()}


def printed(figure):
    return show(figure, FLOOR)


def small_hidden(figure):
    """Only what fewer than five gave is hidden, nothing is masked as over, and nobody is shown as nobody."""
    return [
        ShownCell(option, None if 0 < n < 5 else n, "", None, None, None, None, "" if not 0 < n < 5 else "masked")
        for option, n in figure.values.items()
    ]


def unmasked(figure):
    return [ShownCell(option, n, "", None, None, None, None, "") for option, n in figure.values.items()]


class Publisher:
    """Publishes a world by the platform's windows, with values and printing of one's own."""

    def __init__(self, world, *, values=keyed, printing=printed):
        self.world, self.values, self.printing = world, values, printing
        self.lines, self.bases = [], []

    def by_the_rules(self):
        for question in self.world.questions:
            counts = self.world.counts(question)
            own, nation = {area: [] for area in counts}, []
            for quarter in self.world.quarters:
                so_far = {area: {q: s for q, s in of.items() if q <= quarter} for area, of in counts.items()}
                for area, of_area in so_far.items():
                    own[area] += close_area(of_area, own[area], quarter=quarter, rules=FLOOR, known=KNOWN)
                nation += close_nation(so_far, own, nation, quarter=quarter, rules=FLOOR, known=KNOWN)
            for area, windows in [*own.items(), (None, nation)]:
                self._windows(question, area, windows)
        return self

    def _windows(self, question, area, windows):
        blocks = defaultdict(list)
        for window in windows:
            for decision in window.decisions:
                if decision.reason:
                    cells = withheld(self.world.options(question), reason=decision.reason)
                    self.lines.append(
                        Line(question, area, window.period, window.table, decision.group, None, tuple(cells))
                    )
                else:
                    figure = self._line(question, area, window.period, window.table, decision.group)
                    blocks[window.table, decision.group].append((window.period, figure))
        for (table, group), parts in blocks.items():
            year = [(p, f) for p, f in parts if p.first.year == p.last.year == parts[-1][0].last.year]
            if len(year) > 1 and all(a.last.next() == b.first for (a, _), (b, _) in pairwise(year)):
                figure = sum_of([f for _, f in year])
                self._print(question, area, Period(year[0][0].first, year[-1][0].last), table, group, figure)

    def every_way(self, periods, *, smallest=10):
        """What a usual platform shows: each quarter, each rolling year, since the start; what is too small hidden."""
        for question, period in product(self.world.questions, periods):
            for area in [*self.world.areas, None]:
                for table in AREA_TABLES if area else NATION_TABLES:
                    for group in dict.fromkeys(group_of(stratum, table) for stratum in STRATA):
                        tallies = self.world.group(question, [area] if area else self.world.areas, period, table, group)
                        if sum(t.n for t in tallies.values()) >= smallest:
                            self._line(question, area, period, table, group)
        return self

    def _line(self, question, area, period, table, group):
        tallies = self.world.group(question, [area] if area else self.world.areas, period, table, group)
        values = self.values(tallies, question, (area, period, table, group))
        figure = Figure(values, sum(t.n for t in tallies.values()), 1)
        self._print(question, area, period, table, group, figure)
        return figure

    def _print(self, question, area, period, table, group, figure):
        cells = tuple(self.printing(figure))
        base = None if all(cell.reason == "too_few_answered" for cell in cells) else figure.respondents
        self.lines.append(Line(question, area, period, table, group, base, cells))
        if base is not None and table in NATION_TABLES:
            self.bases.append(Bases(area, question, table, period, group, base))

    def of_area(self, area):
        """What is given to the attack before an area publishes."""
        lines = [line for line in self.lines if line.area in {area, None}]
        return Published(lines, self.world.truth([area]), self._methods(), [area], bases=self.bases)

    def of_all(self, areas):
        """What is given to the attack before all areas together are published."""
        lines = [line for line in self.lines if line.area in {*areas, None}]
        truth = self.world.truth(self.world.areas)
        return Published(lines, truth, self._methods(), areas, knows_all=True, bases=self.bases)

    def _methods(self):
        return {question: Method(FLOOR) for question in self.world.questions}
