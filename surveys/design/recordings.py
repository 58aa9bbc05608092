"""Which recordings are needed. An edition never changes, so what it names is kept; what nothing names may go."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.utils import timezone
from wagtail.models import Revision

from surveys.bank.models import Option, QuestionPage, Wording
from surveys.bank.recordings import FOLDER, stored_as
from surveys.design.models import Edition, SpokenWords, SurveyPage
from surveys.instrument.document import read, recordings_of

# Where a recording can lie, and the page that this is a part of.
PLACES = {Wording: "question", Option: "question", SpokenWords: "survey"}
# The same places in an earlier state of a page.
PARTS = ("wordings", "options", "spoken")
# What was stored within a day may belong to a page that somebody is just writing.
JUST_NOW = timedelta(days=1)
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


def tidy(*, by=None) -> int:
    """Deletes the recordings that nothing names; no person is behind the sweep, so `by` is empty."""
    found = orphans(before=timezone.now() - JUST_NOW)
    for sha256 in found:
        default_storage.delete(stored_as(sha256))
    return len(found)


def _stored() -> list[str]:
    try:
        return default_storage.listdir(FOLDER)[1]
    except FileNotFoundError:
        return []


def editions_with(sha256: str) -> list[Edition]:
    """The editions that name a recording."""
    editions = Edition.objects.select_related("survey").all()
    return [edition for edition in editions if sha256 in recordings_of(read(edition.document))]


def surveys_using(sha256: str) -> list[SurveyPage]:
    """The surveys that name a recording, now or earlier, or ask a question of the bank that does."""
    pages = set(_pages_naming(stored_as(sha256)))
    questions = set(QuestionPage.objects.filter(pk__in=pages).values_list("translation_key", flat=True))
    pages |= {edition.survey_id for edition in editions_with(sha256)}
    surveys = SurveyPage.objects.select_related("care_council")
    return [survey for survey in surveys if survey.pk in pages or questions & _asked(survey)]


def _asked(survey: SurveyPage) -> set[uuid.UUID]:
    questions = [screen.value["question"] for screen in survey.screens if screen.block_type == "question"]
    return {question.translation_key for question in questions if question}


def _pages_naming(name: str) -> Iterator[int]:
    for model, page in PLACES.items():
        yield from model.objects.filter(recording=name).values_list(page, flat=True)
    for revision in _revisions_naming(name):
        yield int(revision.object_id)


def _revisions_naming(name: str) -> list[Revision]:
    kinds = ContentType.objects.get_for_models(QuestionPage, SurveyPage).values()
    earlier = Revision.objects.filter(content_type__in=kinds)
    return [revision for revision in earlier.iterator() if list(_parts_naming(name, revision))]


def _parts_naming(name: str, revision: Revision) -> Iterator[dict]:
    for parts in PARTS:
        yield from (part for part in revision.content.get(parts, []) if part.get("recording") == name)


def blank(sha256: str) -> None:
    """Takes a recording out of every page and every earlier state of a page, so that no draft brings its name back."""
    name, nothing = stored_as(sha256), {"recording": "", "recording_of": ""}
    for model in PLACES:
        model.objects.filter(recording=name).update(**nothing)
    for revision in _revisions_naming(name):
        for part in _parts_naming(name, revision):
            part.update(nothing)
        Revision.objects.filter(pk=revision.pk).update(content=revision.content)
