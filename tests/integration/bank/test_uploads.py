"""An officer puts recordings beside the words at the desk."""

import hashlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Locale
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from feedback.accounts.roles import Role
from surveys.bank.models import Option, QuestionBankPage, QuestionPage, Wording
from surveys.bank.recordings import ForgottenRecording, sound_stored
from tests.factories import asking
from tests.factories.people import at_desk, staff
from tests.factories.sound import id3, id3v1, mp3

pytestmark = pytest.mark.django_db
WHO = b"Ayesha, Room 4"


@pytest.fixture
def question():
    bank = asking.root().add_child(instance=QuestionBankPage(title="Question bank"))
    page = QuestionPage(title="Did they listen?", code="listened")
    page.wordings = [Wording(audience="AGE_6_7", text="Did they listen?")]
    page.options = [Option(code="yes", label="Yes"), Option(code="no", label="No")]
    return bank.add_child(instance=page)


@pytest.fixture
def officer(client):
    at_desk(client, staff("officer", Role.PARTICIPATION_OFFICER))
    return client


def sends(officer, page, wording=None, option=None):
    """The page's form with what is changed in its wording and its first option."""
    page = QuestionPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    (said,) = page.wordings.all()
    options = [
        {"id": o.pk, "code": o.code, "audience": "", "label": o.label, "picture": ""} for o in page.options.all()
    ]
    options[0].update(option or {})
    wordings = [{"id": said.pk, "audience": said.audience, "text": said.text, "hint": "", **(wording or {})}]
    data = {
        "title": page.title, "slug": page.slug, "code": page.code, "theme": page.theme, "purpose": "",
        "kind": page.kind, "comments": inline_formset([]), "action-publish": "yes",
        "wordings": inline_formset(wordings, initial=1), "options": inline_formset(options, initial=2),
    }  # fmt: skip
    return officer.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), nested_form_data(data))


def upload(content, name="Ayesha in Room 4.mp3", kind="audio/mpeg"):
    return SimpleUploadedFile(name, content, content_type=kind)


def wording_of(page):
    return QuestionPage.objects.get(pk=page.pk).wordings.get()


def test_an_officer_is_told_that_a_voice_was_taken_back(officer, question):
    ForgottenRecording.objects.create(sha256=hashlib.sha256(mp3()).hexdigest())
    page = sends(officer, question, {"recording": upload(id3(WHO) + mp3())}).content.decode()
    assert "Whoever spoke this has taken it back" in page
    assert not wording_of(question).recording


def test_a_recording_is_kept_without_anything_but_its_sound(officer, question):
    reply = sends(officer, question, {"recording": upload(id3(WHO) + mp3() + id3v1(WHO))})
    assert reply.status_code == 302
    kept = wording_of(question).recording
    assert kept.sha256 == hashlib.sha256(mp3()).hexdigest()
    assert kept.name == f"recordings/{kept.sha256}.mp3"
    assert sound_stored(kept.sha256) == mp3()
    assert officer.get(kept.url).content == mp3()


def test_the_page_and_its_history_know_it_by_its_content(officer, question):
    sends(officer, question, option={"recording": upload(mp3(mark=b"first"))})
    sends(officer, question, option={"recording": upload(mp3(mark=b"second"))})
    names = [
        revision.as_object().options.all()[0].recording.sha256 for revision in question.revisions.order_by("created_at")
    ]
    assert names == [hashlib.sha256(mp3(mark=mark)).hexdigest() for mark in (b"first", b"second")]
    assert all(sound_stored(name) for name in names)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"MZ\x90\0" + bytes(4000), "not an MP3"),
        (b"\0\0\0\x20ftypM4A " + bytes(900), "not an MP3"),
        (mp3()[:-9], "cut off"),
        (mp3(6000), "larger than 300 KB"),
        (mp3() + b"<script>", "more than sound"),
    ],
)
def test_what_is_no_recording_is_refused_whatever_it_is_called(officer, question, content, reason):
    stored = len(default_storage.listdir("recordings")[1]) if default_storage.exists("recordings") else 0
    reply = sends(officer, question, {"recording": upload(content)})
    assert reply.status_code == 200
    assert reason in reply.content.decode()
    assert not wording_of(question).recording
    assert (len(default_storage.listdir("recordings")[1]) if stored else 0) == stored


def test_a_recording_is_one_whatever_its_name_and_type_say(officer, question):
    sends(officer, question, {"recording": upload(mp3(), name="voice.exe", kind="text/html")})
    kept = wording_of(question).recording
    assert officer.get(kept.url)["Content-Type"] == "audio/mpeg"


def test_other_words_need_another_recording(officer, question):
    sends(officer, question, {"recording": upload(mp3())})
    reply = sends(officer, question, {"text": "Did they hear you?"})
    assert "The words have changed since they were recorded" in reply.content.decode()
    assert sends(officer, question, {"text": "Did they hear you?", "recording-clear": "on"}).status_code == 302
    assert not wording_of(question).recording
    again = {"text": "Did she hear you?", "recording": upload(mp3())}
    assert sends(officer, question, again).status_code == 302
    assert wording_of(question).read_aloud()


def test_the_same_words_keep_their_recording(officer, question):
    sends(officer, question, {"recording": upload(mp3())})
    assert sends(officer, question, {"hint": "Only if you like."}).status_code == 302
    assert wording_of(question).read_aloud().bytes == len(mp3())


def test_the_desk_plays_what_is_there_and_asks_for_sound(officer, question):
    sends(officer, question, {"recording": upload(mp3())})
    page = officer.get(reverse("wagtailadmin_pages:edit", args=[question.pk])).content.decode()
    assert f'<audio controls preload="none" src="{wording_of(question).recording.url}"' in page
    assert 'accept="audio/mpeg,.mp3"' in page
    assert "Take the recording out" in page
    assert "recordings/" not in page


def test_a_copy_for_another_language_is_not_read_aloud_in_english(officer, question):
    sends(officer, question, {"recording": upload(mp3())}, {"recording": upload(mp3(mark=b"yes"))})
    polish, _ = Locale.objects.get_or_create(language_code="pl")
    question.get_parent().copy_for_translation(polish)
    copy = QuestionPage.objects.get(pk=question.pk).copy_for_translation(polish)
    assert wording_of(copy).read_aloud() is None
    assert sends(officer, copy, {"text": "Czy słuchali?"}, {"label": "Tak"}).status_code == 302
    assert not wording_of(copy).recording
    assert not copy.options.exclude(recording="").exists()


def test_half_a_file_that_a_power_cut_left_is_put_right(question):
    wording = wording_of(question)
    wording.recording.save("a.mp3", ContentFile(mp3(mark=b"power")))
    name = wording.recording.name
    default_storage.delete(name)
    default_storage.save(name, ContentFile(mp3()[:100]))
    wording.recording.save("a.mp3", ContentFile(mp3(mark=b"power")))
    assert sound_stored(wording.recording.sha256) == mp3(mark=b"power")


def test_taking_a_recording_out_leaves_the_file(question):
    wording = wording_of(question)
    wording.recording.save("a.mp3", ContentFile(mp3()))
    name = wording.recording.name
    wording.recording.delete()
    assert not wording_of(question).recording
    assert default_storage.exists(name)
