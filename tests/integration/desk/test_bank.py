"""The question bank at the desk: finding a question, and agreeing on its words there."""

import re

import pytest
from django.urls import reverse
from django.utils.html import escape
from wagtail.log_actions import log
from wagtail.models import Locale, PageLogEntry

from feedback.accounts.roles import PERMISSIONS, Role
from surveys.bank.models import QuestionPage, Scale
from surveys.bank.starting_bank import load_starting_bank
from tests.factories import asking, banking, designing
from tests.factories.banking import again, words
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
Status = QuestionPage.Status


@pytest.fixture
def area():
    return asking.area("here")


@pytest.fixture
def people(area):
    return banking.people(area)


@pytest.fixture
def question(people):
    return banking.drafted(people[0])


@pytest.fixture
def bank(client, people):
    """The list, as an officer sees it with what is asked for in the address."""
    at_desk(client, people[2])

    def found(**asked):
        page = client.get(reverse("desk:bank"), asked).content.decode()
        return set(re.findall(r"<code>(\w+)</code></td>", page)), page

    return found


def fields(page, **changes):
    QuestionPage.objects.filter(pk=page.pk).update(**changes)
    return page


def say(page, text):
    page.wordings.update(text=text)


def test_each_filter_finds_what_it_says(bank):
    one, two = designing.question("one"), designing.question("two", audience="PARENT_CARER")
    fields(one, theme="safer", stage="plan", is_outcome=True, purpose="To know about nights.", status="approved")
    fields(two, theme="kind", stage="leaving", is_outcome=False, purpose="Other.", status="retired")
    say(one, "Do you sleep well?")
    for asked in (
        {"words": "NIGHTS"}, {"words": "sleep well"}, {"words": "one"}, {"theme": "safer"}, {"stage": "plan"},
        {"audience": "AGE_8_11"}, {"status": "approved"}, {"about": "outcome"},
        {"theme": "safer", "stage": "plan", "words": "sleep", "about": "outcome", "status": "approved"},
    ):  # fmt: skip
        assert bank(**asked)[0] == {"one"}, asked
    assert bank(stage="contact")[0] == set()
    fields(two, stage="")
    assert bank(stage="contact")[0] == {"two"}
    assert bank()[0] == {"one", "two"}


def test_questions_are_found_by_how_far_a_language_is(bank):
    welsh = Locale.objects.get_or_create(language_code="cy")[0]
    pages = {code: designing.question(code) for code in ("checked", "drafted", "missing")}
    for code in ("checked", "drafted"):
        translated = pages[code].copy_for_translation(welsh, copy_parents=True)
        fields(translated, is_checked=code == "checked")
    for state, page in pages.items():
        found, text = bank(language="cy", in_language=state)
        assert found == {page.code}
        assert ("not checked: Cymraeg" in text) is (state == "drafted")
    assert bank(language="cy")[0] == {"checked", "drafted"}
    assert bank(in_language="missing")[0] == {"checked", "drafted", "missing"}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"theme": "gone"}, "Choose one of these."), ({"words": "x" * 5_000}, "at most 200"),
        ({"words": "a\0b"}, "Null characters"), ({"language": "'--"}, "Choose one of these."),
        ({"words": "<script>"}, "No question is like that"),
        ({"page": "x"}, "1 question."), ({"page": "999"}, "1 question."),
    ],
)  # fmt: skip
def test_what_cannot_be_looked_for_is_said(bank, question, asked, said):
    _, page = bank(**asked)
    assert said in page
    assert '<script>"' not in page
    assert "bank is empty" not in page


def test_an_empty_bank_says_how_to_begin(bank):
    assert "load_starting_bank" in bank()[1]


def test_pages_keep_what_was_asked_for_and_cost_the_same(client, bank, django_assert_num_queries):
    load_starting_bank()
    first, page = bank(theme="", about="process")
    assert len(first) == 25
    assert "Page 1 of 3." in page
    assert "about=process&amp;page=2" in page
    second = bank(about="process", page=2)[0]
    assert len(second) == 25
    assert not first & second
    with CountQueries() as few:
        bank(theme="safer")
    with CountQueries() as many:
        bank()
    assert len(many) <= len(few)


def CountQueries():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    return CaptureQueriesContext(connection)


class Desk:
    """Somebody at the page of one question."""

    def __init__(self, client, question):
        self.client, self.question = client, question
        self.address = reverse("desk:question", args=[question.pk])

    def sees(self, person):
        at_desk(self.client, person)
        return self.client.get(self.address).content.decode()

    def does(self, person, step, **more):
        at_desk(self.client, person)
        return self.client.post(self.address, {"step": step, **more}, follow=True).content.decode()


@pytest.fixture
def desk(client, question):
    return Desk(client, question)


def test_the_whole_history_is_told_without_a_name(client, desk, people, area):
    author, young, officer = people
    second = staff("second", Role.PARTICIPATION_OFFICER, area=area)
    desk.does(author, "submit")
    desk.does(young, "send_back", reason="Nobody <b>talks</b> like this.")
    desk.does(officer, "answer_refusal", reason="The law says so.")
    at_desk(client, officer)
    words(client, desk.question, {"AGE_8_11": "Do they listen to you?"})
    desk.does(author, "submit")
    desk.does(young, "approve")
    assert "Confirmed. These words are asked from now on." in desk.does(second, "confirm")
    at_desk(client, officer)
    words(
        client, desk.question, {"AGE_8_11": "Do they listen?", "AGE_12_17": "Do they hear you?"}, reason="It was long."
    )
    desk.does(officer, "retire", reason="Asked twice.")
    page = desk.sees(author)
    history = page[page.index("How it came to be") :]
    for said in (
        "Designed by the care council of Here", "Submitted for approval by the care council of Here",
        "Sent back by the care council of Here, because: Nobody &lt;b&gt;talks&lt;/b&gt; like this.",
        "Answered by an officer, because: The law says so.", "The wording for 8 to 11 changed by an officer.",
        "<q>Question listened?</q> became <q>Do they listen to you?</q>", "Approved by the care council of Here",
        "Confirmed by an officer",
        "The wording for 8 to 11 and the wording for 12 to 17 changed by an officer, because: It was long.",
        "Retired by an officer, because: Asked twice.",
    ):  # fmt: skip
        assert said in history, said
    for name in ("author", "young", "officer_", "second<"):
        assert name not in history.replace("an officer", "")
    assert history.index("Designed by") < history.index("Retired by")


def test_a_history_without_entries_and_of_people_without_roles(client, people, area):
    page = designing.question("old")
    desk = Desk(client, page)
    assert "it was in the bank before its history was kept" in desk.sees(people[0])
    load_starting_bank()
    loaded = Desk(client, QuestionPage.objects.get(code="sw_kind"))
    assert "Put in from the starting bank; no care council had approved it then" in loaded.sees(people[0])


def test_what_came_in_a_pack_was_not_designed_by_who_brought_it_in(client, people):
    page = banking.drafted(people[2])
    log(page, "bank.import_question", user=people[2])
    text = Desk(client, page).sees(people[0])
    assert "Brought in from a pack of another area by an officer." in text
    assert "Designed by" not in text


def test_saving_several_times_while_typing_is_told_as_one_change(client, question, people):
    at_desk(client, people[0])
    words(client, question, {"AGE_8_11": "Do they"})
    revision = again(question).latest_revision_id
    words(client, question, {"AGE_8_11": "Do they listen?"}, overwrite_revision_id=str(revision))
    assert PageLogEntry.objects.filter(action="bank.change_wording").count() == 2
    page = Desk(client, question).sees(people[0])
    assert "<q>Question listened?</q> became <q>Do they listen?</q>" in page
    assert "<q>Do they</q>" not in page


def test_what_would_change_stands_beside_what_is_asked(client, area, people):
    question = banking.approved(area)
    at_desk(client, people[0])
    words(client, question, {"AGE_8_11": "Do they listen?"}, reason="Shorter.")
    page = Desk(client, question).sees(people[1])
    assert "What would change" in page
    assert "are asked until a care council approves these" in page


def test_it_is_said_where_a_question_is_asked_and_of_other_areas_only_how_often(client, area, people):
    question = banking.approved(area, "q1")
    other = designing.question("q")
    screens = [("question", {"question": question, "show_if": []})]
    survey = asking.survey(of=area, title="Of <here>", screens=screens)
    asking.survey(of=asking.area("there"), title="Of there", screens=screens)
    wave = asking.open_wave(asking.closed_item("q1", "yes", "no"), of=area)
    asking.open_wave(asking.closed_item("q11", "yes", "no"), of=area)
    page = Desk(client, question).sees(people[2])
    assert escape(survey.title) in page
    assert wave.name in page
    assert page.count("frozen on") == 1
    assert "It is asked in 1 survey of other areas too." in page
    assert "Of there" not in page
    assert "No survey asks it yet." in Desk(client, other).sees(people[2])


def test_whoever_decides_finds_it_on_the_first_page_and_nobody_else(client, desk, people):
    author, young, officer = people
    desk.does(author, "submit")

    def home(person):
        at_desk(client, person)
        return client.get(reverse("wagtailadmin_home")).content.decode()

    assert "1 question of the bank waits for your decision." in home(young)
    for person in (author, officer):
        assert "question of the bank" not in home(person)
    assert "You wrote these words" not in desk.sees(young)
    assert "You submitted this question" in desk.sees(author)
    desk.does(young, "approve")
    assert "1 question of the bank waits" in home(officer)
    assert "question of the bank" not in home(young)


def test_two_tabs_decide_once(desk, people):
    author, young, officer = people
    assert "Submitted." in desk.does(author, "submit")
    assert "cannot become in approval" in desk.does(author, "submit")
    assert "You submitted this question" in desk.does(author, "approve")
    assert "This is not to be decided by you now" in desk.does(officer, "confirm")
    desk.does(young, "approve")
    assert "You approved this" not in desk.does(young, "approve")
    assert PageLogEntry.objects.filter(action="bank.approve").count() == 1
    desk.does(officer, "confirm")
    assert "not to be decided by you now" in desk.does(officer, "confirm")


@pytest.mark.parametrize("reason", ["", " ", "\0"])
def test_a_no_needs_a_reason(desk, people, reason):
    desk.does(people[0], "submit")
    assert "Say in a sentence why" in desk.does(people[1], "send_back", reason=reason)
    assert again(desk.question).status == Status.IN_APPROVAL


def test_a_very_long_reason_is_cut(desk, people):
    desk.does(people[2], "retire", reason="x" * 100_000)
    assert again(desk.question).retired_because == "x" * 500


@pytest.mark.parametrize("role", list(Role))
def test_no_role_finds_or_does_here_what_the_table_does_not_give_it(client, desk, question, role):
    person = staff("somebody", role, area=asking.area("there"))
    at_desk(client, person)
    may_look = "bank.write" in PERMISSIONS[role]
    for address in (reverse("desk:bank"), desk.address, reverse("desk:scales")):
        assert (client.get(address).status_code == 200) is may_look, address
    may_change = "bank.publish" in PERMISSIONS[role]
    assert (client.get(reverse("desk:new_scale")).status_code == 200) is may_change
    for step in ("approve", "confirm", "send_back", "answer_refusal", "take_up", "take_back", "", "delete", "\0"):
        client.post(desk.address, {"step": step, "reason": "x"})
        assert again(question).status == Status.DRAFT
    for step, permission in (("retire", "bank.retire"), ("submit", "bank.submit")):
        QuestionPage.objects.filter(pk=question.pk).update(status="draft")
        client.post(desk.address, {"step": step, "reason": "x"})
        assert (again(question).status != Status.DRAFT) is (permission in PERMISSIONS[role]), step


def test_a_translation_and_what_is_not_there_have_no_page(client, question, people):
    welsh = Locale.objects.get_or_create(language_code="cy")[0]
    translated = question.copy_for_translation(welsh, copy_parents=True)
    at_desk(client, people[0])
    for number in (translated.pk, 10**9):
        assert client.get(reverse("desk:question", args=[number])).status_code == 404
    assert client.get(f"/desk/work/bank/{10**30}/").status_code == 404


def scale(**changes):
    return {"name": "Two", "licence": "CC BY 4.0", "source": "Ours.", "codes": "one\r\ntwo\r\n", **changes}


def test_an_officer_puts_a_scale_together_and_others_look_at_it(client, people):
    for code in ("one", "two"):
        designing.question(code)
    at_desk(client, people[2])
    for changes, said in (
        ({"codes": "one"}, "two questions or more"), ({"codes": "one gone"}, "no question with the code gone"),
        ({"name": ""}, "required"), ({"source": "x" * 3_000}, "at most 2000"), ({"name": "a\0"}, "Null characters"),
        ({"codes": "one " * 200}, "100 questions at most"), ({"licence": "x" * 100_000}, "at most 200"),
    ):  # fmt: skip
        assert said in client.post(reverse("desk:new_scale"), scale(**changes)).content.decode(), said
    assert not Scale.objects.exists()
    assert client.post(reverse("desk:new_scale"), scale()).status_code == 302
    assert "already exists" in client.post(reverse("desk:new_scale"), scale(), follow=True).content.decode()
    made = Scale.objects.get()
    address = reverse("desk:scale", args=[made.pk])
    client.post(address, scale(codes="two one", asked_singly="on"))
    assert (Scale.objects.get().codes(), Scale.objects.get().asked_singly) == (["two", "one"], True)
    at_desk(client, people[0])
    assert "CC BY 4.0" in client.get(address).content.decode()
    assert client.post(address, scale(name="Mine")).status_code == 302
    assert Scale.objects.get().name == "Two"


def test_the_menu_leads_to_the_list(client, people):
    at_desk(client, people[0])
    assert f'"{reverse("desk:bank")}"' in client.get(reverse("wagtailadmin_home")).content.decode()
    assert client.get(reverse("desk:bank")).status_code == 200
