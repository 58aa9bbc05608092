"""Two who act on a child's question at the same moment take turns, and the second finds what the first did."""

import pytest
from django.db import transaction

from feedback.promises import question_actions as actions
from feedback.promises.models import ChildQuestion, QuestionAnswer
from feedback.promises.question_policies import Draft
from surveys.frame.policies import NotAllowed
from tests.factories.asking_back import ANSWER, let_out, officer, young
from tests.integration.promises.test_races import waits

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_an_answer_is_let_out_or_sent_back_and_never_both(elsewhere):
    question = let_out()
    answer = actions.write_answer(question, Draft("en", ANSWER), by=officer(question.area))
    first, second = young(question.area), officer(question.area, "second")
    other = QuestionAnswer.objects.get()
    with transaction.atomic():
        actions.send_answer_back(answer, "Not true.", by=first)
        later = elsewhere(actions.approve_answer, other, by=second)
        waits(later)
    with pytest.raises(NotAllowed):
        later.result(timeout=30)
    assert ChildQuestion.objects.get().status == "waiting"


def test_no_answer_goes_out_to_a_question_that_is_being_recalled(elsewhere):
    question = let_out()
    answer = actions.write_answer(question, Draft("en", ANSWER), by=officer(question.area))
    by = young(question.area)
    with transaction.atomic():
        actions.recall_question(question, because="wrong", by=officer(question.area))
        later = elsewhere(actions.approve_answer, answer, by=by)
        waits(later)
    with pytest.raises(NotAllowed):
        later.result(timeout=30)
    assert list(QuestionAnswer.objects.values_list("status", "text")) == [("written", "")]
