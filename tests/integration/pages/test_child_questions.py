"""The page of children's questions: in eight languages, in days, with nothing about who asked, and gone in a minute."""

import pytest

from feedback.accounts.models import RoleHeld
from feedback.promises.question_actions import recall_question
from surveys.instrument.wording import LANGUAGES
from tests.factories import asking
from tests.factories.asking_back import ANSWER, ASKED, answered, let_out, marked, officer

pytestmark = pytest.mark.django_db


def page(client, address=""):
    answer = client.get(f"/questions/north/{address}")
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_question_waits_in_days_and_is_answered(client):
    question = let_out(days=12)
    waiting = page(client)
    assert ASKED in waiting
    assert "Nobody has answered yet. It has waited 12 days." in waiting
    answered(question)
    read = page(client)
    assert ANSWER in read
    assert "Nobody has answered yet" not in read
    assert "Hide this page" in read
    assert "0800 1111" in read


@pytest.mark.parametrize(("days", "said"), [(0, "It is here since today."), (1, "It has waited since yesterday.")])
def test_a_day_is_counted_as_a_child_counts(client, days, said):
    let_out(days=days)
    assert said in page(client)


def test_nothing_says_who_asked_or_where(client):
    answered(let_out())
    read = page(client)
    for hidden in ("8 to 11 year olds", "Question words?", "AGE_8_11", "From a conversation"):
        assert hidden not in read


def test_what_nobody_let_out_is_not_there(client):
    marked()
    read = page(client)
    assert ASKED not in read
    assert "There is no question here yet." in read


def test_it_promises_no_answer_where_nobody_can_give_one(client):
    question = let_out()
    assert "The people who work here answer them." in page(client)
    RoleHeld.objects.filter(role__in=["participation_officer", "board_officer"]).delete()
    assert "Just now nobody here answers them." in page(client)
    assert question.words in page(client)


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_it_speaks_every_language_and_marks_what_is_in_another(client, language):
    question = answered(let_out(days=3))
    read = page(client, f"{language}/")
    assert f'<html lang="{language}"' in read
    assert 'lang="en" dir="ltr"' in read
    assert "What children asked" not in read.split("</header>")[-1]
    answered(question, "Answer in it", language=language, in_words="Asked in it")
    read = page(client, f"{language}/")
    assert "Answer in it" in read
    assert "Asked in it" in read
    assert ASKED not in read


def test_a_recall_is_seen_at_once_and_kept_a_minute_at_most(client):
    question = answered()
    recall_question(question, because="wrong", by=officer(question.area))
    answer = client.get("/questions/north/")
    assert ASKED not in answer.content.decode()
    assert answer["Cache-Control"] == "public, max-age=60"
    assert not answer.cookies


def test_no_other_area_and_no_language_that_is_not_offered(client):
    assert client.get("/questions/nowhere/").status_code == 404
    assert client.get("/questions/north/xx/").status_code == 404
    area = asking.area("north")
    area.languages = ["en"]
    area.save()
    assert client.get("/questions/north/pl/").status_code == 404
    assert client.post("/questions/north/").status_code == 405


def test_of_an_area_that_became_part_of_another_the_page_leads_there(client):
    question = answered()
    whole = asking.area("whole")
    question.area.merged_into = whole
    question.area.save()
    moved = client.get("/questions/north/pl/")
    assert (moved.status_code, moved["Location"]) == (302, "/questions/whole/pl/")
    assert ASKED in client.get("/questions/whole/").content.decode()


def test_promises_lead_to_it(client):
    asking.area("north")
    assert 'href="/questions/north/"' in client.get("/promises/north/8-11/").content.decode()
