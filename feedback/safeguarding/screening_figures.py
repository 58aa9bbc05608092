"""How well screening does on labelled texts: the tables of docs/explanation/screening.md. Pure but for files."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from feedback.safeguarding.screening import SIMILAR, Severity, screen
from feedback.safeguarding.screening_model import likenesses
from feedback.safeguarding.screening_text import readable
from feedback.safeguarding.screening_training import AT_WORK, Labelled, labelled, model_of, train

CERTAINTY = 1.96  # standard errors of a 95 % interval
FOLDS = 5


@dataclass(frozen=True)
class Share:
    """Some of a number of texts."""

    some: int
    of: int

    def __str__(self) -> str:
        """As the tables print it: "83 % (78 of 94; 74–89)", the last being Wilson's 95 % interval; "–" of nothing."""
        if not self.of:
            return "–"
        low, high = self.interval
        return f"{_percent(self.some / self.of)} % ({self.some} of {self.of}; {_percent(low)}–{_percent(high)})"

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval, as shares of one."""
        share, z2 = self.some / self.of, CERTAINTY**2 / self.of
        middle, half = share + z2 / 2, CERTAINTY * (share * (1 - share) / self.of + z2 / self.of / 4) ** 0.5
        return max(0.0, (middle - half) / (1 + z2)), min(1.0, (middle + half) / (1 + z2))


def _percent(share: float) -> int:
    return round(100 * share)


@dataclass(frozen=True)
class Looked:
    """A labelled text, and what raised it."""

    text: Labelled
    by_rules: bool
    by_model: bool

    @property
    def is_raised(self) -> bool:
        """Whether either raised it."""
        return self.by_rules or self.by_model


def looked_at(texts: Iterable[Labelled], *, at_work: bool = False) -> list[Looked]:
    """What screening says of each text."""
    found = []
    for text in texts:
        rules = {signal.rule for signal in screen(text.text, language=text.language, at_work=at_work).signals}
        found.append(Looked(text, bool(rules - {SIMILAR}), SIMILAR in rules))
    return found


def cross_validated(texts: Sequence[Labelled]) -> list[Looked]:
    """The same, each text seen by a model that did not learn from it; the rules were written with all in sight."""
    order = list(range(len(texts)))
    random.Random(1).shuffle(order)  # noqa: S311 - an order, not a secret
    rules = looked_at(texts)
    found = []
    for fold in range(FOLDS):
        away = set(order[fold::FOLDS])
        model = model_of(*train([text for at, text in enumerate(texts) if at not in away]))
        found += [
            Looked(texts[at], rules[at].by_rules, bool(likenesses(readable(texts[at].text), model))) for at in away
        ]
    return found


def row(name: str, looked: Sequence[Looked], *, is_short: bool = False) -> str:
    """One line of a table: worrying texts raised, ordinary texts raised, and how many of those raised are worrying."""
    worrying, ordinary = (_raised([one for one in looked if one.text.label == label]) for label in (1, 0))
    raised = [] if is_short else [Share(worrying.some, worrying.some + ordinary.some)]
    return f"| {' | '.join(map(str, [name, worrying, ordinary, *raised]))} |"


def _raised(looked: Sequence[Looked]) -> Share:
    return Share(sum(one.is_raised for one in looked), len(looked))


def table(name: str, looked: Sequence[Looked]) -> list[str]:
    """The lines for all, by rules alone, by the model alone, for English and for the other languages."""
    alone = [Looked(one.text, one.by_rules, False) for one in looked]
    model = [Looked(one.text, False, one.by_model) for one in looked]
    english = [one for one in looked if one.text.language == "en"]
    other = [one for one in looked if one.text.language != "en"]
    parts = {"": looked, ", rules alone": alone, ", model alone": model, ", English": english}
    parts[", other languages"] = other
    return [row(f"{name}{part}", of) for part, of in parts.items()]


def by(looked: Sequence[Looked], of: Callable[[Labelled], str]) -> list[str]:
    """One line for each language or kind."""
    groups = defaultdict(list)
    for one in looked:
        groups[of(one.text)].append(one)
    return [row(name, group, is_short=True) for name, group in sorted(groups.items())]


def held_out_tables() -> list[str]:
    """Every line about the held-out part."""
    looked = looked_at(labelled("held out"))
    english = [one for one in looked if one.text.language == "en"]
    return [*table("Held out", looked), *by(looked, lambda text: text.language), *by(english, lambda text: text.kind)]


def at_work_lines() -> list[str]:
    """Every line about what adults write about their work, screened as what children write and as what it is."""
    texts = labelled(f"held out{AT_WORK}")
    as_children = row("Adults about their work, held out, screened like children", looked_at(texts))
    return [as_children, row("The same, screened as what it is", looked_at(texts, at_work=True))]


def missed_at_work(texts: Sequence[Labelled]) -> list[str]:
    """Worrying texts that are read first where children write, and would be read later where adults write of work."""
    worrying = [text for text in texts if text.label]
    return [one.text for one in worrying if _how_soon(one, at_work=True) < _how_soon(one, at_work=False)]


def _how_soon(text: Labelled, *, at_work: bool) -> int:
    severity = screen(text.text, language=text.language, at_work=at_work).severity
    return [None, Severity.SOON, Severity.NOW].index(severity)


if __name__ == "__main__":
    print(
        "\n".join([*held_out_tables(), *at_work_lines(), *table("Cross-validated", cross_validated(labelled("train")))])
    )
