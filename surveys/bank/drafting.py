"""Makes draft questions of the bank out of items that came from outside, with their versions in other languages."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TypeVar

from django.core.files.storage import default_storage
from wagtail.models import Locale, Page

from surveys.bank.models import Option, QuestionBankPage, QuestionPage, Wording
from surveys.bank.recordings import Recorded, is_forgotten, stored_as
from surveys.instrument.items import Item
from surveys.instrument.recordings import Audio, Recording
from surveys.instrument.wording import Audience

LONGEST_TITLE = 255
LONGEST_WORDING = Wording._meta.get_field("text").max_length
LONGEST_HINT = Wording._meta.get_field("hint").max_length
LONGEST_LABEL = Option._meta.get_field("label").max_length

# How far a question or a survey is, is said of it in English alone.
STATE = {"status", "submitted_by_id", "approved_by_id", "approved_on", "retired_because"}

Version = TypeVar("Version", bound=Page)


def bank_tree() -> QuestionBankPage:
    """The tree of all questions; made where there is none yet."""
    if existing := QuestionBankPage.objects.order_by("path").first():
        return existing
    return Page.get_first_root_node().add_child(instance=QuestionBankPage(title="Question bank", slug="question-bank"))


def free_slug(parent: Page, wanted: str) -> str:
    """The wanted name in the tree, or with a number behind it where it is taken."""
    taken = set(parent.get_children().filter(slug__startswith=wanted).values_list("slug", flat=True))
    found, number = wanted, 2
    while found in taken:
        found, number = f"{wanted}-{number}", number + 1
    return found


def put_beside(page: Version, language: str, **said: object) -> Version:
    """The page in another language, with what is said in it, below the same tree in that language."""
    locale, _ = Locale.objects.get_or_create(language_code=language)
    columns = {field.attname for field in page._meta.local_fields if not field.primary_key}
    same = {name: getattr(page, name) for name in columns - STATE}
    parent = page.get_parent()
    beside = parent.get_translation_or_none(locale) or parent.copy_for_translation(locale, copy_parents=True)
    made = type(page)(
        # Nobody has checked words that were just put in; whoever knows better says so.
        **{"title": page.title, **same, "is_checked": False, **said},
        live=False,
        locale=locale,
        translation_key=page.translation_key,
    )
    made.slug = free_slug(beside, f"{page.slug}-{language}")
    return beside.add_child(instance=made)


def draft_question(item: Item, *, audience: Audience, by, **about: object) -> QuestionPage:
    """A draft of the bank that asks what an item asks, in each of its languages; `about` are further fields."""
    tree = bank_tree()
    slug = free_slug(tree, item.code.lower().replace("_", "-"))
    page = QuestionPage(
        title=item.texts["en"][:LONGEST_TITLE], slug=slug, code=item.code, kind=item.kind, live=False, **about
    )
    _word(page, item, audience, "en")
    tree.add_child(instance=page)
    page.save_revision(user=by, log_action="wagtail.create")
    for language in item.texts:
        if language != "en":
            word_in(page, item, audience, language)
    return page


def word_in(page: QuestionPage, item: Item, audience: Audience, language: str) -> QuestionPage:
    """The question beside itself in another language, with the words of an item."""
    said = QuestionPage(locale=Locale.objects.get_or_create(language_code=language)[0])
    _word(said, item, audience, language)
    title = item.texts[language][:LONGEST_TITLE]
    parts = {"wordings": said.wordings.all(), "options": said.options.all()}
    return put_beside(page, language, title=title, is_checked=False, **parts)


def _word(page: QuestionPage, item: Item, audience: Audience, language: str) -> None:
    wording = Wording(
        audience=audience, text=item.texts[language], hint=item.hints.get(language, ""), picture=item.picture
    )
    page.wordings = [with_recording(wording, item.audio, language, wording.text)]
    page.options = [
        with_recording(
            Option(
                code=option.code,
                label=option.labels[language],
                excludes_others=option.excludes_others,
                picture=option.picture,
                sort_order=place,
            ),
            option.audio,
            language,
            option.labels[language],
        )
        for place, option in enumerate(item.options)
        if language in option.labels
    ]


Words = TypeVar("Words", bound=Recorded)


def is_stored(recording: Recording) -> bool:
    """Whether the sound that a hash names is here, and its speaker did not take it back."""
    return default_storage.exists(stored_as(recording.sha256)) and not is_forgotten(recording.sha256)


def with_recording(words: Words, audio: Audio, language: str, said: str) -> Words:
    """The words with the recording that was made of them, if it is in the store; `said` is what was read aloud."""
    recording = audio.get(language)
    if recording and is_stored(recording):
        words.recording = stored_as(recording.sha256)
        words.recording_of = f"{language} {hashlib.sha256(said.encode()).hexdigest()}"
    return words


def same_words(here: Mapping[str, str], there: Mapping[str, str]) -> bool:
    """Whether all that is said there is said here in the same words."""
    return all(here.get(language) == text for language, text in there.items() if text)
