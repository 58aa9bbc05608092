"""The demo's questions in the bank."""

from __future__ import annotations

from feedback.config.demo.recorded import recorded
from feedback.config.demo.shapes import DemoQuestion
from surveys.bank.models import Option, QuestionBankPage, QuestionPage, Wording


def question_in_bank(bank: QuestionBankPage, question: DemoQuestion) -> QuestionPage:
    """Puts a question of the demo into the bank, with its wordings, answers, pictures and recordings."""
    page = QuestionPage(
        title=next(iter(question.wordings.values())),
        slug=question.code.replace("_", "-"),
        code=question.code,
        theme=question.theme,
        stage=question.stage,
        purpose=question.purpose,
        is_outcome=question.is_outcome,
        kind=question.kind,
        licence="CC BY 4.0",
        provenance="Own words of the Earshot contributors, for the demo.",
    )
    page.wordings = [
        Wording(audience=audience, text=text, recording=recorded(question.code))
        for audience, text in question.wordings.items()
    ]
    page.options = [
        Option(
            code=code,
            label=label,
            excludes_others=code == question.excludes,
            picture=dict(question.pictures).get(code, ""),
            sort_order=place,
            recording=recorded(f"{question.code}.{code}"),
        )
        for place, (code, label, _share) in enumerate(question.options)
    ]
    return bank.add_child(instance=page)
