"""What the linter says of a survey as it is composed, and of what of it was let pass."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError

from surveys.bank.models import QuestionPage
from surveys.design.composition import compose, themes_of
from surveys.design.models import SurveyPage
from surveys.design.overrides import LintOverride
from surveys.frame.policies import NotAllowed
from surveys.instrument.document import BadInstrument, Instrument
from surveys.instrument.items import Item, Kind, Option
from surveys.instrument.linter import Finding, lint_instrument, wording_hash
from surveys.instrument.linter_rules import Severity
from surveys.instrument.wording import CONVERSATION, NEVER_COUNTED, Audience


@dataclass(frozen=True)
class Linted:
    """A finding in a survey, the hash of the wording it was found in, and what lets it pass."""

    finding: Finding
    wording: str
    override: LintOverride | None

    @property
    def stands(self) -> bool:
        """Whether it keeps the survey from being frozen."""
        return self.finding.blocks and self.override is None

    @property
    def can_be_overridden(self) -> bool:
        """Whether somebody could still let it pass."""
        return self.stands and self.finding.can_be_overridden


def linted(survey: SurveyPage, instrument: Instrument, at_least: Severity = Severity.NOTE) -> list[Linted]:
    """What the linter finds in a survey, composed as this instrument."""
    passed = {(one.item, one.rule, one.wording): one for one in survey.overrides.select_related("by")}
    hashes = {item.code: wording_hash(item, instrument.audience) for item in instrument.items}
    found = lint_instrument(instrument, themes_of(survey), at_least)
    return [_linted(finding, hashes.get(finding.item, ""), passed) for finding in found]


def _linted(finding: Finding, wording: str, passed: dict[tuple[str, str, str], LintOverride]) -> Linted:
    return Linted(finding, wording, passed.get((finding.item, finding.rule, wording)))


def let_pass(survey: SurveyPage, instrument: Instrument) -> list[str]:
    """The findings that were let pass in the wording as it is now: item and rule."""
    blocking = linted(survey, instrument, Severity.MUST)
    return sorted({f"{one.finding.item}: {one.finding.rule}" for one in blocking if one.override})


def check_nothing_stands(survey: SurveyPage, instrument: Instrument) -> None:
    """Refuses a survey with a finding that has to be put right and was not let pass; limits are refused elsewhere."""
    for one in linted(survey, instrument, Severity.MUST):
        if one.can_be_overridden:
            finding = one.finding
            raise NotAllowed(
                f"{finding.item}: {finding.what} {finding.suggestion} "
                "Change it, or let an officer say on the survey’s page why it may be asked like this."
            )


def check_draft(survey: SurveyPage) -> None:
    """The same of the last draft; what cannot be asked at all is refused when it would be frozen."""
    draft = survey.get_latest_revision_as_object()
    try:
        instrument = compose(draft)
    except (BadInstrument, ValidationError):
        return
    check_nothing_stands(draft, instrument)


def lint_question(page: QuestionPage, audience: Audience) -> tuple[Finding, ...]:
    """What the linter says of one question in one audience's English, saved or not; BadInstrument if nobody can ask it.

    Its theme decides what is said of faces.
    """
    wording = page.wording_for(audience)
    options = tuple(_option(option) for option in page.options_for(audience))
    hints = {"en": wording.hint} if wording.hint else {}
    said = {"en": heard} if (heard := wording.read_aloud()) else {}
    item = Item(page.code, Kind(page.kind), {"en": wording.text}, options, hints, audio=said)
    return lint_alone(item, audience, {page.code: page.theme})


def _option(option) -> Option:
    audio = {"en": heard} if (heard := option.read_aloud()) else {}
    return Option(option.code, {"en": option.label}, option.excludes_others, option.picture, audio)


def lint_alone(item: Item, audience: Audience, themes: dict[str, str] | None = None) -> tuple[Finding, ...]:
    """What the linter says of one item, asked by itself of this audience in English."""
    kind = CONVERSATION if audience in NEVER_COUNTED else "survey"
    instrument = Instrument(
        title={"en": item.code}, audience=audience, kind=kind, promise="", languages=("en",), items=(item,)
    )
    return lint_instrument(instrument, themes)
