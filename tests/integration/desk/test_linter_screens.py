"""The linter at the desk: on a survey's page, where a question is edited, and for a wording that is only tried."""

import pytest
from django.urls import reverse

from feedback.accounts.roles import Role
from surveys.bank.models import QuestionPage, Wording
from surveys.design.overrides import LintOverride
from tests.factories import asking
from tests.factories.designing import designers, draft, question
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
TO_THE_DOOR = "/desk/"
TWO = "Is your home kind and safe?"


@pytest.fixture
def survey():
    question()
    Wording.objects.update(text=TWO)
    return draft(asking.area("here"), title="About you")


@pytest.fixture
def people(survey):
    return designers(survey.care_council.area)


def sees(client, survey, person):
    at_desk(client, person)
    return client.get(reverse("desk:survey", args=[survey.pk]))


def lets_pass(client, survey, reason="Because."):
    page = client.get(reverse("desk:survey", args=[survey.pk]))
    [meant] = page.context["report"].standing
    fields = {"item": meant.finding.item, "rule": meant.finding.rule, "wording": meant.linted.wording}
    return client.post(page.request["PATH_INFO"], {"step": "override", "reason": reason, **fields}, follow=True)


def test_the_findings_stand_beside_their_question_with_why_and_how_we_know(client, survey, people):
    page = sees(client, survey, people[1]).content.decode()
    for said in (
        "1 finding of the", "Is your home kind <mark>and</mark> safe?", "Must: Two questions in one",
        "there is no true answer to give", "Krosnick", "Ask one of them", "ask an officer",
    ):  # fmt: skip
        assert said in page, said
    assert 'value="override"' not in page


def test_the_council_reads_the_reason_before_it_approves(client, survey, people):
    author, young, _ = people
    assert 'value="override"' in sees(client, survey, author).content.decode()
    assert "Say in a sentence why" in lets_pass(client, survey, reason=" ").content.decode()
    assert "It passes, with your reason" in lets_pass(client, survey, reason="<b>They</b> wanted it.").content.decode()
    client.post(reverse("desk:survey", args=[survey.pk]), {"step": "submit"})
    page = sees(client, survey, young).content.decode()
    assert page.index("author says: &lt;b&gt;They&lt;/b&gt; wanted it.") < page.index('value="approve"')
    assert "listened, two questions in one: &lt;b&gt;They" in page[page.index("What has happened") :]


def test_a_council_member_and_another_area_cannot_let_it_pass(client, survey, people):
    sees(client, survey, people[1])
    assert lets_pass(client, survey).redirect_chain[0][0] == TO_THE_DOOR
    elsewhere = staff("elsewhere", Role.PARTICIPATION_OFFICER, area=asking.area("there"))
    assert sees(client, survey, elsewhere).status_code == 404
    assert not LintOverride.objects.exists()


def test_the_form_of_a_question_says_it_for_each_wording(client, survey, people):
    at_desk(client, people[0])
    page = client.get(reverse("wagtailadmin_pages:edit", args=[QuestionPage.objects.get().pk])).content.decode()
    assert "What the linter says" in page
    assert "Is your home kind <mark>and</mark> safe?" in page
    bank = QuestionPage.objects.get().get_parent()
    added = client.get(reverse("wagtailadmin_pages:add", args=["bank", "questionpage", bank.pk])).content.decode()
    assert "Save the draft, and what the linter says" in added


def test_whoever_decides_on_a_question_of_the_bank_reads_it_too(client, survey, people):
    at_desk(client, people[1])
    page = client.get(reverse("desk:question", args=[QuestionPage.objects.get().pk])).content.decode()
    assert "Is your home kind <mark>and</mark> safe?" in page


def tries(client, text, audience="AGE_8_11", answers=""):
    return client.post(reverse("desk:wordings"), {"text": text, "audience": audience, "answers": answers})


def test_a_wording_is_tried_without_saving_it(client, people):
    at_desk(client, people[1])
    address = reverse("desk:wordings")
    assert address in client.get(reverse("desk:surveys")).content.decode()
    before = (Wording.objects.count(), QuestionPage.objects.count())
    assert "Better: where you live" in tries(client, "Do you like your placement?").content.decode()
    assert "It found nothing" in tries(client, "Is it good?").content.decode()
    assert "It found nothing" in tries(client, "Is it kind or scary?", "AGE_6_7", "Kind\n\nScary\n").content.decode()
    assert "7 answers; this audience" in tries(client, "Which?", "AGE_4_5", "\n".join("abcdefg")).content.decode()
    assert (Wording.objects.count(), QuestionPage.objects.count()) == before


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"text": ""}, "Type the question"),
        ({"text": "a" * 50_000}, "300 letters at most"),
        ({"text": "Is\0 it?"}, "Null characters are not allowed"),
        ({"text": "Is it?", "answers": "One"}, "One answer is no choice"),
        ({"text": "Is it?", "audience": "DOGS"}, "Select a valid choice"),
        ({"text": "هل أنت بخير؟ <script>"}, "&lt;script&gt;"),
    ],
)
def test_whatever_is_typed_is_answered_with_a_sentence(client, people, typed, said):
    at_desk(client, people[1])
    page = tries(client, **typed)
    assert page.status_code == 200
    assert said in page.content.decode()


def test_who_words_nothing_tries_nothing(client, people):
    at_desk(client, staff("lead", Role.SAFEGUARDING_LEAD, area=asking.area("here")))
    assert client.get(reverse("desk:wordings")).url == TO_THE_DOOR
    assert tries(client, "Is it?").url == TO_THE_DOOR
