"""Children's questions at the desk: each step is offered to whoever may take it, and refused with a sentence."""

import uuid

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from feedback.accounts.roles import Role
from feedback.promises.child_questions import ANY_OF, ChildQuestion, QuestionAnswer
from feedback.promises.question_actions import recall_question, write_answer
from feedback.promises.question_policies import Draft
from tests.factories.asking_back import ANSWER, ASKED, answered, asked, let_out, marked, officer, young
from tests.factories.moderating import moderator
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db


def at(name="child_questions", *args):
    return reverse(f"desk:{name}", args=args)


def read(client, question):
    answer = client.get(at("child_question", question.pk))
    return answer.content.decode()


def step(client, question, name, **fields):
    return client.post(at("child_question", question.pk), {"step": name, **fields}, follow=True).content.decode()


def test_a_moderator_finds_a_question_and_marks_it(client):
    comment = asked()
    at_desk(client, moderator(comment.area, "mod"))
    find = at("child_questions_find", comment.area.code)
    page = client.get(find).content.decode()
    assert ASKED in page
    assert "It is a question" in page
    mark = page.split('name="mark" value="')[1].split('"')[0]
    assert "Marked." in client.post(find, {"mark": mark}, follow=True).content.decode()
    assert "not offered any more" in client.post(find, {"mark": "nonsense"}, follow=True).content.decode()
    question = ChildQuestion.objects.get()
    page = read(client, question)
    assert "You marked it" in page
    assert 'value="let_out"' not in page
    assert "Write an answer" not in page


def test_an_officer_lets_it_out_answers_and_a_young_person_lets_that_out(client):
    question = marked()
    at_desk(client, officer(question.area))
    assert "1 question waits for a second person." in client.get("/desk/").content.decode()
    assert "Let out." in step(client, question, "let_out")
    assert "It waits for 0 days." in read(client, question)
    checked = step(client, question, "check", language="en", text="Ask Kelly about your IRO.", asked="")
    assert "This may name somebody" in checked
    assert not QuestionAnswer.objects.exists()
    assert "Write an answer." in step(client, question, "answer", language="en", text="")
    assert "At most 600" in step(client, question, "answer", language="en", text="a" * 601)
    assert "Written." in step(client, question, "answer", language="en", text=ANSWER)
    assert "Somebody else lets it out" in read(client, question)
    at_desk(client, young(question.area))
    assert "1 answer waits to be let out." in client.get("/desk/").content.decode()
    page = read(client, question)
    assert "Write an answer" not in page
    assert "Recall this question" not in page
    assert "not there any more" in step(client, question, "approve", number="7")
    assert "not there any more" in step(client, question, "approve", number="x" * 99)
    assert "Children read it from now on." in step(client, question, "approve", number="1")


def test_reading_what_is_not_public_is_a_look_and_what_is_public_is_none(client):
    question = marked()
    at_desk(client, officer(question.area))
    found = ModelLogEntry.objects.filter(action="promises.look_at_questions")
    client.get(at())
    read(client, question)
    assert found.count() == 2
    step(client, question, "let_out")
    client.get(at())
    read(client, question)
    assert found.count() == 2


def test_an_answer_is_sent_back_with_a_reason(client):
    question = let_out()
    write_answer(question, Draft("en", ANSWER), by=officer(question.area))
    at_desk(client, young(question.area))
    assert "The reason is empty" in step(client, question, "send_back", number="1", reason="")
    assert "Say who tells us" in step(client, question, "send_back", number="1", reason="Say who tells us.")


def test_what_nobody_let_out_is_not_shown_to_a_care_council(client):
    question = marked()
    at_desk(client, young(question.area))
    assert ASKED not in client.get(at()).content.decode()
    assert "This question is not there" in client.get(at("child_question", question.pk), follow=True).content.decode()


def test_overdue_is_said_in_days(client):
    question = let_out(days=40)
    at_desk(client, officer(question.area))
    assert "Overdue: waits for 40 days" in client.get(at()).content.decode()
    assert "Overdue: it waits for 40 days." in read(client, question)
    home = client.get("/desk/").content.decode()
    assert "1 of them has waited for more than four weeks." in home


def test_recalled_it_is_gone_from_the_desk(client):
    question = answered()
    at_desk(client, officer(question.area))
    assert "Say why" in step(client, question, "recall", because="")
    assert "Recalled for good" in step(client, question, "recall", because="wrong")
    page = client.get(at("child_question", question.pk), follow=True).content.decode()
    assert "This question is not there" in page
    assert ASKED not in page


def test_nobody_else_comes_in(client):
    question = let_out()
    at_desk(client, staff("worker", Role.PRACTITIONER, area=question.area))
    for address in (at(), at("child_question", question.pk)):
        assert client.get(address).status_code in {302, 403}
    assert client.get(at("child_questions_find", question.area.code)).status_code == 404
    at_desk(client, officer(question.area))
    assert client.get(at("child_questions_find", question.area.code)).status_code == 404
    assert "not there" in client.get(at("child_question", uuid.uuid4()), follow=True).content.decode()


def test_of_another_area_nothing_is_seen(client):
    question = let_out()
    from tests.factories import asking

    at_desk(client, officer(asking.area("south"), "far"))
    assert ASKED not in client.get(at()).content.decode()
    assert "not there" in client.get(at("child_question", question.pk), follow=True).content.decode()


def test_where_nobody_answers_the_desk_says_so(client):
    question = marked()
    at_desk(client, moderator(question.area, "mod"))
    assert ANY_OF
    assert "nobody may answer today" not in client.get(at()).content.decode()


def test_after_a_recall_elsewhere_a_step_says_that_it_is_gone(client):
    question = let_out()
    at_desk(client, officer(question.area))
    recall_question(question, because="wrong", by=officer(question.area))
    assert "This question is not there" in step(client, question, "answer", language="en", text=ANSWER)
