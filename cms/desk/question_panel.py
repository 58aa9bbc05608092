"""What the linter says of a question of the bank, in the form in which it is edited."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from wagtail.admin.panels import Panel

from cms.desk.findings import audience_name, shown
from surveys.bank.models import QuestionPage
from surveys.design.linting import lint_question
from surveys.instrument.document import BadInstrument
from surveys.instrument.linter import not_applied
from surveys.instrument.wording import Audience


class FindingsPanel(Panel):
    """Shows, and changes nothing: the findings of each wording as it was last saved."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one question."""

        template_name = "desk/question_findings.html"

        def get_context_data(self, parent_context=None) -> dict:
            """The findings by audience."""
            context = super().get_context_data(parent_context)
            return {**context, **linted_wordings(self.instance)}


def linted_wordings(question: QuestionPage) -> dict:
    """The findings of each wording of a question as it is in hand, or which rules are not for its language."""
    return {"wordings": _by_wording(question), "not_read": _not_read(question)}


def _not_read(question: QuestionPage) -> str:
    return not_applied([question.locale.language_code]) if question.locale_id else ""


def _by_wording(question: QuestionPage) -> list[dict]:
    if not question.pk or _not_read(question):
        return []
    return [_of(question, wording) for wording in question.wordings.all()]


def _of(question: QuestionPage, wording) -> dict:
    audience = Audience(wording.audience)
    about = {"audience": audience_name(audience), "text": wording.text}
    try:
        found = lint_question(question, audience)
    except (BadInstrument, ValidationError) as problem:
        return {**about, "problem": " ".join(getattr(problem, "messages", [str(problem)]))}
    return {**about, "findings": [shown(finding, wording.text) for finding in found]}


def put_in_place() -> None:
    """Adds the panel below the wordings in the form of a question, once; the bank knows nothing of it."""
    panels = QuestionPage.content_panels
    if not any(isinstance(panel, FindingsPanel) for panel in panels):
        after = 1 + next((n for n, one in enumerate(panels) if _is_of_wordings(one)), len(panels))
        panel = FindingsPanel(heading="What the linter says")
        QuestionPage.content_panels = [*panels[:after], panel, *panels[after:]]


def _is_of_wordings(panel: Panel) -> bool:
    return getattr(panel, "relation_name", "") == "wordings"
