"""The questions that measures may name: as editions asked them, and as the bank holds them for later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from feedback.releases.around import around, documents_counted
from feedback.releases.once import read_once
from surveys.bank.models import QuestionPage
from surveys.instrument.items import Kind
from surveys.instrument.wording import Audience, Voice, voice_of

WORDS = {Kind.SHORT.value, Kind.TEXT.value, Kind.DRAWING.value}


@dataclass(frozen=True)
class AskedQuestion:
    """One question as far as a measure goes: what it asks, of whom, in which voices, and which answers it offers."""

    name: str
    text: str
    audiences: frozenset[str] = frozenset()
    options: Mapping[str, str] = field(default_factory=dict)
    is_several: bool = False
    is_words: bool = False

    @property
    def voices(self) -> frozenset[Voice]:
        """In whose voices it is answered."""
        return frozenset(voice_of(Audience(audience)) for audience in self.audiences)

    def and_also(self, other: AskedQuestion) -> AskedQuestion:
        """The same question as two places hold it."""
        return replace(
            self,
            audiences=self.audiences | other.audiences,
            options={**other.options, **self.options},
            is_several=self.is_several or other.is_several,
            is_words=self.is_words and other.is_words,
        )


@read_once
def questions_as_counted(area_id: int | None) -> dict[str, AskedQuestion]:
    """By the name they are counted under, beside the figures of an area or of all areas together."""
    names = around(area_id).names
    return _together(
        replace(question, name=names.get((edition, question.name), question.name))
        for edition, question in _of_editions()
    )


def questions_known() -> dict[str, AskedQuestion]:
    """By code: everything that was asked, and everything that the bank holds, whether it was asked or not."""
    asked = (question for _, question in _of_editions())
    return _together([*asked, *_of_bank()])


def _together(questions: Iterable[AskedQuestion]) -> dict[str, AskedQuestion]:
    found: dict[str, AskedQuestion] = {}
    for question in questions:
        found[question.name] = found[question.name].and_also(question) if question.name in found else question
    return found


def _of_editions() -> Iterator[tuple[int, AskedQuestion]]:
    """Every item of every edition whose answers are counted."""
    for pk, document in documents_counted():
        for item in document["items"]:
            yield (
                pk,
                AskedQuestion(
                    name=item["code"],
                    text=item["texts"]["en"],
                    audiences=frozenset({document["audience"]}),
                    options={option["code"]: option["labels"]["en"] for option in item["options"]},
                    is_several=item["kind"] == Kind.MULTI.value,
                    is_words=item["kind"] in WORDS,
                ),
            )


def _of_bank() -> Iterator[AskedQuestion]:
    for page in QuestionPage.objects.prefetch_related("wordings", "options").order_by("path"):
        yield AskedQuestion(
            name=page.code,
            text=page.title,
            # Who is only talked with is never counted.
            audiences=frozenset(wording.audience for wording in page.wordings.all()) - {Audience.AGE_4_5.value},
            options={
                option.code: option.label for option in page.options.all() if option.audience != Audience.AGE_4_5.value
            },
            is_several=page.kind == Kind.MULTI.value,
            is_words=page.kind in WORDS,
        )
