"""All areas together: who has published what, how many answered, and each area beside all of them; never in an order.

Fieldwork is uneven, so what is not there is said first. National figures come from the nation's own release, which
protects them once; nothing here is added up from areas.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from feedback.disclosure.blocks import Quarter
from feedback.disclosure.figures import ShownCell
from feedback.disclosure.rules import Table
from feedback.releases.asked import NOT_KNOWN, rates_of
from feedback.releases.models import ClosedWindow, Release
from feedback.releases.question_words import QuestionWords, questions_shown, words_of_questions
from feedback.releases.questions import WHO_WAS_THERE
from feedback.releases.released import ShownGroup, shown_of
from feedback.releases.service_information import AUDIENCES, VOICES, in_words
from feedback.releases.stored_windows import StoredWindow, windows_read
from surveys.frame.models import Area
from surveys.instrument.items import DID_NOT_ANSWER
from surveys.instrument.wording import Audience, Voice

QUARTERS_BACK = 8
# The released cells know who sat beside somebody, and neither paper nor screen.
HOW = {"alone": "alone", "read": "somebody read with them", "tapped": "somebody tapped for them"}
PUBLISHED, WITHDRAWN, NOTHING = "published", "withdrawn", "nothing"


@dataclass(frozen=True)
class HeardFrom:
    """One voice in an area: how many answered in the last block, when, and of which ages figures are shown."""

    voice: str
    people: int | None
    period: str
    asked: str
    shown: tuple[str, ...]
    withheld: tuple[str, ...]
    # Who sat beside them, with the share of each; nothing where no cell of it is shown.
    how: tuple[str, ...] = ()


@dataclass(frozen=True)
class AreaOfNation:
    """What an area has published, and what not."""

    area: Area
    quarters: tuple[tuple[str, str], ...]
    latest: Release | None
    period: str
    heard: tuple[HeardFrom, ...]
    not_heard: tuple[str, ...]

    @property
    def published(self) -> int:
        """For how many of the quarters shown something is published."""
        return sum(state == PUBLISHED for _, state in self.quarters)


@dataclass(frozen=True)
class Nation:
    """Every area in the order of the alphabet, the last release of all together, and the questions it shows."""

    quarters: tuple[str, ...]
    areas: tuple[AreaOfNation, ...]
    release: Release | None
    period: str
    questions: tuple[QuestionWords, ...]

    @property
    def voices(self) -> list[tuple[str, list[QuestionWords]]]:
        """The questions voice by voice: never two voices as one."""
        spoken = {voice: [one for one in self.questions if one.voice is voice] for voice in VOICES}
        return [(VOICES[voice], questions) for voice, questions in spoken.items() if questions]

    @property
    def with_figures(self) -> int:
        """In how many areas anything can be read now."""
        return sum(one.latest is not None for one in self.areas)

    @property
    def without(self) -> tuple[AreaOfNation, ...]:
        """The areas of which nothing can be read."""
        return tuple(one for one in self.areas if one.latest is None)


def last_of_nation() -> Release | None:
    """The last published release of all areas together."""
    return Release.objects.published().filter(area=None).order_by("-quarter").first()


def nation(*, until: Quarter) -> Nation:
    """What there is of all areas in the quarters up to one; how many areas there are makes no difference to queries."""
    quarters = _quarters_up_to(until)
    areas = list(Area.objects.filter(merged_into=None).order_by("name"))
    releases = list(Release.objects.was_published().exclude(area=None).order_by("quarter"))
    own = last_of_nation()
    heard = _heard([one for one in releases if one.status == Release.Status.PUBLISHED])
    by_area: dict[int, list[Release]] = defaultdict(list)
    for one in releases:
        by_area[one.area_id].append(one)
    return Nation(
        quarters=tuple(in_words(quarter) for quarter in quarters),
        areas=tuple(_area(area, by_area[area.pk], quarters, heard.get(area.pk, ())) for area in areas),
        release=own,
        period=in_words(own.quarter) if own else "",
        questions=tuple(words_of_questions(questions_shown(own)).values()) if own else (),
    )


def _quarters_up_to(last: Quarter) -> list[str]:
    found = [last]
    while len(found) < QUARTERS_BACK:
        found.append(found[-1].previous())
    return [str(quarter) for quarter in reversed(found)]


def _area(area: Area, releases: list[Release], quarters: list[str], heard: Iterable[HeardFrom]) -> AreaOfNation:
    states = {one.quarter: str(one.status) for one in releases}
    there = [one for one in releases if one.status == Release.Status.PUBLISHED]
    heard = tuple(heard)
    named = {one.voice for one in heard}
    return AreaOfNation(
        area=area,
        quarters=tuple((in_words(quarter), states.get(quarter, NOTHING)) for quarter in quarters),
        latest=there[-1] if there else None,
        period=in_words(there[-1].quarter) if there else "",
        heard=heard,
        not_heard=tuple(name for name in VOICES.values() if name not in named) if there else (),
    )


def _heard(releases: list[Release]) -> dict[int, list[HeardFrom]]:
    """By area, each voice in its last blocks; who was there is asked of everybody, so its base is all who answered."""
    tables = (Table.OVERALL, Table.AUDIENCE)
    windows = _last_windows(releases, questions=WHO_WAS_THERE.values(), tables=tables)
    groups: dict[tuple[int, str], list[ShownGroup]] = defaultdict(list)
    for window, shown in windows:
        groups[window.area_id, window.question] += shown
    rates = rates_of({one.area_id: one for one in releases}.values())
    found: dict[int, list[HeardFrom]] = defaultdict(list)
    for voice, question in WHO_WAS_THERE.items():
        for (area, name), several in groups.items():
            if name == question:
                found[area].append(_heard_from(voice, several, asked=rates.get((area, voice), NOT_KNOWN)))
    return found


def _heard_from(voice: Voice, groups: list[ShownGroup], *, asked: str) -> HeardFrom:
    overall = next((one for one in groups if one.is_overall), None)
    ages = [one for one in groups if one.table is Table.AUDIENCE]
    return HeardFrom(
        voice=VOICES[voice],
        people=int(overall.base) if overall and overall.base is not None else None,
        period=in_words(str(overall.period)) if overall else "",
        asked=asked,
        shown=tuple(_age(one) for one in ages if one.base is not None),
        withheld=tuple(_age(one) for one in ages if one.base is None),
        how=tuple(_how(overall)) if overall and overall.base is not None else (),
    )


def _how(group: ShownGroup) -> Iterable[str]:
    """Each way with its share as the release shows it; what is masked or too few to say is left out."""
    for cell in group.cells:
        if cell.option in HOW and cell.percent:
            share = f"{cell.percent} %" if cell.percent[-1].isdigit() else cell.percent
            yield f"{HOW[cell.option]}: {share}"


def _age(group: ShownGroup) -> str:
    return AUDIENCES.get(Audience(group.audience), "Not known") if group.audience else "Not known"


def _last_windows(
    releases: Collection[Release], *, questions: Iterable[str], tables: Iterable[Table]
) -> list[tuple[StoredWindow, list[ShownGroup]]]:
    """The last window of each area, question and table in these releases, with its groups as they may be seen."""
    found = ClosedWindow.objects.filter(release__in=releases, question__in=list(questions), table__in=list(tables))
    last: dict[tuple, int] = {}
    rows = found.order_by("last_quarter").values_list("area_id", "question", "table", "pk")
    for area, question, table, pk in rows:
        last[area, question, table] = pk
    windows, of = windows_read(ClosedWindow.objects.filter(pk__in=last.values())), {one.pk: one for one in releases}
    for window in windows:
        window.release = of[window.release_id]
    return [(window, shown_of([window])) for window in sorted(windows, key=lambda one: one.pk)]


@dataclass(frozen=True)
class BesideAll:
    """The share of one answer in one area, or in all together, with both ranges; or why it is not shown."""

    who: str
    period: str
    release: Release | None
    cell: ShownCell | None
    base: int | None
    says: str
    # How many gave an answer, as far as that can be said; how much each figure is adjusted, and over how many answers.
    answered: int | None = None
    sd: float = 0.0
    adding_up: int = 0

    @property
    def in_words(self) -> str:
        """The share as it is printed."""
        if self.cell is None or not self.cell.percent:
            return ""
        return f"{self.cell.percent} %" if self.cell.percent[-1].isdigit() else self.cell.percent

    @property
    def has_range(self) -> bool:
        """Whether there is something to draw."""
        return self.cell is not None and self.cell.low_all is not None


@dataclass(frozen=True)
class Comparison:
    """One answer to one question: all areas together, and each area beside them."""

    question: QuestionWords
    option: str
    options: tuple[tuple[str, str], ...]
    together: BesideAll
    areas: tuple[BesideAll, ...]


def comparison(question: str, option: str = "") -> Comparison | None:
    """Each area beside all of them, in the order of the alphabet; nothing for a question the nation does not show."""
    # No database keeps a name with such a character, and some refuse to look for it.
    if "\x00" in question:
        return None
    own = last_of_nation()
    asked = words_of_questions([question]).get(question)
    if own is None or asked is None:
        return None
    national = _last_windows([own], questions=[question], tables=[Table.OVERALL])
    if not national:
        return None
    window, groups = national[-1]
    options = [(code, asked.label(code)) for code in window.options if code != DID_NOT_ANSWER]
    option = option if option in dict(options) else options[0][0]
    together = _beside(groups[0] if groups else None, option, who="All areas together", release=own, says="")
    return Comparison(asked, option, tuple(options), together, tuple(_areas_beside(together, question, option)))


def _areas_beside(together: BesideAll, question: str, option: str) -> Iterable[BesideAll]:
    releases = list(Release.objects.published().exclude(area=None))
    last = {
        window.area_id: (window, groups)
        for window, groups in _last_windows(releases, questions=[question], tables=[Table.OVERALL])
    }
    published = {one.area_id for one in releases}
    for area in Area.objects.filter(merged_into=None).order_by("name"):
        if area.pk not in last:
            says = "It has not published this question." if area.pk in published else "Nothing is published here yet."
            yield BesideAll(area.name, "", None, None, None, says)
            continue
        window, groups = last[area.pk]
        one = _beside(groups[0] if groups else None, option, who=area.name, release=window.release, says="")
        yield replace(one, says=_says(one, together))


def _beside(group: ShownGroup | None, option: str, *, who: str, release: Release, says: str) -> BesideAll:
    cells: Mapping[str, ShownCell] = {cell.option: cell for cell in group.cells} if group else {}
    period = in_words(str(group.period)) if group else ""
    base = int(group.base) if group and group.base is not None else None
    silent = cells.get(DID_NOT_ANSWER)
    # Where so few gave no answer that their number is not shown, everybody who was asked stands for who answered.
    answered = None if base is None else base - round(silent.count if silent and silent.count else 0)
    adjusted = {
        "sd": group.rules.sd if group and group.rules else 0.0,
        "adding_up": len(group.figure.values) if group and group.figure and group.figure.adds_up else 0,
    }
    return BesideAll(who, period, release, cells.get(option), base, says, answered, **adjusted)


def _says(one: BesideAll, together: BesideAll) -> str:
    """What the two ranges allow one to say; never which is better."""
    if one.cell is None or not one.cell.percent:
        return "Not shown: too few people answered." if one.cell else "This answer was not offered here."
    if not one.has_range or not together.has_range:
        return "Shown without a range, so the two are not compared."
    apart = one.cell.low_all > together.cell.high_all or one.cell.high_all < together.cell.low_all
    if apart:
        return "The two ranges lie apart: more than adjustment and chance explain. Ask who answered, and why."
    return "The two ranges overlap: the difference could be chance."
