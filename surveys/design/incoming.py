"""What came from outside beside what is in the bank: which questions are the same, new, or need another code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from wagtail.models import Locale

from surveys.bank.drafting import LONGEST_HINT, LONGEST_LABEL, LONGEST_WORDING, is_stored, same_words
from surveys.bank.models import QuestionPage
from surveys.design.composition import item_of
from surveys.instrument.document import BadInstrument, Instrument
from surveys.instrument.items import BOTH_WAYS_OUT, LONGEST_TEXT, Item, Kind, Option
from surveys.instrument.recordings import Audio
from surveys.instrument.routing import Rule
from surveys.instrument.wording import LANGUAGES, Audience
from surveys.instrument.xlsform import SURVEY, BadXlsform, Loss

LONGEST_PREFIX = 20
LONGEST_CODE = 63
USUAL_PREFIX = "in"


@dataclass(frozen=True)
class Settled:
    """A design as it would be stored: what it asks, which questions the bank has already, and what is lost."""

    instrument: Instrument
    reused: frozenset[str]
    losses: tuple[Loss, ...]


def settle(instrument: Instrument, *, prefix: str = "") -> Settled:
    """Fits a design into the bank: what is the same there is used; another question of the same code stays as it is."""
    prefix = re.sub(r"[^A-Za-z0-9]+", "_", prefix or instrument.title.get("en", "")).strip("_").lower()
    return _Settling(instrument, prefix[:LONGEST_PREFIX].strip("_")).settled()


class _Settling:
    """Goes through the items of one design, in order."""

    def __init__(self, instrument: Instrument, prefix: str) -> None:
        self.instrument = instrument
        self.prefix = prefix if prefix[:1].isalpha() else f"{USUAL_PREFIX}_{prefix}".strip("_")
        self.losses: list[Loss] = []
        self.reused: set[str] = set()
        self.called: dict[str, str] = {}
        asked = [item.code for item in instrument.items]
        pages = QuestionPage.objects.filter(locale=Locale.get_default())
        self.taken = {page.code: page for page in pages.filter(code__in=asked)}
        self.codes = set(pages.values_list("code", flat=True)) | set(asked)

    def settled(self) -> Settled:
        """The design with every item settled."""
        items = tuple(self._item(item) for item in self.instrument.items)
        self._lose_recordings("the words around the questions", *self.instrument.audio.values())
        try:
            instrument = replace(self.instrument, items=items)
        except BadInstrument as problem:
            raise BadXlsform(f"Sheet {SURVEY}: {problem}") from problem
        return Settled(instrument, frozenset(self.reused), tuple(self.losses))

    def _lose(self, code: str, what: str) -> None:
        self.losses.append(Loss(SURVEY, None, f"{code}: {what}."))

    def _item(self, item: Item) -> Item:
        rule = self._rule(item.rule)
        if item.kind is Kind.INFORMATION:
            return self._information(item)
        fitting = self._as_kept(self._fitting(item))
        code = self._code(fitting)
        self.called[item.code] = code
        return replace(fitting, code=code, rule=rule)

    def _rule(self, rule: Rule | None) -> Rule | None:
        return replace(rule, item=self.called.get(rule.item, rule.item)) if rule else None

    def _information(self, item: Item) -> Item:
        if item.rule:
            self._lose(item.code, "a screen that asks nothing is shown to everybody here, not only after some answers")
        if any(item.hints.values()):
            self._lose(item.code, "a screen that asks nothing has no hint here")
        if item.audio:
            self._lose(item.code, "a screen that asks nothing has no recording here")
        return Item(code=item.code, kind=item.kind, texts=item.texts, ways_out=())

    def _as_kept(self, item: Item) -> Item:
        """What every question of the bank has alike."""
        if item.ways_out != BOTH_WAYS_OUT:
            self._lose(item.code, "every question has both ways out here")
        if item.max_length != LONGEST_TEXT:
            self._lose(item.code, f"an answer in words may have {LONGEST_TEXT:,} letters here, not {item.max_length:,}")
        self._lose_recordings(item.code, item.audio, *(option.audio for option in item.options))
        return replace(item, ways_out=BOTH_WAYS_OUT, max_length=LONGEST_TEXT)

    def _lose_recordings(self, where: str, *said: Audio) -> None:
        for recording in (one for audio in said for one in audio.values()):
            if not is_stored(recording):
                self._lose(where, f"the recording {recording.sha256[:12]}… is not in the store here; put it in again")

    def _fitting(self, item: Item) -> Item:
        cut = self._cut
        options = tuple(
            Option(
                option.code,
                cut(item.code, f"the answer {option.code}", option.labels, LONGEST_LABEL),
                option.excludes_others,
                option.picture,
                option.audio,
            )
            for option in item.options
        )
        return replace(
            item,
            texts=cut(item.code, "the question", item.texts, LONGEST_WORDING),
            hints={code: text for code, text in cut(item.code, "the hint", item.hints, LONGEST_HINT).items() if text},
            options=options,
        )

    def _cut(self, code: str, what: str, texts: Mapping[str, str], longest: int) -> dict[str, str]:
        for language, text in texts.items():
            if len(text) > longest:
                name = LANGUAGES.get(language, language)
                self._lose(code, f"{what} in {name} has {len(text)} letters and is cut after {longest}: “{text}”")
        return {
            language: text if len(text) <= longest else text[: longest - 1] + "…" for language, text in texts.items()
        }

    def _code(self, item: Item) -> str:
        page = self.taken.get(item.code)
        if page is None:
            return item.code
        if is_same(page, item, self.instrument.audience):
            self.reused.add(item.code)
            return item.code
        code = self._free(item.code)
        self._lose(item.code, f"the bank has another question of this code, which stays; this one is called {code}")
        return code

    def _free(self, code: str) -> str:
        wanted, number = f"{self.prefix}_{code}"[:LONGEST_CODE], 2
        while wanted in self.codes:
            wanted, number = f"{self.prefix}_{code}"[: LONGEST_CODE - 5] + f"_{number}", number + 1
        self.codes.add(wanted)
        return wanted


def is_same(page: QuestionPage, item: Item, audience: Audience) -> bool:
    """Whether the bank's question says all that an item says, to this audience, in the same words."""
    try:
        here = item_of(page, audience)
    except ValidationError:
        return False
    same_form = here.kind == item.kind and len(here.options) == len(item.options)
    return same_form and all(_same_parts(here, item))


def _same_parts(here: Item, item: Item) -> Iterator[bool]:
    yield same_words(here.texts, item.texts)
    yield same_words(here.hints, item.hints)
    for ours, theirs in zip(here.options, item.options, strict=True):
        yield (ours.code, ours.excludes_others, ours.picture) == (theirs.code, theirs.excludes_others, theirs.picture)
        yield same_words(ours.labels, theirs.labels)


def reused_note(settled: Settled) -> str:
    """What a person is told about the questions that the bank has already."""
    many = len(settled.reused)
    return f"{many} of its questions {'is' if many == 1 else 'are'} in the bank in the same words and used as they are."
