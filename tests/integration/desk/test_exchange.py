"""Surveys come in and go out, and are translated, with the desk's own forms."""

import base64
import hashlib
import json
import re
from datetime import date
from html import unescape

import polib
import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from feedback.accounts.roles import Role
from surveys.bank.models import QuestionPage, Wording
from surveys.bank.packs import packed_question
from surveys.bank.recordings import ForgottenRecording
from surveys.design.composition import compose
from surveys.design.models import SurveyPage
from surveys.design.translating import Translation
from surveys.instrument.translating import State
from tests.factories import asking
from tests.factories.designing import again, draft
from tests.factories.people import at_desk, staff
from tests.factories.sound import mp3
from tests.integration.design.test_xlsform import FORM, book

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def area():
    return asking.area("here", languages=["en", "cy", "ar"])


@pytest.fixture
def survey(area):
    return draft(area, title="About you", introduction="Hello.")


@pytest.fixture
def officer(area):
    return staff("officer", Role.PARTICIPATION_OFFICER, area=area)


@pytest.fixture
def desk(client, officer):
    return at_desk(client, officer)


def says(reply):
    return unescape(reply.content.decode())


def hidden(reply, name):
    return unescape(re.search(rf'name="{name}" value="([^"]*)"', reply.content.decode())[1])


def sent(content, name="form.xlsx"):
    return SimpleUploadedFile(name, content)


class TestBringingIn:
    def look(self, client, content=FORM, **fields):
        form = {"area": "here", "audience": "AGE_12_17", "file": sent(content), "step": "look", **fields}
        return client.post(reverse("desk:bring_in"), form)

    def keep(self, client, waiting):
        return client.post(reverse("desk:bring_in"), {"step": "keep", "waiting": waiting}, follow=True)

    def test_a_form_is_looked_at_then_kept_once(self, desk, survey):
        looked = self.look(desk)
        assert "an answer is required there" in says(looked)
        assert SurveyPage.objects.designed().count() == 1
        waiting = hidden(looked, "waiting")
        assert "is a draft now" in says(self.keep(desk, waiting))
        assert "imported already" in says(self.keep(desk, waiting))
        assert SurveyPage.objects.designed().count() == 2

    def test_what_was_looked_at_is_nobody_elses_and_cannot_be_changed(self, client, area, survey, desk):
        waiting = hidden(self.look(desk), "waiting")
        assert "more than an hour" in says(self.keep(desk, waiting[:-2]))
        at_desk(client, staff("other", Role.PARTICIPATION_OFFICER, area=area))
        assert "more than an hour" in says(self.keep(client, waiting))
        assert SurveyPage.objects.designed().count() == 1

    @pytest.mark.parametrize("content", [b"", b"hello", b"\0" * 100, FORM[:900], book(survey=[["type"], ["x"]])])
    def test_what_cannot_be_read_is_refused_beside_the_field(self, desk, survey, content):
        reply = self.look(desk, content)
        assert (reply.status_code, "error-message" in says(reply)) == (422, True)

    def test_an_area_of_others_is_no_choice_and_an_analyst_no_guest(self, client, area, survey, desk):
        asking.area("elsewhere")
        assert "error-message" in says(self.look(desk, area="elsewhere"))
        at_desk(client, staff("analyst", Role.BOARD_ANALYST, area=area))
        assert client.get(reverse("desk:bring_in"), follow=True).redirect_chain

    def test_a_survey_goes_out(self, client, desk, survey):
        reply = desk.get(reverse("desk:take_out", args=[survey.pk]))
        assert "attachment" in reply.headers["Content-Disposition"]
        assert reply.content[:2] == b"PK"
        at_desk(client, staff("far", Role.PARTICIPATION_OFFICER, area=asking.area("elsewhere")))
        assert client.get(reverse("desk:take_out", args=[survey.pk])).status_code == 404


WELSH = {"About you": "Amdanat ti", "Hello.": "Helo.", "Question listened?": "Cwestiwn?", "Yes": "Ie", "No": "Na"}


class TestTranslating:
    def address(self, survey, language="cy"):
        return reverse("desk:translation", args=[survey.pk, language])

    def type(self, client, survey, words, page=None, **more):
        """Fills the form in as somebody would who reads the English on it."""
        page = page or client.get(self.address(survey))
        texts = Translation(again(survey), "cy").texts.values()
        typed = {f"words-{number}": words.get(text.english, text.words) for number, text in enumerate(texts)}
        form = {"step": "save", "shown": hidden(page, "shown"), **typed, **more}
        return client.post(self.address(survey), form, follow=True)

    def states(self, survey):
        return {text.english: text.state for text in Translation(again(survey), "cy").texts.values()}

    def test_a_survey_is_typed_beside_the_english_and_checked(self, desk, survey):
        assert set(self.states(survey).values()) == {State.NOT_BEGUN}
        QuestionPage.objects.update(status="approved", approved_on=date(2026, 1, 1))
        assert "Kept: 5 texts." in says(self.type(desk, survey, WELSH))
        assert set(self.states(survey).values()) == {State.DRAFTED}
        instrument = compose(again(survey))
        assert (instrument.languages, instrument.drafted) == (("en", "cy"), ("cy",))
        assert instrument.item("listened").texts["cy"] == "Cwestiwn?"
        question = QuestionPage.objects.get(locale__language_code="cy")
        assert (question.status, question.approved_on, question.is_checked) == ("draft", None, False)
        step = {"step": "check"}
        assert "Tick that somebody who speaks" in says(desk.post(self.address(survey), step, follow=True))
        beside = QuestionPage.objects.get(code="listened", locale__language_code="cy")
        assert beside.is_checked is False
        desk.post(self.address(survey), {**step, "speaks": "yes"})
        assert set(self.states(survey).values()) == {State.CHECKED}
        assert compose(again(survey)).drafted == ()
        assert QuestionPage.objects.get(pk=beside.pk).is_checked is True

    def test_a_question_is_not_checked_while_another_audience_has_words_that_nobody_read(self, desk, survey):
        english = QuestionPage.objects.get(code="listened")
        Wording.objects.create(question=english, audience="AGE_12_17", text="Asked of older ones?")
        self.type(desk, survey, WELSH)
        desk.post(self.address(survey), {"step": "check", "speaks": "yes"})
        assert compose(again(survey)).drafted == ()
        assert QuestionPage.objects.get(code="listened", locale__language_code="cy").is_checked is False

    def test_half_a_translation_leaves_the_english_as_it_was(self, desk, survey):
        self.type(desk, survey, {"Question listened?": "Cwestiwn?"})
        assert compose(again(survey)).languages == ("en",)

    def test_what_changed_in_the_english_is_shown_until_the_words_are_changed_or_still_fit(self, desk, survey):
        self.type(desk, survey, WELSH)
        Wording.objects.filter(question__locale__language_code="en").update(text="Question heard?")
        assert self.states(survey)["Question heard?"] is State.CHANGED
        page = desk.get(self.address(survey))
        assert "<del>listened?</del>" in says(page)
        assert "<ins>heard?</ins>" in says(page)
        number = list(Translation(again(survey), "cy").texts).index("question:listened:text:AGE_8_11")
        self.type(desk, survey, {}, page=page, **{f"still-{number}": "yes"})
        assert self.states(survey)["Question heard?"] is State.DRAFTED

    def test_newer_words_are_never_overwritten_without_having_been_seen(self, desk, survey):
        before = desk.get(self.address(survey))
        self.type(desk, survey, {"Yes": "Ie"})
        refused = self.type(desk, survey, {"Yes": "Oes"}, page=before)
        assert refused.status_code == 422
        assert "They are now: “Ie”" in says(refused)
        assert "Oes" in says(refused)
        assert Translation(again(survey), "cy").texts["question:listened:option:*:yes"].words == "Ie"
        self.type(desk, survey, {"Yes": "Oes"}, page=refused)
        assert Translation(again(survey), "cy").texts["question:listened:option:*:yes"].words == "Oes"

    def test_only_who_publishes_translations_types_and_only_in_a_draft(self, client, area, desk, survey):
        page = desk.get(self.address(survey))
        SurveyPage.objects.filter(pk=survey.pk).update(status="in_approval")
        assert "Nobody edits this survey now" in says(self.type(desk, survey, WELSH, page=page))
        SurveyPage.objects.filter(pk=survey.pk).update(status="draft")
        at_desk(client, staff("young", Role.CARE_COUNCIL_MEMBER, area=area))
        assert "<textarea" not in says(client.get(self.address(survey)))
        self.type(client, survey, WELSH, page=page)
        at_desk(client, staff("far", Role.PARTICIPATION_OFFICER, area=asking.area("elsewhere")))
        assert client.get(self.address(survey)).status_code == 404
        assert QuestionPage.objects.filter(locale__language_code="cy").count() == 0

    @pytest.mark.parametrize("language", ["en", "fr", "xx"])
    def test_there_are_our_languages_and_no_others(self, desk, survey, language):
        assert desk.get(self.address(survey, language)).status_code == 404

    def test_right_to_left_is_written_so(self, desk, survey):
        assert 'lang="ar" dir="rtl"' in says(desk.get(self.address(survey, "ar")))

    @pytest.mark.parametrize("shown", ["", "[", "{}", "[[1]]"])
    def test_a_form_that_was_changed_on_its_way_is_refused(self, desk, survey, shown):
        reply = desk.post(self.address(survey), {"step": "save", "shown": shown})
        assert reply.status_code in {302, 403}


class TestCatalogues:
    def download(self, client, survey):
        reply = client.get(reverse("desk:catalogue", args=[survey.pk, "cy"]))
        return reply.content.decode()

    def read(self, client, survey, content):
        address = reverse("desk:translation", args=[survey.pk, "cy"])
        file = sent(content if isinstance(content, bytes) else content.encode(), "cy.po")
        return client.post(address, {"step": "read", "file": file}, follow=True)

    def translated(self, catalogue, **also):
        file = polib.pofile(catalogue)
        for entry in file:
            entry.msgstr = WELSH[entry.msgid]
        for entry in file:
            for name, value in also.items():
                if entry.msgctxt.endswith(name):
                    value(entry)
        return str(file)

    def test_a_file_goes_to_a_translator_and_comes_back(self, desk, survey):
        catalogue = self.download(desk, survey)
        assert "At most 120 letters" in catalogue
        looked = self.read(desk, survey, self.translated(catalogue))
        assert "5 new texts, 0 there already" in says(looked)
        assert not SurveyPage.objects.filter(locale__language_code="cy").exists()
        address = reverse("desk:translation", args=[survey.pk, "cy"])
        desk.post(address, {"step": "keep", "waiting": hidden(looked, "waiting")})
        assert compose(again(survey)).languages == ("en", "cy")
        assert "0 new texts, 5 there already" in says(self.read(desk, survey, self.translated(catalogue)))

    def test_what_is_not_taken_is_said_with_its_line(self, desk, survey):
        def set_to(name, value):
            return lambda entry: setattr(entry, name, value)

        catalogue = self.translated(
            self.download(desk, survey), yes=lambda entry: entry.flags.append("fuzzy"), no=set_to("msgstr", "x" * 121),
            title=set_to("msgid", "About them"), introduction=set_to("msgstr", "Helo %(name)s"),
            AGE_8_11=set_to("msgctxt", "question:gone:text:AGE_8_11"),
        )  # fmt: skip
        said = says(self.read(desk, survey, catalogue))
        assert "0 new texts" in said
        for why in ("fuzzy", "121 letters; 120", "The English has changed", "the same {…}", "no such text any more"):
            assert re.search(rf"Line \d+, [^<]*{re.escape(why)}", said), why

    @pytest.mark.parametrize(
        ("content", "why"),
        [
            (b"hello", "not a catalogue"), (b'msgid "a"\nmsgstr x\n', "no language"), (b"\0", "NUL byte"),
            (b"\xff\xfe", "not UTF-8"), (b"", "no language"), (b"/etc/hostname", "not a catalogue"),
            (b'msgid ""\nmsgstr "Language: ar\\n"\n', "in ar, not in cy"), (b"#" * (1024 * 1024 + 1), "larger than"),
        ],
    )  # fmt: skip
    def test_what_is_no_catalogue_is_refused_in_a_sentence(self, desk, survey, content, why):
        assert why in says(self.read(desk, survey, content))

    def test_words_that_are_newer_than_the_file_stay(self, desk, survey):
        catalogue = self.translated(self.download(desk, survey))
        TestTranslating().type(desk, survey, {"Yes": "Oes"})
        said = says(self.read(desk, survey, catalogue))
        assert "4 new texts" in said
        assert "They are now: “Oes”" in said


class TestPacks:
    def look(self, client, content):
        return client.post(reverse("desk:packs"), {"step": "look", "file": sent(content, "pack.json")})

    def pack(self, client, survey):
        return client.get(reverse("desk:pack_of_survey", args=[survey.pk])).content

    def test_questions_go_from_area_to_area_with_their_voices(self, desk, survey):
        TestTranslating().type(desk, survey, WELSH)
        wording = Wording.objects.get(question__code="listened", question__locale__language_code="en")
        wording.recording.save("x.mp3", ContentFile(mp3()))
        content = self.pack(desk, survey)
        assert "the same" in says(self.look(desk, content))
        assert "Nothing of it is new" in says(self.look(desk, content))
        other = content.replace(b'"code": "listened"', b'"code": "heard"')
        looked = self.look(desk, other)
        keep = {"step": "keep", "waiting": hidden(looked, "waiting"), "code": "heard"}
        assert "1 question came into the bank" in says(desk.post(reverse("desk:packs"), keep, follow=True))
        assert "in the bank already" in says(desk.post(reverse("desk:packs"), keep, follow=True))
        made = QuestionPage.objects.get(code="heard", locale__language_code="en")
        assert made.live is False
        assert packed_question(made).wordings == packed_question(wording.question).wordings
        assert made.wordings.get().read_aloud().sha256 == wording.recording.sha256

    def test_a_question_that_differs_stays_as_it_is(self, desk, survey):
        content = self.pack(desk, survey).replace(b"Question listened?", b"Do they listen?")
        looked = self.look(desk, content)
        assert "differs in: wording for AGE_8_11. Yours stays." in says(looked)
        keep = {"step": "keep", "waiting": hidden(looked, "waiting"), "code": "listened"}
        assert "in the bank already" in says(desk.post(reverse("desk:packs"), keep, follow=True))
        assert Wording.objects.get().text == "Question listened?"

    def test_chosen_questions_are_packed(self, desk, survey):
        reply = desk.post(reverse("desk:packs"), {"step": "pack", "code": ["listened", "nothing"]})
        assert [question["code"] for question in json.loads(reply.content)["questions"]] == ["listened"]
        assert "Choose one first" in says(desk.post(reverse("desk:packs"), {"step": "pack"}, follow=True))

    def test_a_voice_that_was_taken_back_and_what_is_no_sound_stay_out(self, desk, survey):
        wording = Wording.objects.get(question__code="listened")
        wording.recording.save("x.mp3", ContentFile(mp3()))
        content = self.pack(desk, survey).decode()
        ForgottenRecording.objects.create(sha256=wording.recording.sha256)
        assert "was taken back" in says(self.look(desk, content.encode()))
        noise = hashlib.sha256(b"noise").hexdigest()
        pack = json.loads(content.replace(wording.recording.sha256, noise))
        pack["sounds"] = {noise: base64.b64encode(b"noise").decode()}
        reply = self.look(desk, json.dumps(pack).encode())
        assert (reply.status_code, "cannot be used" in says(reply)) == (422, True)

    @pytest.mark.parametrize("content", [b"", b"{}", b"\0", b'{"format": "earshot-questions-1"}'])
    def test_what_is_no_pack_is_refused(self, desk, survey, content):
        assert self.look(desk, content).status_code == 422

    def test_a_pack_is_for_who_words_questions(self, client, area, survey):
        at_desk(client, staff("analyst", Role.BOARD_ANALYST, area=area))
        assert client.get(reverse("desk:packs"), follow=True).redirect_chain
