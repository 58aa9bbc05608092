"""What a licensee loads of a scale: its words, its coding, its norms and its terms. Pure, and hashed.

Its JSON stands in the database; nothing of it is ever written by us.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from surveys.instrument.locker import RECORDS, Record
from surveys.instrument.scoring import Band, Ranges, ScaleRule, Score, scores_of
from surveys.instrument.wording import Audience

# How a scale may be answered under a licence, and what that means here.
MODES: Mapping[str, str] = {
    "electronic": "The family tapped the answers",
    "assisted": "Read out, and tapped by the worker",
    "paper": "Written on licensed paper, and copied here by number",
}
# Those in which the items stand on a screen.
ON_SCREEN = ("electronic", "assisted")
ON_PAPER = "paper"
Texts = Mapping[str, str]


@dataclass(frozen=True)
class LicensedOption:
    """One option: its points, or nothing where it is not scored, and of which items it is."""

    code: str
    points: int | None
    items: tuple[str, ...]
    texts: Texts


@dataclass(frozen=True)
class Licensed:
    """One version of a scale as it was loaded, whole."""

    record: str
    version: str
    number: str
    holder: str
    expires_on: date
    modes: tuple[str, ...]
    audiences: tuple[str, ...]
    languages: tuple[str, ...]
    shows_items: bool
    norm: str
    notice: Texts
    introduction: Texts
    items: Mapping[str, Texts]
    options: tuple[LicensedOption, ...]
    rules: tuple[ScaleRule, ...]
    meanings: Mapping[str, Texts]
    bands: tuple[Band, ...]

    @property
    def about(self) -> Record:
        """What is published of it."""
        return RECORDS[self.record]

    @property
    def ranges(self) -> Ranges:
        """Of each item, the least and the most points."""
        return {item: _range(self.options_of(item)) for item in self.items}

    def options_of(self, item: str) -> tuple[LicensedOption, ...]:
        """The options of one item, in their order."""
        return tuple(option for option in self.options if item in option.items)

    def scores(self, answers: Mapping[str, str]) -> tuple[Score, ...]:
        """The scores of answers: the code of an option by item."""
        points = {(option.code, item): option.points for option in self.options for item in option.items}
        found = {item: points.get((code, item)) for item, code in answers.items()}
        scored = {item: one for item, one in found.items() if one is not None}
        return scores_of(self.rules, scored, self.ranges)

    def wording(self, language: str) -> str:
        """The hash of every word of one language that whoever answers reads."""
        options = {f"{one.code} {' '.join(one.items)}": one.texts.get(language) for one in self.options}
        items = {item: texts.get(language) for item, texts in self.items.items()}
        around = [self.notice.get(language), self.introduction.get(language)]
        return _hash([self.record, self.version, language, items, options, around])

    @property
    def scoring(self) -> str:
        """The hash of what makes a number of answers: two scores are compared only where it is the same."""
        document = as_document(self)
        points = [[one.code, one.points, list(one.items)] for one in self.options]
        return _hash([self.record, self.version, document["rules"], points])

    @property
    def digest(self) -> str:
        """The hash of all of it, kept beside it."""
        return _hash(as_document(self))


def _range(options: tuple[LicensedOption, ...]) -> tuple[int, int]:
    points = [option.points for option in options if option.points is not None]
    return min(points), max(points)


def _hash(what: object) -> str:
    return hashlib.sha256(json.dumps(what, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def sees_bands(audience: str) -> bool:
    """Whether bands of a norm may be shown: never to a child, nor to who was one a moment ago."""
    return audience == Audience.PARENT_CARER


def as_document(one: Licensed) -> dict[str, Any]:
    """All of it as JSON."""
    return {
        **{name: getattr(one, name) for name in ("record", "version", "number", "holder", "shows_items", "norm")},
        **{name: dict(getattr(one, name)) for name in ("notice", "introduction", "items", "meanings")},
        **{name: list(getattr(one, name)) for name in ("modes", "audiences", "languages")},
        "expires_on": one.expires_on.isoformat(),
        "options": [[o.code, o.points, list(o.items), dict(o.texts)] for o in one.options],
        "rules": [_as_rule(rule) for rule in one.rules],
        "bands": [[b.scale, str(b.lowest), str(b.highest), dict(b.texts)] for b in one.bands],
    }


def _as_rule(rule: ScaleRule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "items": list(rule.items),
        "turned": sorted(rule.turned),
        "least": rule.least,
        "times": rule.times,
        "table": [[raw, str(value)] for raw, value in rule.table],
        "sum_of": list(rule.sum_of),
    }


def from_document(document: Mapping[str, Any]) -> Licensed:
    """What was loaded, from its JSON."""
    fields = dict(document)
    return Licensed(
        **{
            **fields,
            **{name: tuple(fields[name]) for name in ("modes", "audiences", "languages")},
            "expires_on": date.fromisoformat(fields["expires_on"]),
            "options": tuple(LicensedOption(c, p, tuple(i), t) for c, p, i, t in fields["options"]),
            "rules": tuple(map(_rule, fields["rules"])),
            "bands": tuple(Band(s, Decimal(low), Decimal(high), t) for s, low, high, t in fields["bands"]),
        }
    )


def _rule(written: Mapping[str, Any]) -> ScaleRule:
    return ScaleRule(
        **{
            **written,
            "items": tuple(written["items"]),
            "turned": frozenset(written["turned"]),
            "table": tuple((raw, Decimal(value)) for raw, value in written["table"]),
            "sum_of": tuple(written["sum_of"]),
        }
    )
