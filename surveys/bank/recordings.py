"""Words that somebody read aloud: cleaned when they come in, and stored under the hash of what is in them."""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import models
from django.db.models.fields.files import FieldFile
from django.urls import reverse
from django.utils import timezone

from surveys.bank.mp3 import LARGEST, NotARecording, sound_of
from surveys.instrument.recordings import Recording

FOLDER = "recordings"
HELP = (
    f"An MP3 of these very words, of {LARGEST // 1024} KB at most. Its name, and what the recorder noted in it of "
    "people, places and dates, are taken out. Without one, phones that have a voice of their own use it."
)
CHANGED = "The words have changed since they were recorded. Record them again, or tick Take the recording out."


TAKEN_BACK = "Whoever spoke this has taken it back, so it cannot be used again. Put in another recording."


class ForgottenRecording(models.Model):
    """A recording whose speaker took it back, so that no copy of it comes in again."""

    class Privacy:
        why = "So that a voice that was taken back does not come in again."
        kept = "For good."
        scrub = {"sha256": "harmless: no sound can be made of it."}
        personal = {
            "sha256": "The hash of a voice that was taken back, to refuse it. It cannot be made into sound again."
        }
        plain = {"forgotten_on"}

    sha256 = models.CharField(max_length=64, primary_key=True)
    forgotten_on = models.DateField(default=timezone.localdate)


def is_forgotten(sha256: str) -> bool:
    """Whether whoever spoke took this back."""
    return ForgottenRecording.objects.filter(pk=sha256).exists()


def stored_as(sha256: str) -> str:
    """The name of a recording in the store."""
    return f"{FOLDER}/{sha256}.mp3"


def sound_stored(sha256: str) -> bytes:
    """The content of a recording; FileNotFoundError if there is none of this hash."""
    with default_storage.open(stored_as(sha256)) as file:
        return file.read()


def _sound_in(file: File) -> bytes:
    """The sound of an uploaded file; ValidationError, for who uploads it, if it is none or its speaker took it back."""
    file.seek(0)
    try:
        sound = sound_of(file.read(LARGEST + 1))
    except NotARecording as problem:
        raise ValidationError(str(problem)) from problem
    if is_forgotten(hashlib.sha256(sound).hexdigest()):
        raise ValidationError(TAKEN_BACK)
    return sound


class RecordingFile(FieldFile):
    """A recording in its place. Whatever an upload was called, it is kept under the hash of its sound."""

    @property
    def sha256(self) -> str:
        """The hash it is named by."""
        return PurePosixPath(self.name).stem

    @property
    def url(self) -> str:
        """Where it is heard, by staff and by respondents."""
        return reverse("answering:recording", args=[self.sha256])

    def save(self, name: str, content: File, save: bool = True) -> None:
        """Keeps the sound and nothing else of a file, and notes which words it was put beside."""
        sound = _sound_in(content)
        self.name = stored_as(hashlib.sha256(sound).hexdigest())
        _keep(self.name, sound)
        setattr(self.instance, self.field.attname, self.name)
        self._committed = True
        self.instance.recording_of = self.instance.saying()
        if save:
            self.instance.save()

    def delete(self, save: bool = True) -> None:
        """Takes it out of its place. The file stays, because editions may name it."""
        setattr(self.instance, self.field.attname, "")
        if save:
            self.instance.save()


def _keep(name: str, sound: bytes) -> None:
    """Stores it once. What is there under this name is the same, unless a power cut left half of it."""
    if default_storage.exists(name):
        if default_storage.size(name) == len(sound):
            return
        default_storage.delete(name)
    kept = default_storage.save(name, ContentFile(sound))
    if kept != name:  # Somebody stored the same in this moment.
        default_storage.delete(kept)


class RecordingInput(forms.ClearableFileInput):
    """Lets staff hear what is there, take it out, or put another in its place."""

    template_name = "bank/recording_input.html"
    clear_checkbox_label = "Take the recording out"


class RecordingField(models.FileField):
    """A file that is a recording, whatever its name says, in a model that is Recorded."""

    attr_class = RecordingFile

    def validate(self, value: RecordingFile, model_instance: models.Model) -> None:
        """Refuses what is new and not a recording."""
        super().validate(value, model_instance)
        if value and not value._committed:
            _sound_in(value.file)

    def formfield(self, **kwargs):
        """A field with a player."""
        widget = RecordingInput(attrs={"accept": "audio/mpeg,.mp3"})
        return super().formfield(**{**kwargs, "widget": widget, "max_length": None})


class Recorded(models.Model):
    """Words that may have been read aloud. A recording is used only beside the very words it was put beside."""

    recording = RecordingField("read aloud", upload_to=FOLDER, blank=True, help_text=HELP)
    # Behind the recording, so that what is noted while that is stored is stored with it.
    recording_of = models.CharField(max_length=80, blank=True, editable=False)

    class Meta:
        abstract = True

    def language_and_words(self) -> tuple[str, str]:
        """What somebody who reads this aloud says, and in which language."""
        raise TypeError(f"{type(self).__name__} does not say what is read aloud.")

    def saying(self) -> str:
        """Stands for the words and their language, and changes with either."""
        language, words = self.language_and_words()
        return f"{language} {hashlib.sha256(words.encode()).hexdigest()}"

    def clean(self) -> None:
        """Refuses other words beside an old recording; drops one that came along into the copy for another language."""
        super().clean()
        if not self.recording or not self.recording._committed or self.recording_of == self.saying():
            return
        if self.recording_of.split(" ")[0] == self.language_and_words()[0]:
            raise ValidationError({"recording": CHANGED})
        self.recording = ""

    def read_aloud(self) -> Recording | None:
        """The recording of these words as an edition names it."""
        if not self.recording or self.recording_of != self.saying() or is_forgotten(self.recording.sha256):
            return None
        try:
            return Recording(self.recording.sha256, self.recording.size)
        except FileNotFoundError as problem:
            words = self.language_and_words()[1]
            raise ValidationError(f"The recording of “{words}” is not in the store. Put it in again.") from problem
