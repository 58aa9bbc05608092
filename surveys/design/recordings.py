"""Which recordings are needed. An edition never changes, so what it names is kept; what nothing names may go."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime

from django.core.files.storage import default_storage
from wagtail.models import Revision

from surveys.bank.models import Option, Wording
from surveys.bank.recordings import FOLDER, stored_as
from surveys.design.models import Edition, SpokenWords
from surveys.instrument.document import read, recordings_of

PLACES = (Wording, Option, SpokenWords)
NAME = re.compile(rf"{FOLDER}/([0-9a-f]{{64}})\.mp3")


def in_use() -> set[str]:
    """The hashes of all recordings that an edition, a page or an earlier state of a page names."""
    return {*_in_editions(), *_in_pages(), *_in_history()}


def _in_editions() -> Iterator[str]:
    for document in Edition.objects.values_list("document", flat=True).iterator():
        yield from recordings_of(read(document))


def _in_pages() -> Iterator[str]:
    for model in PLACES:
        for place in model.objects.exclude(recording="").only("recording").iterator():
            yield place.recording.sha256


def _in_history() -> Iterator[str]:
    for content in Revision.objects.values_list("content", flat=True).iterator():
        yield from NAME.findall(json.dumps(content))


def orphans(*, before: datetime) -> list[str]:
    """The hashes of stored recordings that nothing names, but of such as have come only just now."""
    needed = in_use()
    found = [file.removesuffix(".mp3") for file in _stored()]
    return sorted(
        sha256
        for sha256 in found
        if sha256 not in needed and default_storage.get_modified_time(stored_as(sha256)) < before
    )


def _stored() -> list[str]:
    try:
        return default_storage.listdir(FOLDER)[1]
    except FileNotFoundError:
        return []


def editions_with(sha256: str) -> list[Edition]:
    """The editions that name a recording."""
    editions = Edition.objects.select_related("survey").all()
    return [edition for edition in editions if sha256 in recordings_of(read(edition.document))]
