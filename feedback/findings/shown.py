"""Findings as everybody reads them: whose they are, what they rest on, who found the same, and what each did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from feedback.findings.models import FindingEvidence, FindingKind, FindingPromise, SharedFinding
from feedback.promises.models import Promise
from feedback.promises.reading import PromiseInformation, promises_of
from feedback.releases.models import Quote, Release
from feedback.releases.question_words import questions_shown, words_of_questions
from feedback.releases.quoting import ShownQuote, quotes_of
from feedback.releases.service_information import in_words
from feedback.releases.told_themes import ToldTheme, told_themes
from surveys.frame.models import Area, JourneyStage


@dataclass(frozen=True)
class Alike:
    """A finding beside those of other areas that found the same, in the order of the alphabet."""

    first: SharedFinding
    findings: tuple[SharedFinding, ...]

    @property
    def places(self) -> list[str]:
        """Where it was found."""
        return [one.whose for one in self.findings]


@dataclass(frozen=True)
class FindingsOfKind:
    """One kind, and what was found of it."""

    kind: FindingKind
    alike: tuple[Alike, ...]


@dataclass(frozen=True)
class RestsOn:
    """What a finding rests on in one release: questions by name and words, quotes, and themes."""

    release: Release
    period: str
    questions: tuple[tuple[str, str], ...]
    quotes: tuple[ShownQuote, ...]
    themes: tuple[ToldTheme, ...]


def public_findings() -> list[SharedFinding]:
    """Every finding that anybody may read, area by area in the order of the alphabet."""
    found = SharedFinding.objects.public().select_related("area", "kind", "stage", "same_as__area")
    return sorted(found, key=lambda one: (one.whose.casefold(), one.code))


def together(findings: Iterable[SharedFinding]) -> list[FindingsOfKind]:
    """The same findings by kind, with those that say the same beside each other; never by how many."""
    alike: dict = defaultdict(list)
    for one in findings:
        alike[one.same_as_id or one.pk].append(one)
    kinds: dict[str, list[Alike]] = defaultdict(list)
    newest: dict[str, FindingKind] = {}
    for root, several in alike.items():
        first = next((one for one in several if one.pk == root), several[0])
        kinds[first.kind.code].append(Alike(first, tuple(several)))
        newest[first.kind.code] = max(
            (first.kind, newest.get(first.kind.code, first.kind)), key=lambda kind: kind.edition
        )
    found = [FindingsOfKind(newest[code], tuple(of_kind)) for code, of_kind in kinds.items()]
    return sorted(found, key=lambda one: one.kind.name.casefold())


def alike_of(finding: SharedFinding, findings: Iterable[SharedFinding]) -> list[SharedFinding]:
    """What other areas found that is the same, among these."""
    root = finding.same_as_id or finding.pk
    return [one for one in findings if (one.same_as_id or one.pk) == root and one.pk != finding.pk]


def rests_on(finding: SharedFinding) -> list[RestsOn]:
    """What a finding rests on, as it may be read now: nothing that was withdrawn, recalled or ended."""
    cited = finding.evidence.filter(release__status=Release.Status.PUBLISHED).select_related("release__area", "quote")
    by_release: dict[int, list[FindingEvidence]] = defaultdict(list)
    releases: dict[int, Release] = {}
    for one in cited.order_by("-release__quarter", "pk"):
        by_release[one.release_id].append(one)
        releases[one.release_id] = one.release
    return [_rests_on(releases[key], several) for key, several in by_release.items()]


def _rests_on(release: Release, several: list[FindingEvidence]) -> RestsOn:
    names = [one.question for one in several if one.question]
    asked = words_of_questions(names)
    quotes = themes = ()
    if len(names) < len(several):
        shown = quotes_of(release)
        wanted = {one.quote_id for one in several if one.quote and one.quote.status == Quote.Status.CHOSEN}
        quotes = tuple(one for one in shown.shown if one.key in wanted)
        named = {one.theme_id for one in several}
        themes = tuple(one for one in told_themes(release, shown) if one.key in named)
    texts = tuple((name, asked[name].text if name in asked else name) for name in names)
    return RestsOn(release, in_words(release.quarter), texts, quotes, themes)


def public_finding(code: str) -> SharedFinding | None:
    """One finding that anybody may read, by its code."""
    found = SharedFinding.objects.public().select_related("area", "kind", "stage", "same_as__area")
    return found.filter(code=code).first()


def citable(finding: SharedFinding) -> list[Release]:
    """The releases that a finding may rest on: published, and of its own area."""
    return list(Release.objects.published().filter(area=finding.area).select_related("area"))


@dataclass(frozen=True)
class Citable:
    """What a finding may rest on in one release, and what was ticked before."""

    questions: tuple[tuple[str, str], ...]
    quotes: tuple[ShownQuote, ...]
    themes: tuple[ToldTheme, ...]
    ticked: frozenset


def citable_in(finding: SharedFinding, release: Release) -> Citable:
    """The questions, quotes and themes that a release shows."""
    shown, names = quotes_of(release), questions_shown(release)
    asked = words_of_questions(names)
    before = finding.evidence.filter(release=release).values_list("question", "quote_id", "theme_id")
    return Citable(
        tuple((name, asked[name].text if name in asked else name) for name in names),
        shown.shown,
        tuple(told_themes(release, shown)),
        frozenset(one for row in before for one in row if one),
    )


def stages_of_the_journey() -> QuerySet[JourneyStage]:
    """The steps at which something may be found."""
    return JourneyStage.objects.order_by("position", "code")


@dataclass(frozen=True)
class Promised:
    """What an area has promised: those that somebody said answer a finding, and the others on its theme."""

    linked: tuple[PromiseInformation, ...] = ()
    on_its_theme: tuple[PromiseInformation, ...] = ()


def promised_about(finding: SharedFinding) -> Promised:
    """What the area has promised about its finding, with what came of it; nothing for what is elsewhere."""
    if finding.area is None:
        return Promised()
    linked = set(finding.answers.values_list("promise_id", flat=True))
    place = finding.area.merged_into or finding.area
    standing = [one for one in promises_of(place) if one.status != Promise.Status.TAKEN_BACK]
    return Promised(
        tuple(one for one in standing if one.number in linked),
        tuple(one for one in standing if one.number not in linked and one.theme == finding.theme),
    )


def findings_answered(area: Area) -> dict[int, list[SharedFinding]]:
    """The findings that anybody may read, by the number of the promise of this area that answers them."""
    found: dict[int, list[SharedFinding]] = defaultdict(list)
    links = FindingPromise.objects.filter(Q(promise__area=area) | Q(promise__area__merged_into=area))
    public = SharedFinding.objects.public().values("pk")
    for link in links.filter(finding__in=public).select_related("finding"):
        found[link.promise_id].append(link.finding)
    return dict(found)
