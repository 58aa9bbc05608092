"""Children's questions of the demo: one is answered in three languages, one waits for longer than it should."""

from __future__ import annotations

from datetime import date, timedelta

from feedback.accounts.models import User
from feedback.anonymisation.quotable import may_be_asked, words_by_mark
from feedback.promises.child_questions import ChildQuestion
from feedback.promises.question_actions import approve_answer, let_question_out, mark_question, write_answer
from feedback.promises.question_policies import Draft
from surveys.frame.models import Area

# What was asked, for how many days everybody has read it, and what is answered, with the question in another language.
ANSWERED = {
    "why does my worker keep changing?": (
        41,
        {
            "en": (
                "",
                "Some workers get a new job, and some get ill. It is not because of you. "
                "Your old worker should come and say goodbye. If nobody told you, you can ask us why.",
            ),
            "pl": (
                "Dlaczego moja osoba od pomocy ciągle się zmienia?",
                "Niektórzy znajdują nową pracę, a niektórzy chorują. To nie przez ciebie. "
                "Twoja dawna osoba powinna przyjść się pożegnać.",
            ),
            "ur": (
                "میرا ورکر بار بار کیوں بدلتا ہے؟",
                "کچھ ورکر نئی نوکری پر چلے جاتے ہیں، اور کچھ بیمار ہو جاتے ہیں۔ یہ آپ کی وجہ سے نہیں ہے۔",
            ),
        },
    ),
}
WAITING = {"when do i get more time to talk?": 33}


def children_are_answered(area: Area, *, today: date, moderator: User, officer: User, young: User) -> None:
    """What children asked in an area: found among usable comments, let out by an officer, answered by two."""
    for words, (days, answers) in ANSWERED.items():
        question = _asked(area, words, today - timedelta(days=days), moderator=moderator, officer=officer)
        for language, (asked, text) in answers.items() if question else ():
            approve_answer(write_answer(question, Draft(language, text, asked), by=officer), by=young)
    for words, days in WAITING.items():
        _asked(area, words, today - timedelta(days=days), moderator=moderator, officer=officer)


def _asked(area: Area, words: str, day: date, *, moderator: User, officer: User) -> ChildQuestion | None:
    """The question as everybody reads it since a day; nothing where no child of this demo asked it."""
    found = may_be_asked(area)
    said = words_by_mark(found)
    mark = next((one.mark for one in found if said.get(one.mark) == words), None)
    if mark is None:
        return None
    question = mark_question(area, mark, by=moderator)
    let_question_out(question, by=officer)
    ChildQuestion.objects.filter(pk=question.pk).update(marked_on=day, let_out_on=day)
    question.refresh_from_db()
    return question
