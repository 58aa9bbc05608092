"""Questions that children asked, and those who mark, let out and answer them."""

from datetime import timedelta

from django.utils import timezone

from feedback.accounts.roles import Role
from feedback.anonymisation.quotable import mark_of
from feedback.promises import question_actions as actions
from feedback.promises.models import ChildQuestion
from feedback.promises.question_policies import Draft
from tests.factories.moderating import moderator
from tests.factories.people import staff
from tests.factories.quoting import draft, usable, wave_of

ASKED = "why does my worker keep changing?"
ANSWER = "Some workers get a new job. We tell you before it happens."


def officer(area, name="officer"):
    """Who lets questions out and answers them."""
    return staff(name, Role.PARTICIPATION_OFFICER, area=area)


def young(area):
    """A member of the care council, who lets answers out."""
    return staff("young", Role.CARE_COUNCIL_MEMBER, area=area)


def asked(wave=None, words=ASKED, *, closes=True):
    """A usable comment of a quarter that is closed, and the area."""
    wave = wave or wave_of()
    comment = usable(wave, words)
    if closes:
        draft(wave)
    return comment


def marked(comment=None):
    """A comment that a moderator marked as a question."""
    comment = comment or asked()
    return actions.mark_question(comment.area, mark_of(comment.pk), by=moderator(comment.area, "mod"))


def let_out(comment=None, *, days=0):
    """A question that everybody reads since so many days."""
    question = marked(comment)
    actions.let_question_out(question, by=officer(question.area))
    ChildQuestion.objects.filter(pk=question.pk).update(let_out_on=timezone.localdate() - timedelta(days=days))
    question.refresh_from_db()
    return question


def answered(question=None, text=ANSWER, *, language="en", in_words=""):
    """A question with an answer that is out."""
    question = question or let_out()
    answer = actions.write_answer(question, Draft(language, text, in_words), by=officer(question.area))
    actions.approve_answer(answer, by=young(question.area))
    question.refresh_from_db()
    return question
