"""Groups and periods beside one another: whether likely ranges overlap, in the order of the journey, never of merit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from feedback.disclosure.rules import ProtectionRules, Table
from feedback.releases.models import ClosedWindow, Release
from feedback.releases.released import shown_in
from feedback.releases.service_information import GroupInformation, Lead, Line, share_in
from feedback.releases.stored_windows import windows_read


@dataclass(frozen=True)
class Row:
    """One group or period beside everybody."""

    who: str
    base: int | None
    share: Line | None
    why_not: str
    overlaps: bool | None = None
    everybody: Line | None = None

    @property
    def in_words(self) -> str:
        """Whether it may differ by chance, read aloud beside its range."""
        if self.overlaps is None:
            return ""
        return "overlaps" if self.overlaps else "lies apart"


@dataclass(frozen=True)
class Rows:
    """Rows that are looked at together, with what may be said of all of them."""

    title: str
    period: str
    everybody: Line | None
    rows: tuple[Row, ...]

    @property
    def shown(self) -> list[Row]:
        """Those with a share."""
        return [row for row in self.rows if row.share]

    @property
    def not_shown(self) -> dict[str, list[str]]:
        """Those without one, by the reason."""
        found: dict[str, list[str]] = {}
        for row in self.rows:
            if not row.share:
                found.setdefault(row.why_not, []).append(row.who)
        return found

    @property
    def sentence(self) -> str:
        """What the overlaps say; never which row is better."""
        known = [row for row in self.rows if row.overlaps is not None]
        apart = [row.who for row in known if not row.overlaps]
        if len(self.shown) < 2 or not known:
            return ""
        if not apart:
            return "Every likely range here overlaps with that of everybody: each difference could be chance."
        names = " and ".join(filter(None, [", ".join(apart[:-1]), apart[-1]]))
        return f"The likely range of {names} does not touch that of everybody. Ask why: it says nothing about merit."


NOT_COMPARABLE = "Not shown."


def rows_of(title: str, groups: Iterable[GroupInformation], everybody: Line | None, *, period: str = "") -> Rows:
    """Groups beside everybody, in the order in which they come."""
    rows = tuple(
        Row(
            group.who,
            group.base,
            group.share,
            "" if group.share else group.withheld or NOT_COMPARABLE,
            group.share.touches(everybody) if group.share and everybody else None,
            everybody,
        )
        for group in groups
    )
    return Rows(title, period, everybody, rows)


def rows_over_time(groups: Iterable[GroupInformation]) -> Rows:
    """What everybody said, period by period."""
    rows = tuple(
        Row(group.period, group.base, group.share, "" if group.share else group.withheld or NOT_COMPARABLE)
        for group in groups
    )
    return Rows("Over time", "", None, rows)


def in_all_areas(release: Release, code: str, lead: Lead | None) -> Row | None:
    """The same question in all areas together, as it was published last up to this release; nothing for the nation."""
    if release.area_id is None or lead is None:
        return None
    published = ClosedWindow.objects.filter(
        release__area=None,
        release__status=Release.Status.PUBLISHED,
        release__quarter__lte=release.quarter,
        question=code,
        table=Table.OVERALL,
    )
    last = published.order_by("-last_quarter").values_list("pk", "release__rules").first()
    if last is None:
        return None
    (group,) = shown_in(windows_read(ClosedWindow.objects.filter(pk=last[0])), ProtectionRules(**last[1]))[:1]
    share = share_in(group, lead)
    base = None if group.base is None else int(group.base)
    return Row("All areas together", base, share, "" if share else NOT_COMPARABLE)
