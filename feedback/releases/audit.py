"""Checks a release against the true numbers of respondents before it goes out; the second person's last net."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from feedback.disclosure.blocks import Counts, Quarter, Stratum, Window
from feedback.disclosure.differencing import national_remainders, remainders
from feedback.disclosure.rules import ProtectionRules
from feedback.releases.alike import Decided
from feedback.releases.closing import history_of, history_with_releases
from feedback.releases.models import BlockTally, ClosedGroup, ClosedWindow, Release
from feedback.releases.questions import HIDDEN
from feedback.releases.tabulation import asked, read_counts
from surveys.frame.models import Area
from surveys.instrument.wording import NEVER_COUNTED


def what_could_be_worked_out(release: Release) -> list[str]:
    """A sentence for each group of 1 to 9 people that taking figures away from one another would give.

    And one where a figure is about those who are only talked with.
    """
    areas = [release.area] if release.area else list(Area.objects.order_by("pk"))
    counts = {area.code: _counts_of(area) for area in areas}
    windows, by_release = history_with_releases(release.area)
    of_areas = {area.code: history_of(area) for area in areas} if release.area is None else {}
    releases = Release.objects.filter(area=release.area).order_by("quarter")
    # Areas may choose stricter rules for a later year, so each release has those it was closed by.
    closed = [(ProtectionRules(**one.rules), by_release.get(one.pk, {})) for one in releases]
    decided = Decided(_sentences)
    found = list(_about_the_youngest(release))
    for question in ClosedWindow.objects.filter(release=release).values_list("question", flat=True).distinct():
        of_question = {code: _of(question, by_question) for code, by_question in counts.items()}
        own = {code: history.get(question, []) for code, history in of_areas.items()}
        by_rules = [(rules, history.get(question, [])) for rules, history in closed]
        found.extend(f"{question}: {one}" for one in decided.on(of_question, own, windows[question], by_rules))
    return found


Closed = Sequence[tuple[ProtectionRules, Sequence[Window]]]


def _sentences(
    counts: Mapping[str, Counts], own: Mapping[str, Sequence[Window]], windows: Sequence[Window], closed: Closed
) -> list[str]:
    """The sentences on one question; `own` are the windows of the areas where all of them together are looked at."""
    together, found = _together(counts), list[str]()
    for rules, of in closed:
        found += remainders(together, windows, rules, of=of)
        if own:
            found += national_remainders(counts, own, windows, rules, of=of)
    return found


def _about_the_youngest(release: Release) -> Iterator[str]:
    of_release = ClosedGroup.objects.filter(window__release=release, audience__in=NEVER_COUNTED)
    for question in of_release.values_list("window__question", flat=True).distinct():
        yield f"{question}: it has a figure of children who are only talked with."


def _counts_of(area: Area) -> dict[str, dict[Quarter, dict[Stratum, int]]]:
    found: dict[str, dict[Quarter, dict[Stratum, int]]] = defaultdict(dict)
    blocks = BlockTally.objects.filter(area=area).values_list("question", "quarter", "tallies")
    for question, quarter, tallies in blocks.iterator():
        of_strata = {stratum: asked(counts) for stratum, counts in read_counts(tallies).items()}
        found[question][Quarter.parse(quarter)] = of_strata
    return found


def _of(question: str, by_question: Mapping[str, Counts]) -> Counts:
    return by_question.get(f"{question}{HIDDEN}") or by_question.get(question, {})


def _together(counts: Mapping[str, Counts]) -> Counts:
    total: dict[Quarter, dict[Stratum, int]] = defaultdict(lambda: defaultdict(int))
    for of_area in counts.values():
        for quarter, strata in of_area.items():
            for stratum, n in strata.items():
                total[quarter][stratum] += n
    return total
