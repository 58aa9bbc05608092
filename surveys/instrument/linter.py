"""Finds what makes a question bad before a child meets it, and says why in a sentence a 12-year-old understands.

It reads English only; what counts and does not read is found in every language. It judges by patterns, so it errs: how
often is measured (`measuring.py`), and who knows better overrides it with a reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from surveys.instrument.alike import asked_alike
from surveys.instrument.document import Instrument, digest
from surveys.instrument.items import BOTH_WAYS_OUT, Item, Kind
from surveys.instrument.limits import Beyond, exceeded, unusual
from surveys.instrument.linter_checks import CHECKS, SAME_LENGTH, Asked, Hit
from surveys.instrument.linter_rules import NOTE, RULES, LintRule, Severity
from surveys.instrument.wording import LANGUAGES, LIMITS, Audience

LONGEST_READ = 1000
"""How many characters of a text are read; no question is so long, and one that is has too many words anyway."""

# Answers and screens that only tell are read for their words, not as questions.
_OF_ANSWERS = ("jargon",)
_OF_TELLING = ("jargon", "reading_age")


@dataclass(frozen=True)
class Finding:
    """What one rule found in one item (or in the survey, where `item` is empty).

    `span` is where in the English text it stands, in characters; `severity` is for the audience it was looked for.
    """

    rule: str
    item: str
    what: str
    why: str
    evidence: str
    suggestion: str
    severity: Severity
    span: tuple[int, int] | None = None

    @property
    def name(self) -> str:
        """What the rule is called."""
        return RULES[self.rule].name

    @property
    def blocks(self) -> bool:
        """Whether nothing can be frozen while it stands."""
        return self.severity is Severity.MUST

    @property
    def can_be_overridden(self) -> bool:
        """Whether somebody may let it pass with a reason."""
        return self.blocks and RULES[self.rule].can_be_overridden


def lint(item: Item, audience: Audience, at_least: Severity = NOTE) -> tuple[Finding, ...]:
    """What is wrong with the English words of one item; the weightiest first, in the order of the rules."""
    found = [
        *_in_text(item, item.texts.get("en", ""), _rules_for(item), audience, at_least),
        *_in_text(item, item.hints.get("en", ""), _OF_TELLING, audience, at_least, with_span=False),
    ]
    for option in item.options:
        found += _in_text(item, option.labels.get("en", ""), _OF_ANSWERS, audience, at_least, with_span=False)
    return _sorted(found)


def _rules_for(item: Item) -> Iterable[str]:
    return _OF_TELLING if item.kind is Kind.INFORMATION else CHECKS


def _in_text(
    item: Item, text: str, rules: Iterable[str], audience: Audience, at_least: Severity, *, with_span: bool = True
) -> Iterator[Finding]:
    labels = tuple(option.labels.get("en", "") for option in item.options)
    asked = Asked(text[:LONGEST_READ].translate(SAME_LENGTH), audience, labels)
    for name in rules:
        rule = RULES[name]
        if _may_weigh(rule, audience, at_least):
            found = (_finding(rule, item.code, hit, audience, with_span) for hit in CHECKS[name](asked))
            yield from (finding for finding in found if finding.severity.weight >= at_least.weight)


def _may_weigh(rule: LintRule, audience: Audience, at_least: Severity) -> bool:
    """Whether it can find anything of this weight; a double negation weighs more than its rule says."""
    severity = rule.severity.get(audience)
    return severity is not None and (severity.weight >= at_least.weight or rule.id == "negation")


def _finding(rule: LintRule, item: str, hit: Hit, audience: Audience, with_span: bool) -> Finding:
    severity = hit.severity or rule.severity[audience]
    suggestion = hit.suggestion or rule.suggestion
    span = (hit.start, hit.end) if with_span else None
    return Finding(rule.id, item, hit.what, rule.why, rule.evidence, suggestion, severity, span)


def lint_instrument(
    instrument: Instrument, themes: Mapping[str, str] | None = None, at_least: Severity = NOTE
) -> tuple[Finding, ...]:
    """What is wrong with a whole survey: its words, how it is asked, and how much; the survey itself comes first."""
    found = [*_beyond(exceeded(instrument, themes), Severity.MUST), *_beyond(unusual(instrument), NOTE)]
    found += _asked_twice(instrument)
    for item in instrument.items:
        found += lint(item, instrument.audience, at_least)
        found += _structure(item, instrument)
    places = {code: place for place, code in enumerate(["", *(item.code for item in instrument.items)])}
    heavy = [finding for finding in found if finding.severity.weight >= at_least.weight]
    return tuple(sorted(_sorted(heavy), key=lambda finding: places[finding.item]))


def _sorted(found: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(found, key=lambda finding: -finding.severity.weight))


def _beyond(found: Iterable[Beyond], severity: Severity) -> Iterator[Finding]:
    """The limits of the audience, as `limits` has them: there is no second opinion."""
    for beyond in found:
        rule = RULES[beyond.rule]
        yield Finding(rule.id, beyond.item, beyond.sentence, rule.why, rule.evidence, rule.suggestion, severity)


def _structure(item: Item, instrument: Instrument) -> Iterator[Finding]:
    if item.kind is Kind.INFORMATION:
        return
    audience = instrument.audience
    if missing := set(BOTH_WAYS_OUT) - set(item.ways_out):
        yield _structural("skip", item, f"It cannot be answered with {_ways(missing)}.", audience)
    mute = [LANGUAGES[language] for language in instrument.languages if not _is_heard(item, language)]
    # A conversation is read aloud by whoever holds it.
    if mute and LIMITS[audience].offers_audio and not instrument.is_conversation:
        yield _structural("audio", item, f"There is no recording of it in {', '.join(mute)}.", audience)


def _asked_twice(instrument: Instrument) -> Iterator[Finding]:
    """Two looks at one answer; what is only talked about is in no figure."""
    for one, other, is_same in asked_alike(instrument.items) if instrument.is_counted else ():
        how = "the same as" if is_same else "nearly the same as"
        what = f"It asks {how} {one.code}: “{one.texts.get('en', '')}”"
        yield _structural("same" if is_same else "alike", other, what, instrument.audience)


def _ways(missing: set[str]) -> str:
    return " or ".join(f"“{way.replace('_', ' ')}”" for way in BOTH_WAYS_OUT if way in missing)


def _is_heard(item: Item, language: str) -> bool:
    return language in item.audio and all(language in option.audio for option in item.options)


def _structural(name: str, item: Item, what: str, audience: Audience) -> Finding:
    rule = RULES[name]
    return Finding(name, item.code, what, rule.why, rule.evidence, rule.suggestion, rule.severity[audience])


def wording_hash(item: Item, audience: Audience) -> str:
    """The SHA-256 of everything a respondent meets of an item in English, and of who it is for.

    A reason for letting a finding pass was given for this wording and no other.
    """
    options = [[option.code, option.labels.get("en", ""), option.picture] for option in item.options]
    texts = [item.texts.get("en", ""), item.hints.get("en", "")]
    about = {"code": item.code, "kind": item.kind.value, "ways_out": list(item.ways_out), "audience": audience.value}
    return digest({**about, "texts": texts, "options": options})


def not_applied(languages: Iterable[str]) -> str:
    """Which rules were not applied in these languages, in a sentence; nothing if all were."""
    others = [LANGUAGES.get(language, language) for language in languages if language != "en"]
    if not others:
        return ""
    names = ", ".join(rule.name.lower() for rule in RULES.values() if rule.reads_english)
    return (
        f"Only the English words were read. In {', '.join(others)} these were not looked for: {names}. "
        "Somebody who speaks the language has to."
    )
