"""Questions of the bank as a pack for other areas, and what a pack brings beside what the bank has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from wagtail.models import Locale

from surveys.bank.models import Option, QuestionPage, Wording
from surveys.bank.mp3 import LARGEST, NotARecording, sound_of
from surveys.bank.recordings import is_forgotten, sound_stored
from surveys.instrument.items import Kind
from surveys.instrument.packs import BadPack, Pack, PackedOption, PackedQuestion, Words, read_pack, sounds_named

NEW, SAME, DIFFERS = "new", "the same", "differs"


def questions_of_bank() -> list[QuestionPage]:
    """Every question of the bank, in English, by code."""
    return list(QuestionPage.objects.filter(locale=Locale.get_default()).order_by("code"))


def pack_of(questions: Iterable[QuestionPage]) -> Pack:
    """The questions with all their wordings, languages and recordings."""
    packed = tuple(packed_question(question) for question in questions)
    return Pack(packed, {sha256: sound_stored(sha256) for sha256 in sorted(sounds_named(packed))})


def packed_question(question: QuestionPage) -> PackedQuestion:
    """One question as it stands in the bank."""
    versions = {page.locale.language_code: page for page in question.get_translations(inclusive=True).specific()}
    wordings: dict[str, dict[str, Words]] = {wording.audience: {} for wording in question.wordings.all()}
    for language, page in versions.items():
        for wording in page.wordings.all():
            if wording.audience in wordings and wording.text:
                wordings[wording.audience][language] = _words(wording, wording.text, wording.hint)
    return PackedQuestion(
        code=question.code,
        kind=Kind(question.kind),
        wordings=wordings,
        options=tuple(_packed_option(option, versions) for option in question.options.all()),
        theme=question.theme,
        purpose=question.purpose,
        is_outcome=question.is_outcome,
        # Fields that a bank may not have yet.
        licence=str(getattr(question, "licence", "")),
        provenance=str(getattr(question, "provenance", "")),
    )


def _words(recorded: Wording | Option, text: str, hint: str = "") -> Words:
    try:
        recording = recorded.read_aloud()
    except ValidationError:  # The store lost it; the words are still worth handing on.
        recording = None
    return Words(text, hint, recording.sha256 if recording else "")


def _packed_option(option: Option, versions: dict[str, QuestionPage]) -> PackedOption:
    labels = {
        language: _words(one, one.label)
        for language, page in versions.items()
        for one in page.options.all()
        if (one.audience, one.code) == (option.audience, option.code) and one.label
    }
    return PackedOption(option.code, labels, option.audience, option.excludes_others, option.picture)


@dataclass(frozen=True)
class Brought:
    """A question of a pack beside the bank's: new, the same, or different, and in what."""

    question: PackedQuestion
    state: str
    differs_in: tuple[str, ...] = ()


def read_brought(content: bytes) -> Pack:
    """The pack in a file, with every recording checked as it would be at the desk; BadPack if it is none."""
    pack = read_pack(content)
    if faults := list(_sounds_refused(pack)):
        raise BadPack(faults)
    return pack


def _sounds_refused(pack: Pack) -> Iterator[str]:
    for sha256, sound in pack.sounds.items():
        if is_forgotten(sha256):
            yield f"The recording {sha256[:12]}… was taken back by whoever spoke it, so it cannot come in again."
        try:
            if len(sound) > LARGEST or sound_of(sound) != sound:
                yield f"The recording {sha256[:12]}… holds more than sound. Send the pack that a desk wrote."
        except NotARecording as problem:
            yield f"The recording {sha256[:12]}…: {problem}"


def beside_bank(pack: Pack) -> list[Brought]:
    """Each question of a pack, and whether the bank has one of its code."""
    codes = [question.code for question in pack.questions]
    here = {page.code: page for page in QuestionPage.objects.filter(code__in=codes, locale=Locale.get_default())}
    return [_beside(question, here.get(question.code)) for question in pack.questions]


def _beside(question: PackedQuestion, page: QuestionPage | None) -> Brought:
    if page is None:
        return Brought(question, NEW)
    differs_in = tuple(_differences(packed_question(page), question))
    return Brought(question, DIFFERS if differs_in else SAME, differs_in)


def _differences(ours: PackedQuestion, theirs: PackedQuestion) -> Iterator[str]:
    names = {
        "kind": "how it is answered", "theme": "theme", "purpose": "what it is for", "is_outcome": "outcome or process",
        "licence": "licence", "provenance": "where it is from",
    }  # fmt: skip
    yield from (what for name, what in names.items() if getattr(ours, name) != getattr(theirs, name))
    for audience in sorted({*ours.wordings, *theirs.wordings}):
        if ours.wordings.get(audience) != theirs.wordings.get(audience):
            yield f"wording for {audience}"
    if ours.options != theirs.options:
        yield "answers"
