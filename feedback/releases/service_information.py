"""What a release says about services, ready to be read: a sentence first, then figures, tables, and open questions.

It reads the stored cells and nothing else, so how many people answered makes no difference to the work.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from feedback.disclosure.rules import ProtectionRules, Table
from feedback.releases.comparing import Comparison, comparison_of
from feedback.releases.group_information import REASONS as REASONS
from feedback.releases.group_information import WITHHELD_BY_TABLE as WITHHELD_BY_TABLE
from feedback.releases.group_information import Breakdown as Breakdown
from feedback.releases.group_information import GroupInformation as GroupInformation
from feedback.releases.group_information import Lead as Lead
from feedback.releases.group_information import Line as Line
from feedback.releases.group_information import breakdowns_in as breakdowns_in
from feedback.releases.group_information import information_of, lead_of, size_of
from feedback.releases.group_information import share_in as share_in
from feedback.releases.group_information import together as together
from feedback.releases.interpretations import Reading
from feedback.releases.models import Release
from feedback.releases.readings import readings_of
from feedback.releases.released import ShownGroup, added_up, shown_groups, shown_in, shown_over_time
from feedback.releases.series import code_of
from feedback.releases.stored import Stored, stored_of
from feedback.releases.wordings import AUDIENCES as AUDIENCES
from feedback.releases.wordings import OTHER_OPTIONS as OTHER_OPTIONS
from feedback.releases.wordings import VOICES as VOICES
from feedback.releases.wordings import AskedAs, Wordings, in_words
from feedback.releases.wordings import wordings_of as wordings_of
from surveys.instrument.items import DID_NOT_ANSWER
from surveys.instrument.wording import Voice

# From this share on, in per cent, one answer says something of a question by itself.
TELLS = 40


@dataclass(frozen=True)
class Behind:
    """What is stored behind one question: put into words only where somebody looks, which few pages do."""

    code: str
    stored: Stored
    rules: ProtectionRules
    wordings: Wordings
    # The answers that stand for it, where a measure says which.
    wanted: Collection[str]

    @cached_property
    def groups(self) -> list[ShownGroup]:
        """Everybody, in the blocks of the release itself."""
        return shown_in((window for window in self.stored.own if window.table == Table.OVERALL), self.rules)

    @cached_property
    def lead(self) -> Lead | None:
        """The answers that stand for it."""
        return lead_of(self.code, self.groups, self.wordings, self.wanted)

    def is_told(self) -> bool:
        """Whether the release has any group of it."""
        own = (window.groups for window in self.stored.own)
        return any(own) or bool(shown_groups(self.stored.release, self.stored))

    def blocks(self) -> tuple[GroupInformation, ...]:
        """Everybody, block by block."""
        return self._in_words(self.groups)

    def sums(self) -> tuple[GroupInformation, ...]:
        """Everybody, over longer periods."""
        return self._in_words(added_up(self.stored.only(overall=True), self.rules))

    def over_time(self) -> tuple[GroupInformation, ...]:
        """Everybody, in every block published up to the release."""
        return self._in_words(shown_over_time(self.stored.only(overall=True)))

    def breakdowns(self) -> tuple[Breakdown, ...]:
        """Every other table."""
        groups = shown_groups(self.stored.release, self.stored.only(overall=False))
        return tuple(breakdowns_in(groups, self.wordings, self.lead))

    def comparison(self) -> Comparison | None:
        """Beside what was published before, in the words of the answers."""
        return _worded(comparison_of(self.stored), self.wordings)

    def _in_words(self, groups: Iterable[ShownGroup]) -> tuple[GroupInformation, ...]:
        return tuple(information_of(group, self.wordings, self.lead) for group in groups)


@dataclass(frozen=True)
class QuestionInformation:
    """Everything a release shows about one question."""

    code: str
    voice: str
    text: str
    note: str
    behind: Behind = field(repr=False, compare=False)
    reading: Reading | None = None
    asked_as: tuple[AskedAs, ...] = ()

    @property
    def lead(self) -> Lead | None:
        """The answers that stand for it."""
        return self.behind.lead

    @cached_property
    def blocks(self) -> tuple[GroupInformation, ...]:
        """Everybody, block by block."""
        return self.behind.blocks()

    @cached_property
    def sentence(self) -> str:
        """The last block in plain words."""
        return _sentence(self.latest, self.code) if self.latest else ""

    @cached_property
    def sums(self) -> tuple[GroupInformation, ...]:
        """Everybody, over longer periods that are added up."""
        return self.behind.sums()

    @property
    def overall(self) -> tuple[GroupInformation, ...]:
        """Everybody, block by block and then over longer periods."""
        return (*self.blocks, *self.sums)

    @cached_property
    def breakdowns(self) -> tuple[Breakdown, ...]:
        """Every other table, period by period."""
        return self.behind.breakdowns()

    @cached_property
    def over_time(self) -> tuple[GroupInformation, ...]:
        """Everybody, in every block published up to this release; blocks of a withdrawn release are missing."""
        return self.behind.over_time()

    @cached_property
    def comparison(self) -> Comparison | None:
        """What changed by more than adjustment and chance explain."""
        return self.behind.comparison()

    @property
    def latest(self) -> GroupInformation | None:
        """Everybody, in the last block that was closed."""
        return self.blocks[-1] if self.blocks else None

    @property
    def telling(self) -> Line | None:
        """The share that stands for the question by itself; none where people gave many different answers."""
        share = self.latest.share if self.latest else None
        if share is None or self.lead is None or self.lead.is_measured:
            return share
        return share if size_of(share.percent) >= TELLS else None

    @property
    def everybody(self) -> str:
        """Whom the wider range is about, in the words beside it."""
        return "all children" if self.voice == VOICES[Voice.CHILD] else "everybody who could be asked"


def service_information(
    release: Release,
    stored: Stored | None = None,
    *,
    leads: Mapping[str, Collection[str]] | None = None,
    with_readings: bool = True,
) -> list[QuestionInformation]:
    """A release's questions, in the order in which they were asked, with the words they were asked in.

    `stored` is what of it is read, where that is not everything; `leads` are the answers that stand for a question.
    Not every page says what figures may mean: `with_readings` is for those that do.
    """
    stored, wordings = stored or stored_of(release), wordings_of(release)
    readings = readings_of(release) if with_readings else {}
    rules = ProtectionRules(**release.rules)
    told = (
        Behind(code, part, rules, wordings, (leads or {}).get(code_of(code), ()))
        for code, part in _in_order(stored.by_question, wordings)
    )
    return [_question(behind, readings.get(behind.code)) for behind in told if behind.is_told()]


def _worded(found: Comparison | None, wordings: Wordings) -> Comparison | None:
    """With the words of the answers instead of their codes."""
    if found is None:
        return None
    changes = tuple(replace(one, option=wordings.option(found.question, one.option)) for one in found.changes)
    return replace(found, changes=changes, period=in_words(found.period))


def _in_order(by_question: Mapping[str, Stored], wordings: Wordings) -> list[tuple[str, Stored]]:
    """Voice by voice, in the order in which they were asked; who was there comes last."""
    places = {code: place for place, code in enumerate(wordings.questions)}
    voices = list(Voice)

    def place(pair: tuple[str, Stored]) -> tuple[int, int, str]:
        code = pair[0]
        return voices.index(wordings.voices.get(code, Voice.CHILD)), places.get(code, len(places)), code

    return sorted(by_question.items(), key=place)


def _question(behind: Behind, reading: Reading | None) -> QuestionInformation:
    code, wordings = behind.code, behind.wordings
    return QuestionInformation(
        code=code,
        voice=VOICES[wordings.voices.get(code, Voice.CHILD)],
        text=wordings.questions.get(code, code),
        note=wordings.notes.get(code, ""),
        behind=behind,
        reading=reading,
        asked_as=wordings.asked.get(code, ()),
    )


def _sentence(group: GroupInformation, code: str) -> str:
    """The figure in plain words: which answer most gave, if any; never good or bad."""
    numbers = [line for line in group.lines if line.bar is not None and line.option != DID_NOT_ANSWER]
    most = max(numbers, key=lambda line: line.bar or 0, default=None)
    if most is None or most.bar is None or most.low_all is None:
        return ""
    if most.low_all > 50:
        return f"Most people we heard from said: {most.label}."
    if most.bar >= TELLS:
        return f"The answer given most often was: {most.label}."
    return "People gave different answers."
