"""What the linter found, as the desk shows it: by question, with the place in the words marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from surveys.design.composition import compose
from surveys.design.linting import Linted, linted
from surveys.design.models import SurveyPage
from surveys.instrument.document import BadInstrument
from surveys.instrument.linter import LONGEST_READ, Finding, not_applied
from surveys.instrument.linter_rules import Severity
from surveys.instrument.wording import Audience

MEANS = {
    Severity.MUST: "Has to change before it can be frozen",
    Severity.SHOULD: "Should change, unless there is a reason",
    Severity.NOTE: "Good to know",
}


@dataclass(frozen=True)
class Shown:
    """One finding with the words around its place; `linted` is empty where nothing can be done about it here."""

    finding: Finding
    before: str = ""
    marked: str = ""
    after: str = ""
    linted: Linted | None = None

    @property
    def means(self) -> str:
        """What its severity asks for."""
        return MEANS[self.finding.severity]


@dataclass(frozen=True)
class OfQuestion:
    """A question, and what was found in it; without a code it is the survey itself."""

    code: str
    text: str
    findings: list[Shown]


@dataclass(frozen=True)
class Report:
    """Everything found in a survey as it is now, or why nothing could be looked for."""

    problem: str = ""
    questions: tuple[OfQuestion, ...] = ()
    not_read: str = ""

    @property
    def all(self) -> list[Shown]:
        """Every finding."""
        return [shown for question in self.questions for shown in question.findings]

    @property
    def standing(self) -> list[Shown]:
        """Those that keep it from being frozen."""
        return [shown for shown in self.all if shown.linted and shown.linted.stands]

    @property
    def passed(self) -> list[Shown]:
        """Those that somebody let pass."""
        return [shown for shown in self.all if shown.linted and shown.linted.override]


def shown(finding: Finding, text: str, linted: Linted | None = None) -> Shown:
    """A finding as it is shown, beside the text it was found in."""
    if finding.span is None or not text:
        return Shown(finding, linted=linted)
    start, end = finding.span
    return Shown(finding, text[:start], text[start:end], text[end:LONGEST_READ], linted)


def report_of(survey: SurveyPage, *, with_drafts: bool = False) -> Report:
    """What the linter says of a survey, question by question in their order, the survey itself first."""
    try:
        instrument = compose(survey, with_drafts=with_drafts)
    except BadInstrument as problem:
        return Report(problem=str(problem))
    except ValidationError as problem:
        return Report(problem=" ".join(problem.messages))
    texts = {item.code: item.texts["en"] for item in instrument.items}
    found = linted(survey, instrument)
    return Report("", tuple(_by_question(found, texts)), not_applied(instrument.languages))


def _by_question(found: Iterable[Linted], texts: dict[str, str]) -> list[OfQuestion]:
    questions: dict[str, OfQuestion] = {}
    for one in found:
        code = one.finding.item
        question = questions.setdefault(code, OfQuestion(code, texts.get(code, ""), []))
        question.findings.append(shown(one.finding, question.text, one))
    return list(questions.values())


def audience_name(audience: Audience) -> str:
    """An audience in words."""
    return audience.value.replace("_", " ").capitalize()
