"""When a release may be made, approved and published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from feedback.anonymisation.models import ClosedQuarter
from feedback.disclosure.blocks import Quarter, Window
from feedback.disclosure.rules import AREA_TABLES, NATION_TABLES, ProtectionRules, TooManyLooks, check_look_budget
from feedback.releases.audit import what_could_be_worked_out
from feedback.releases.models import Release
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed


def check_is_over(quarter: Quarter, *, today: date) -> None:
    """Refuses to close a quarter in which answers can still arrive."""
    if Quarter.of(today) <= quarter:
        raise NotAllowed(f"{quarter} is not over yet. It can be closed from the first day of {quarter.next()}.")


def check_looks(windows: Mapping[str, Iterable[Window]], rules: ProtectionRules, *, is_national: bool) -> None:
    """Refuses figures of a table that is not on the list, whoever made them: one answer is in so many cells only."""
    allowed = NATION_TABLES if is_national else AREA_TABLES
    made = {window.table for closed in windows.values() for window in closed}
    if more := sorted(made - set(allowed)):
        raise NotAllowed(
            f"There is no table “{more[0]}” here. Another table is another look at every answer: it needs a decision "
            "record, more noise, and a place in the list of tables."
        )
    try:
        check_look_budget(AREA_TABLES, national=NATION_TABLES, rules=rules)
    except TooManyLooks as problem:
        raise NotAllowed(str(problem)) from problem


def check_every_area_is_closed(quarter: Quarter) -> None:
    """Refuses national figures while an area's quarter is still open; a later one that closed took it along."""
    closed = ClosedQuarter.objects.filter(quarter__gte=str(quarter)).values_list("area_id")
    # Nothing new comes of an area that became part of another.
    if waiting := Area.objects.filter(merged_into=None).exclude(pk__in=closed).first():
        raise NotAllowed(f"{waiting.name} has not closed {quarter} yet. Close it there first.")


def check_same_secret(release: Release) -> None:
    """Refuses figures drawn with another secret than those of the same year, because the two could be compared."""
    of_year = Release.objects.filter(quarter__startswith=release.quarter[:5]).exclude(secret_mark="")
    if of_year.exclude(secret_mark=release.secret_mark).exists():
        raise NotAllowed(
            "EARSHOT_PROTECTION_SECRET is not the one this year's figures were made with. Put the old one back; a new "
            "one may only begin with a new year."
        )


def check_reason(reason: str) -> None:
    """Refuses a decision against a release without a word on why."""
    if not reason.strip():
        raise NotAllowed("Say in a sentence why, so that the others can learn from it.")


def check_second_person(release: Release, *, by) -> None:
    """Refuses that somebody decides on a release they helped to make."""
    if by.pk in release.authors():
        raise NotAllowed("You helped to make this release, so someone else must check it.")


def can_decide(release: Release, *, by) -> bool:
    """Whether this person is a second person for this release."""
    return by.pk not in release.authors()


def check_reveals_nobody(release: Release) -> None:
    """Refuses a release from which a small group could be worked out by taking away; the rules should prevent it."""
    if found := what_could_be_worked_out(release):
        raise NotAllowed(f"This release must not go out. {found[0]} Return it, and tell the makers of the software.")
