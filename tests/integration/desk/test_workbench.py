"""The workbench's screens: everything with plain buttons, each for whoever works on the survey, and for nobody else."""

import copy
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale

from feedback.accounts.roles import Role
from surveys.bank.models import Option, QuestionPage, Wording
from surveys.design.arranging import screens_of
from surveys.design.bench import questions_to_add
from surveys.design.models import SurveyPage
from surveys.design.workbench import Remark, Suggestion, TryNote, TryOut, Vote
from surveys.instrument.wording import Audience
from surveys.responses.models import Response
from tests.factories import asking
from tests.factories.designing import again, draft_of, question
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
KINDS = (Suggestion, Vote, Remark, TryOut, TryNote)


@pytest.fixture
def area():
    return asking.area("here")


@pytest.fixture(scope="module")
def drafted(built_once):
    return built_once(lambda: draft_of(asking.area("here"), "first", "second", title="About you"))


@pytest.fixture
def survey(drafted):
    return copy.deepcopy(drafted)


@pytest.fixture
def officer(area):
    return staff("officer", Role.PARTICIPATION_OFFICER, area=area)


@pytest.fixture
def young(area):
    return staff("young", Role.CARE_COUNCIL_MEMBER, area=area)


class Bench:
    """Somebody at the workbench of one survey, with a browser that may have been open for a while."""

    def __init__(self, client, survey):
        self.client, self.survey = client, survey

    def address(self, name="workbench", *more):
        return reverse(f"desk:{name}", args=[self.survey.pk, *more])

    def latest(self):
        return again(self.survey).get_latest_revision_as_object()

    def screens(self):
        return [screen["id"] for screen in screens_of(self.latest())]

    def sees(self, person, name="workbench", *more, **query):
        at_desk(self.client, person)
        return self.client.get(self.address(name, *more), query).content.decode()

    def does(self, person, step, *, name="workbench", more=(), **fields):
        at_desk(self.client, person)
        fields.setdefault("made_on", again(self.survey).latest_revision_id or 0)
        return self.client.post(self.address(name, *more), {"step": step, **fields}, follow=True).content.decode()

    def on_screen(self, person, step, **fields):
        screen = self.screens()[0]
        return self.does(person, step, name="workbench_screen", more=[screen], screen=screen, **fields)


@pytest.fixture
def bench(client, survey):
    return Bench(client, survey)


def test_a_survey_is_made_with_plain_buttons(bench, young, survey):
    question("third")
    first, second = bench.screens()
    assert "Question 1" in bench.sees(young)
    assert "Moved up." in bench.does(young, "up", screen=second)
    assert bench.screens() == [second, first]
    assert "Moved down." in bench.does(young, "down", screen=second)
    assert "Moved." in bench.does(young, "order", order=f"{second} {first}")
    assert "Question third?" in bench.sees(young, q="third")
    assert "No question with these words" in bench.sees(young, q="nothing of the kind")
    third = QuestionPage.objects.get(code="third")
    assert "Added at the end." in bench.does(young, "add", question=third.pk)
    assert "asked already" in bench.does(young, "add", question=third.pk)
    assert "Added at the end." in bench.does(young, "tell", text="Now <b>this</b>.")
    told = bench.screens()[-1]
    assert "Now &lt;b&gt;this&lt;/b&gt;." in bench.sees(young)
    page = bench.does(young, "reword", name="workbench_screen", more=[told], screen=told, text="Now that.")
    assert "Now that." in page
    assert "Taken out." in bench.does(young, "out", screen=told)
    assert len(bench.screens()) == 3


def test_a_route_is_chosen_and_taken_away(bench, young):
    first, second = bench.screens()
    page = bench.sees(young, "workbench_screen", second)
    assert 'value="do_not_know"' in page
    assert 'type="text" name="option"' not in page
    there = {"name": "workbench_screen", "more": [second], "screen": second}
    page = bench.does(young, "after", earlier=first, option=["no", "yes"], **there)
    assert "Asked only after “No” or “Yes” to “Question first?”." in page
    assert "has to stay before it" in bench.does(young, "up", screen=second)
    assert "has to stay before it" in bench.does(young, "out", screen=first)
    assert "Everybody is asked this." in bench.does(young, "always", **there)


def test_words_are_suggested_voted_on_and_settled(bench, young, officer):
    assert "Say why" in bench.on_screen(officer, "suggest", text="Better?")
    bench.on_screen(officer, "suggest", text="Better <i>words</i>?", reason="Shorter.")
    number = Suggestion.objects.get().pk
    page = bench.on_screen(young, "vote", suggestion=number, stance="unsure", reason="Hm.")
    assert "0 agree, 1 not sure, 0 against" in page
    assert "Better &lt;i&gt;words&lt;/i&gt;?" in page
    assert 'value="refuse"' not in bench.sees(officer, "workbench_screen", bench.screens()[0])
    assert "Say in a sentence why" in bench.on_screen(young, "refuse", suggestion=number, answer=" ")
    assert "1 suggestion to decide on" in bench.sees(officer)
    bench.on_screen(young, "refuse", suggestion=number, answer="Nobody says that.")
    page = bench.sees(officer, "workbench_screen", bench.screens()[0])
    assert "Nobody says that." in page
    assert 'value="put_in"' not in page
    bench.on_screen(officer, "suggest", text="Best words?", reason="Simple.")
    number = Suggestion.objects.first().pk
    bench.on_screen(young, "accept", suggestion=number)
    assert "In the bank’s draft" in bench.on_screen(young, "put_in", suggestion=number)


def test_the_council_is_told_on_its_first_page_of_what_others_suggested(client, bench, young, officer):
    bench.on_screen(officer, "suggest", text="Better?", reason="Shorter.")
    bench.on_screen(young, "suggest", text="Mine?")
    home = reverse("wagtailadmin_home")
    for person, told in ((young, True), (officer, False)):
        at_desk(client, person)
        assert ("1 wording was suggested for About you." in client.get(home).content.decode()) is told
    at_desk(client, staff("far", Role.CARE_COUNCIL_MEMBER, area=asking.area("there")))
    assert "About you" not in client.get(home).content.decode()


def test_notes_and_remarks_stand_beside_the_question(bench, young, officer):
    note = {"outcome": "misunderstood", "children": "3", "band": "AGE_8_11", "text": "Thought of <b>home</b>."}
    page = bench.on_screen(young, "note", **note)
    assert "Tried with 3 of at least 5 children of this age." in page
    assert "Thought of &lt;b&gt;home&lt;/b&gt;." in page
    assert "No name of a child" in page
    for children in ("", "x", "0", "1e3", "٣", "99999"):
        assert "Look again at" in bench.on_screen(young, "note", **{**note, "children": children})
    assert "I like it." in bench.on_screen(officer, "remark", text="I like it.")
    assert "1 remark" in bench.sees(young)


def test_two_tabs_do_not_overwrite_each_other(bench, young, officer):
    first, second = bench.screens()
    bench.does(officer, "up", screen=second)
    for wrong in (0, "", "x", "-1", "9" * 30):
        assert "Somebody changed this survey" in bench.does(young, "up", screen=first, made_on=wrong)
    assert bench.screens() == [second, first]


def test_in_approval_it_can_be_looked_at_and_talked_of(bench, young, survey):
    SurveyPage.objects.filter(pk=survey.pk).update(status="in_approval")
    page = bench.sees(young)
    assert "nobody changes it" in page
    assert 'value="up"' not in page
    first, _ = bench.screens()
    assert "being decided on" in bench.does(young, "down", screen=first)
    assert "Said." in bench.on_screen(young, "remark", text="Hello.")


BAD = ["\0", "x" * 200_000, "<script>alert(1)</script>", "9" * 400]


@pytest.mark.parametrize("bad", BAD, ids=range(len(BAD)))
def test_bad_input_breaks_nothing(bench, young, survey, bad):
    before = bench.screens()
    for step in ("up", "down", "order", "add", "out", "after", "always", "reword", "promise", "tell"):
        fields = {"screen": bad, "order": bad, "question": bad, "earlier": bad, "option": bad, "report_back_on": bad}
        page = bench.does(young, step, **fields, text=bad, space=bad, decision_maker=bad)
        assert "<script>alert" not in page
    for step in ("suggest", "remark", "note"):
        page = bench.on_screen(young, step, text=bad, reason=bad, children=bad, outcome=bad, band=bad)
        assert "<script>alert" not in page
    for step in ("vote", "accept", "refuse", "put_in"):
        bench.on_screen(young, step, suggestion=bad)
    for step in ("open", "end"):
        bench.does(young, step, name="try_out", days=bad, link=bad)
    bench.sees(young, q=bad)
    bench.sees(young, "preview", size=bad, language=bad)
    assert bench.screens()[:2] == before
    assert not TryOut.objects.exists()


@pytest.mark.parametrize("role", list(Role))
def test_each_role_here_and_elsewhere(client, bench, survey, role):
    works_on_surveys = role in {Role.CARE_COUNCIL_MEMBER, Role.PARTICIPATION_OFFICER}
    screen, other = bench.screens()
    names = [("workbench",), ("workbench_screen", screen), ("preview",), ("preview_frame", "phone", "en"), ("try_out",)]
    for where, is_open in (("here", works_on_surveys), ("there", False)):
        at_desk(client, staff(f"{where}-{role}", role, area=asking.area(where)))
        for name in names:
            reply = client.get(bench.address(*name))
            assert (reply.status_code == 200) is is_open, (where, name, reply.status_code)
            if not is_open:
                assert b"Question first" not in reply.content
                for step in ("up", "suggest", "remark", "open"):
                    data = {"step": step, "screen": other, "text": "x", "reason": "x", "days": "1", "made_on": "0"}
                    client.post(bench.address(*name), data)
    assert bench.screens() == [screen, other]
    assert not any(kind.objects.exists() for kind in KINDS)


def test_what_is_of_another_survey_is_not_reached_through_this_one(client, bench, young):
    there = Bench(client, draft_of(asking.area("there"), "far"))
    far = staff("far", Role.CARE_COUNCIL_MEMBER, area=asking.area("there"))
    there.on_screen(far, "suggest", text="Mine?")
    there.does(far, "open", name="try_out", days="1")
    at_desk(client, young)
    for step in ("vote", "accept", "refuse", "put_in"):
        bench.on_screen(young, step, suggestion=Suggestion.objects.get().pk, stance="agree", answer="x")
    bench.does(young, "end", name="try_out", link=TryOut.objects.get().pk)
    assert client.get(bench.address("workbench_screen", there.screens()[0])).status_code == 404
    assert client.get(bench.address("workbench_screen", uuid.uuid4())).status_code == 404
    assert Suggestion.objects.get().status == "open"
    assert not Vote.objects.exists()
    assert not TryOut.objects.get().is_ended


def test_a_link_to_try_is_made_and_ended(bench, young, client):
    page = bench.does(young, "open", name="try_out", days="3")
    link = TryOut.objects.get()
    assert f"/a/try/{link.code}/" in page
    assert "<svg" in page
    assert client.get(f"/a/try/{link.code}/").status_code == 200
    assert "Ended." in bench.does(young, "end", name="try_out", link=link.pk)
    assert client.get(f"/a/try/{link.code}/").status_code == 410


def test_the_preview_is_framed_by_the_desk_alone_and_sends_nothing(bench, young, client):
    at_desk(client, young)
    outer = client.get(bench.address("preview"))
    assert "frame-src 'self'" in outer["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in outer["Content-Security-Policy"]
    for size in ("phone", "tablet", "plain", "print"):
        inner = client.get(bench.address("preview_frame", size, "en"))
        policy, page = inner["Content-Security-Policy"], inner.content.decode()
        for part in ("frame-ancestors 'self'", "connect-src 'none'", "form-action 'none'", "worker-src 'none'"):
            assert part in policy
        assert inner["X-Frame-Options"] == "SAMEORIGIN"
        assert "no-store" in inner["Cache-Control"]
        assert "Question first?" in page
        assert ("trying.js" in page) is (size in {"phone", "tablet"})
        for wrong in ('method="post"', "formaction", 'type="submit"'):
            assert wrong not in page
        assert client.post(bench.address("preview_frame", size, "en"), {"q_first": "no"}).status_code == 405
    for wrong in (("phone", "cy"), ("huge", "en"), ("phone", "xx")):
        assert client.get(bench.address("preview_frame", *wrong)).status_code == 404
    assert not Response.objects.exists()


def test_a_draft_that_cannot_be_asked_says_so_instead_of_breaking(bench, young, client):
    for screen in bench.screens():
        bench.does(young, "out", screen=screen)
    assert "asks nothing" in bench.sees(young, "preview")
    assert "asks nothing" in bench.sees(young, "preview_frame", "phone", "en")
    assert "It cannot be tried yet" in bench.sees(young, "try_out")
    question("elders", audience="AGE_12_17")
    SurveyPage.objects.filter(pk=bench.survey.pk).update(audience="AGE_12_17")
    assert "It cannot be frozen like this" in bench.sees(young)


def test_words_for_another_audience_are_missed_and_not_broken(client, area, young):
    survey = draft_of(area, "younger", audience="AGE_8_11")
    survey.audience = "AGE_12_17"
    survey.save()
    bench = Bench(client, survey)
    assert "It has no words for this audience" in bench.sees(young)
    assert "has no wording for AGE_12_17" in bench.sees(young, "preview")


def test_who_listens_and_what_is_missing(bench, young, survey):
    said = {"space": "", "voice": "Aloud.", "decision_maker": "The director", "report_back_on": ""}
    page = bench.does(young, "promise", **said)
    assert "the date to report back (influence)" in page
    assert "how it is safe and free to take part (space)" in page
    page = bench.does(young, "promise", **{**said, "space": "Alone.", "report_back_on": "2027-03-01"})
    assert "All four are said" in page
    assert "year, month and day" in bench.does(young, "promise", **{**said, "report_back_on": "1 March"})
    assert "year, month and day" in bench.does(young, "promise", **{**said, "report_back_on": "2027-02-31"})
    assert "too long" in bench.does(young, "promise", **{**said, "decision_maker": "x" * 201})


def test_what_children_are_asked_already_is_said(bench, young, area):
    assert "No other wave for this age" in bench.sees(young)
    asking.open_wave(of=area, code="autumn")
    asking.open_wave(of=area, code="older", audience=Audience.AGE_12_17)
    asking.open_wave(of=asking.area("there"), code="elsewhere")
    page = bench.sees(young)
    # A choice of 20 seconds, another, several of 30, and words of 60.
    assert "could be asked 4 questions already, about 3 minutes" in page
    assert "autumn (open, 4 questions, about 3 minutes)" in page
    assert "older" not in page
    assert "elsewhere" not in page


def questions(number, *languages):
    """So many questions with words for their audience, in English and in these languages."""
    asked = [question(f"q{n}") for n in range(number)]
    for language in languages:
        locale, _ = Locale.objects.get_or_create(language_code=language)
        for one in asked:
            said = QuestionPage(title=one.title, code=one.code, slug=f"{one.code}-{language}", locale=locale)
            said.translation_key = one.translation_key
            said.wordings = [Wording(audience="AGE_8_11", text=f"{one.title} ({language})")]
            said.options = [Option(code=code, label=f"{code} ({language})") for code in ("yes", "no")]
            one.get_parent().add_child(instance=said)
    return asked


def survey_in_languages(area, asked, *languages):
    """A survey of these questions, worded in English and in these languages."""
    survey = draft_of(area)
    survey.screens = [("question", {"question": one, "show_if": []}) for one in asked]
    survey.save()
    for language in languages:
        locale = Locale.objects.get(language_code=language)
        said = SurveyPage(title=f"In {language}", slug=f"{survey.slug}-{language}", locale=locale, audience="AGE_8_11")
        said.translation_key, said.care_council = survey.translation_key, survey.care_council
        survey.get_parent().add_child(instance=said)
    return survey


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_how_much_is_asked_does_not_change_how_often_the_database_is(client, area, young):
    asked = questions(9, "cy", "ur")
    few, many = (survey_in_languages(area, asked[:number], "cy", "ur") for number in (2, 9))
    at_desk(client, young)
    for name in (("preview_frame", "phone", "ur"), ("preview_frame", "print", "cy"), ("preview",), ("workbench",)):
        counts = [queries_of(client, Bench(client, survey).address(*name)) for survey in (few, many)]
        assert counts[1] <= counts[0], (name, counts)
    page = client.get(Bench(client, many).address("preview_frame", "phone", "ur")).content.decode()
    assert "Question q8? (ur)" in page
    assert 'dir="rtl"' in page


def test_the_search_finds_only_what_has_words_for_the_audience(survey):
    question("elders", audience="AGE_12_17")
    question("third")
    assert [one.code for one in questions_to_add(survey, "")] == ["third"]
    assert [one.code for one in questions_to_add(survey, "third question")] == ["third"]
    assert not questions_to_add(survey, "elders").exists()
