"""An edition names the recordings of the words it asks, and they stay as long as it does."""

import hashlib
from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, default_storage
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Locale, ModelLogEntry, PageLogEntry

from feedback.accounts.roles import Role
from surveys.bank.models import Option, QuestionBankPage, QuestionPage, Wording
from surveys.bank.recordings import ForgottenRecording, stored_as
from surveys.design.actions import store_edition
from surveys.design.composition import compose
from surveys.design.models import SpokenWords, SurveyPage
from surveys.design.recordings import in_use, orphans
from surveys.instrument.document import read, write
from tests.factories import asking
from tests.factories.people import staff
from tests.factories.sound import mp3

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_store(monkeypatch):
    monkeypatch.setattr(default_storage, "_wrapped", InMemoryStorage())


def said(mark):
    return ContentFile(mp3(mark=mark), name="somebody.mp3")


def hash_of(mark):
    return hashlib.sha256(mp3(mark=mark)).hexdigest()


@pytest.fixture
def question():
    bank = asking.root().add_child(instance=QuestionBankPage(title="Question bank"))
    page = QuestionPage(title="Did they listen?", code="listened")
    page.wordings = [
        Wording(audience="AGE_6_7", text="Did they listen?", recording=said(b"young")),
        Wording(audience="AGE_8_11", text="Did they listen to you?", recording=said(b"older")),
    ]
    page.options = [Option(code="yes", label="Yes", recording=said(b"yes")), Option(code="no", label="No")]
    return bank.add_child(instance=page)


@pytest.fixture
def survey(question):
    page = asking.survey(
        audience="AGE_6_7", introduction="About you.", screens=[("question", {"question": question, "show_if": []})]
    )
    page.spoken = [
        SpokenWords(place="introduction", recording=said(b"about")),
        SpokenWords(place="do_not_know", recording=said(b"dunno")),
    ]
    page.save()
    return page


def frozen(survey):
    return store_edition(survey, write(compose(survey)), by=staff("officer", Role.PARTICIPATION_OFFICER))


def test_an_edition_names_what_its_audience_hears(survey):
    document = frozen(survey).document
    assert read(document) == compose(survey)
    (item,) = document["items"]
    assert item["audio"] == {"en": {"sha256": hash_of(b"young"), "bytes": len(mp3())}}
    yes, no = item["options"]
    assert yes["audio"]["en"]["sha256"] == hash_of(b"yes")
    assert "audio" not in no
    assert {place: audio["en"]["sha256"] for place, audio in document["audio"].items()} == {
        "introduction": hash_of(b"about"),
        "do_not_know": hash_of(b"dunno"),
    }


def test_a_recording_of_other_words_is_left_out(survey, question):
    Wording.objects.filter(question=question, audience="AGE_6_7").update(text="Did they hear you?")
    survey.introduction = "About your worker."
    survey.save()
    document = write(compose(survey))
    assert "audio" not in document["items"][0]
    assert set(document["audio"]) == {"do_not_know"}


def test_each_language_has_its_own(survey, question):
    polish, _ = Locale.objects.get_or_create(language_code="pl")
    for page in (question, survey):
        page.get_parent().copy_for_translation(polish, copy_parents=True)
        page.copy_for_translation(polish)
    assert set(compose(survey).items[0].texts) == {"en", "pl"}
    assert set(compose(survey).items[0].audio) == {"en"}
    assert set(compose(survey).audio["do_not_know"]) == {"en"}
    wording = question.get_translation(polish).wordings.get(audience="AGE_6_7")
    wording.recording.save("a.mp3", said(b"polish"))
    assert compose(survey).items[0].audio["pl"].sha256 == hash_of(b"polish")


def test_a_recording_that_is_not_in_the_store_is_not_promised(survey):
    default_storage.delete(stored_as(hash_of(b"young")))
    with pytest.raises(ValidationError, match="Put it in again"):
        compose(survey)


def test_the_survey_offers_what_its_edition_names_and_no_more(client, survey):
    wave = asking.open_wave(edition=frozen(survey))
    page = client.get(f"/a/{wave.code}/").content.decode()
    for mark in (b"young", b"yes", b"about", b"dunno"):
        assert page.count(f'data-audio="/a/audio/{hash_of(mark)}.mp3"') == 1
    assert page.count("data-audio") == 4
    assert page.count('<audio controls preload="none"') == 2
    assert 'aria-label="Listen: Did they listen?"' in page
    silent = client.get(f"/a/{asking.open_wave().code}/").content.decode()
    assert "audio" not in silent


def later():
    return timezone.now() + timedelta(hours=1)


def tidies(*arguments):
    said = StringIO()
    call_command("tidy_recordings", *arguments, stdout=said)
    return said.getvalue()


def test_what_an_edition_names_is_no_orphan_although_the_bank_has_another(survey, question):
    frozen(survey)
    wording = question.wordings.get(audience="AGE_6_7")
    wording.recording.save("a.mp3", said(b"anew"))
    assert orphans(before=later()) == []
    assert {hash_of(b"young"), hash_of(b"anew")} <= in_use()
    wording.recording.save("a.mp3", said(b"anew again"))
    assert orphans(before=later()) == [hash_of(b"anew")]


def test_what_only_the_history_of_a_page_names_stays(question):
    page = QuestionPage.objects.get()
    page.save_revision()
    page.wordings.all()[0].recording.delete()
    assert hash_of(b"young") in in_use()


def test_tidying_says_what_it_found_and_deletes_only_if_asked(survey, monkeypatch):
    kept = frozen(survey)
    for mark in (b"lost", b"just now"):
        default_storage.save(stored_as(hash_of(mark)), said(mark))
    age = {stored_as(hash_of(b"just now")): timezone.now()}
    monkeypatch.setattr(
        InMemoryStorage, "get_modified_time", lambda _, name: age.get(name, timezone.now() - timedelta(days=2))
    )
    assert tidies() == f"{stored_as(hash_of(b'lost'))}\n1 needed by nothing.\n"
    assert "1 deleted" in tidies("--delete")
    assert tidies("--delete") == "0 deleted.\n"
    assert not default_storage.exists(stored_as(hash_of(b"lost")))
    assert default_storage.exists(stored_as(hash_of(b"just now")))
    for audio in kept.document["audio"].values():
        assert default_storage.exists(stored_as(audio["en"]["sha256"]))


def test_there_is_nothing_to_tidy_before_anything_was_recorded():
    assert tidies("--delete") == "0 deleted.\n"


def forgets(sha256, by="officer"):
    said = StringIO()
    call_command("forget_recording", sha256, by=by, stdout=said)
    return said.getvalue()


def test_whoever_spoke_can_take_their_voice_back(client, survey, question, django_capture_on_commit_callbacks):
    edition = frozen(survey)
    before = edition.document
    with django_capture_on_commit_callbacks(execute=True):
        said = forgets(hash_of(b"young"))
    assert str(edition) in said
    edition.refresh_from_db()
    assert edition.document == before
    assert client.get(f"/a/audio/{hash_of(b'young')}.mp3").status_code == 404
    assert not question.wordings.get(audience="AGE_6_7").recording
    assert "audio" not in write(compose(survey))["items"][0]
    assert PageLogEntry.objects.filter(action="design.forget_recording", page=survey.pk).count() == 1
    assert not ModelLogEntry.objects.filter(data__icontains=hash_of(b"young")).exists()


def test_no_draft_and_no_earlier_state_brings_a_voice_back(survey, question, django_capture_on_commit_callbacks):
    staff("officer", Role.PARTICIPATION_OFFICER)
    drafts = [page.save_revision() for page in (QuestionPage.objects.get(), SurveyPage.objects.get(pk=survey.pk))]
    with django_capture_on_commit_callbacks(execute=True):
        for mark in (b"young", b"yes", b"about"):
            forgets(hash_of(mark))
    for draft in drafts:
        draft.refresh_from_db()
        PublishPageRevisionAction(draft).execute(skip_permission_checks=True)
    assert in_use() == {hash_of(b"older"), hash_of(b"dunno")}
    document = write(compose(SurveyPage.objects.get(pk=survey.pk)))
    assert "audio" not in document["items"][0]
    assert set(document["audio"]) == {"do_not_know"}
    assert question.wordings.get(audience="AGE_8_11").read_aloud()


def test_a_page_that_was_open_meanwhile_is_frozen_without_the_voice(
    survey, question, django_capture_on_commit_callbacks
):
    staff("officer", Role.PARTICIPATION_OFFICER)
    open_meanwhile = question.wordings.get(audience="AGE_6_7")
    with django_capture_on_commit_callbacks(execute=True):
        forgets(hash_of(b"young"))
    open_meanwhile.save()
    assert question.wordings.get(audience="AGE_6_7").recording
    assert "audio" not in write(compose(survey))["items"][0]


def test_a_voice_that_was_taken_back_does_not_come_in_again(survey, question, django_capture_on_commit_callbacks):
    staff("officer", Role.PARTICIPATION_OFFICER)
    with django_capture_on_commit_callbacks(execute=True):
        forgets(hash_of(b"young"))
    (forgotten,) = ForgottenRecording.objects.all()
    assert (forgotten.sha256, forgotten.forgotten_on) == (hash_of(b"young"), timezone.localdate())
    wording = question.wordings.get(audience="AGE_6_7")
    wording.recording = said(b"young")
    with pytest.raises(ValidationError, match="has taken it back"):
        wording.full_clean()
    with pytest.raises(ValidationError, match="has taken it back"), transaction.atomic():
        wording.save()
    assert not default_storage.exists(stored_as(hash_of(b"young")))
    wording.recording = said(b"another voice")
    wording.full_clean()


# Where a survey uses what it uses: its own words, a question of the bank, an earlier state, or only an edition.
def own_words(survey):
    return b"about"


def of_the_bank(survey):
    return b"yes"


def an_earlier_state(survey):
    SurveyPage.objects.get(pk=survey.pk).save_revision()
    survey.spoken.all().delete()
    return b"about"


def only_an_edition(survey):
    frozen(survey)
    Wording.objects.filter(audience="AGE_6_7").update(recording="")
    return b"young"


@pytest.mark.parametrize("use", [own_words, of_the_bank, an_earlier_state, only_an_edition])
def test_who_may_freeze_in_one_area_does_not_take_a_voice_out_of_anothers_survey(survey, use):
    sha256 = hash_of(use(survey))
    staff("elsewhere", Role.PARTICIPATION_OFFICER, area=asking.area("elsewhere"))
    staff("here", Role.PARTICIPATION_OFFICER, area=survey.care_council.area)
    with pytest.raises(CommandError, match="no role there that lets you"):
        forgets(sha256, by="elsewhere")
    assert default_storage.exists(stored_as(sha256))
    assert not ForgottenRecording.objects.exists()
    assert "Deleted" in forgets(sha256, by="here")
    assert PageLogEntry.objects.filter(action="design.forget_recording", page=survey.pk).count() == 1


def test_a_voice_that_two_areas_use_is_taken_back_by_who_may_freeze_in_both(survey, question):
    other = asking.survey(
        of=asking.area("elsewhere"), audience="AGE_6_7",
        screens=[("question", {"question": question, "show_if": []})],
    )  # fmt: skip
    person = staff("here", Role.PARTICIPATION_OFFICER, area=survey.care_council.area)
    with pytest.raises(CommandError, match=f"Surveys of {other.care_council} use it"):
        forgets(hash_of(b"yes"), by="here")
    staff(person.username, Role.PARTICIPATION_OFFICER, area=other.care_council.area)
    assert "Deleted" in forgets(hash_of(b"yes"), by="here")


@pytest.mark.parametrize("sha256", ["0" * 64, "../../manage.py", ""])
def test_only_a_recording_can_be_forgotten(sha256):
    staff("officer", Role.PARTICIPATION_OFFICER)
    with pytest.raises(CommandError, match="no recording of this hash"):
        forgets(sha256)


def test_only_who_may_freeze_can_forget(survey):
    staff("member", Role.CARE_COUNCIL_MEMBER)
    with pytest.raises(CommandError, match="no role that lets you"):
        forgets(hash_of(b"young"), by="member")
    with pytest.raises(CommandError, match="no account"):
        forgets(hash_of(b"young"), by="nobody")
    assert default_storage.exists(stored_as(hash_of(b"young")))
