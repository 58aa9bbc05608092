"""What cannot be asked of an audience cannot be frozen, whichever way it comes; what is unusual is on record."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from cms.desk.advice import about, advise
from feedback.accounts.roles import Role
from surveys.answering.drawings import drawing
from surveys.bank.models import Option, QuestionBankPage, QuestionPage, Wording
from surveys.design.actions import approve, freeze, submit
from surveys.design.composition import compose
from surveys.design.models import Edition
from surveys.frame.policies import NotAllowed
from surveys.instrument.wording import Audience
from tests.factories import asking
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
QUERIES_TO_READ = 7
LISTENED_TO = {
    "space": "Alone.", "voice": "Short.", "decision_maker": "The director", "report_back_on": date(2027, 1, 1)
}  # fmt: skip


def question(code, *options, audience, text="How is it?", **fields):
    """A question of the bank; an option may be a code and its picture."""
    asking.root()
    bank = QuestionBankPage.objects.first() or Page.get_first_root_node().add_child(
        instance=QuestionBankPage(title="Question bank")
    )
    page = QuestionPage(title=text, code=code, slug=code.replace("_", "-"), **fields)
    page.wordings = [Wording(audience=audience, text=text)]
    pairs = [option if isinstance(option, tuple) else (option, "") for option in options]
    page.options = [Option(code=c, label=c.title(), picture=picture) for c, picture in pairs]
    return bank.add_child(instance=page)


def survey(*questions, audience, **fields):
    """A survey of these questions, in the hands of somebody who may freeze it."""
    screens = [("question", {"question": one, "show_if": []}) for one in questions]
    return asking.survey(audience=audience, screens=screens, **LISTENED_TO, **fields)


def frozen(page):
    submit(page, by=staff("author", Role.PARTICIPATION_OFFICER))
    approve(page, by=staff("young", Role.CARE_COUNCIL_MEMBER))
    return freeze(page, by=staff("officer", Role.PARTICIPATION_OFFICER))


def test_four_and_five_year_olds_are_asked_in_no_survey():
    prompt = question("t_day", ("in", "house"), ("out", "hill"), audience=Audience.AGE_4_5, kind="pictures")
    page = survey(prompt, audience=Audience.AGE_4_5)
    with pytest.raises(NotAllowed, match="Make this a conversation"):
        frozen(page)
    assert not Edition.objects.exists()
    held = survey(prompt, audience=Audience.AGE_4_5, kind="conversation")
    assert frozen(held).document["kind"] == "conversation"


def test_a_question_that_left_the_bank_is_missed_in_a_sentence():
    stays, goes = (question(code, "yes", "no", audience=Audience.AGE_8_11) for code in ("stays", "goes"))
    page = survey(stays, goes, audience=Audience.AGE_8_11)
    goes.delete()
    page = type(page).objects.get(pk=page.pk)
    assert about(page) == (
        ("A question of this survey is not in the bank any more. Take it out, or choose another.",),
        (),
    )


@pytest.mark.parametrize("count", [2, 6])
def test_reading_a_survey_takes_as_many_queries_for_six_questions_as_for_two(count, django_assert_num_queries):
    asked = [question(f"q{number}", "yes", "no", audience=Audience.AGE_8_11) for number in range(count)]
    page = survey(*asked, audience=Audience.AGE_8_11)
    page = type(page).objects.get(pk=page.pk)
    with django_assert_num_queries(QUERIES_TO_READ):
        compose(page)


def test_the_picture_of_a_wording_stands_above_the_question_on_phone_and_paper(client):
    asked = question("when", "yes", "no", audience=Audience.AGE_8_11, text="Did they come?")
    asked.wordings.update(picture="clock")
    edition = frozen(survey(asked, audience=Audience.AGE_8_11))
    assert edition.document["items"][0]["picture"] == "clock"
    wave = asking.open_wave(of=edition.survey.care_council.area, edition=edition)
    at_desk(client, staff("officer", Role.PARTICIPATION_OFFICER))
    for address in (f"/a/{wave.code}/", f"/desk/work/waves/{wave.code}/booklet/en/"):
        page = client.get(address).content.decode()
        assert page.index(str(drawing("clock"))) < page.index("Did they come?"), address


def test_nor_in_one_that_was_asked_elsewhere(tmp_path):
    codebook = tmp_path / "codebook.csv"
    codebook.write_text("variable,variable_label,code,value_label\nq1,Day?,1,Good\nq1,Day?,2,Bad\n")
    with pytest.raises(CommandError, match="talked with"):
        call_command("import_codebook", codebook, wave="elsewhere", audience="AGE_4_5")
    assert not Edition.objects.exists()
    call_command("import_codebook", codebook, wave="elsewhere", audience="AGE_6_7")
    assert Edition.objects.count() == 1


def test_what_says_it_was_asked_elsewhere_is_not_frozen_by_hand():
    page = survey(question("q", "a", "b", audience=Audience.AGE_8_11), audience=Audience.AGE_8_11, kind="imported")
    with pytest.raises(NotAllowed, match="loaded from its codebook"):
        frozen(page)


def test_a_question_about_being_safe_needs_an_unhappy_face():
    """The theme is the bank's, and decides here."""
    faces = (("good", "happy"), ("great", "very_happy"))
    safe = question("safe_home", *faces, audience=Audience.AGE_6_7, kind="faces", theme="safer")
    with pytest.raises(NotAllowed, match="no unhappy face"):
        frozen(survey(safe, audience=Audience.AGE_6_7))
    fun = question("fun_visit", *faces, audience=Audience.AGE_6_7, kind="faces", theme="time")
    frozen(survey(fun, audience=Audience.AGE_6_7))


def test_eleven_answers_are_no_ladder():
    steps = [f"s{n}" for n in range(11)]
    with pytest.raises(NotAllowed, match="5 at most"):
        frozen(survey(question("safe_11", *steps, audience=Audience.AGE_12_17), audience=Audience.AGE_12_17))


def test_what_is_unusual_can_be_frozen_and_is_on_record():
    four = question("four", "a", "b", "c", "d", audience=Audience.AGE_8_11)
    page = survey(four, audience=Audience.AGE_8_11)
    frozen(page)
    (entry,) = PageLogEntry.objects.filter(action="design.freeze")
    assert entry.data["unusual"] == ["four offers 4 answers; 3 are easier for this audience."]
    assert not ModelLogEntry.objects.filter(action="design.freeze").exists()


class Request:
    """Enough of a request to gather what is said."""

    def __init__(self):
        self.said = []
        self._messages = self

    def add(self, level, message, extra_tags):
        self.said.append(message)


def test_the_desk_says_at_each_saving_what_would_be_refused_and_what_is_unusual():
    four = question("four", "a", "b", "c", "d", audience=Audience.AGE_8_11)
    faces = question("faces", ("a", "happy"), ("b", ""), audience=Audience.AGE_8_11, kind="faces")
    request = Request()
    advise(request, survey(four, audience=Audience.AGE_8_11))
    assert request.said == ["Worth another look: four offers 4 answers; 3 are easier for this audience."]
    advise(request, survey(faces, audience=Audience.AGE_8_11))
    assert request.said[1].startswith("It cannot be frozen like this: faces has an answer without a face.")
    assert about(survey(four, audience=Audience.AGE_12_17))[0] == ("The question four has no wording for AGE_12_17.",)


def test_the_desk_says_nothing_of_other_pages():
    request = Request()
    advise(request, question("four", "a", "b", "c", "d", audience=Audience.AGE_8_11))
    assert request.said == []
