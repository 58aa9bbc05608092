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
            return {**context, "wordings": _by_wording(self.instance), "not_read": _not_read(self.instance)}


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
    """Adds the panel to the form of a question, once; the bank knows nothing of it."""
    panels = QuestionPage.content_panels
    if not any(isinstance(panel, FindingsPanel) for panel in panels):
        QuestionPage.content_panels = [*panels, FindingsPanel(heading="What the linter says")]
