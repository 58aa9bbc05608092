"""The demo's recordings, handed in as an officer hands in theirs."""

from __future__ import annotations

from pathlib import Path

from django.core.files.base import ContentFile

from surveys.design.models import SpokenWords
from surveys.instrument.document import SPOKEN_PLACES

FOLDER = Path(__file__).with_name("recordings")


def recorded(name: str) -> ContentFile | None:
    """The recording of this name, if somebody made one."""
    file = FOLDER / f"{name}.mp3"
    return ContentFile(file.read_bytes(), name=file.name) if file.exists() else None


def words_around(wave: str) -> list[SpokenWords]:
    """What was recorded of the words around the questions of a survey."""
    found = {place: recorded(f"{wave}.{place}") for place in SPOKEN_PLACES}
    return [SpokenWords(place=place, recording=recording) for place, recording in found.items() if recording]
