"""When a release may be made, approved and published."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from feedback.anonymisation.models import ClosedQuarter
from feedback.disclosure.blocks import Quarter, Window
from feedback.disclosure.rules import AREA_TABLES, NATION_TABLES, ProtectionRules, TooManyLooks, check_look_budget
from feedback.releases.audit import what_could_be_worked_out
from feedback.releases.interpretations import LABELS, LONGEST, Reading
from feedback.releases.models import Release
from feedback.releases.readings import without_a_reading
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


LONGEST_REASON = 500


def check_reason(reason: str) -> None:
    """Refuses a decision against a release without a word on why."""
    if not reason.strip():
        raise NotAllowed("Say in a sentence why, so that the others can learn from it.")
    check_can_be_kept(reason, longest=LONGEST_REASON)


def check_can_be_kept(text: str, *, longest: int) -> None:
    """Refuses a text that is too long to be read, or holds what no database keeps."""
    if len(text) > longest:
        raise NotAllowed(f"That has {len(text)} characters. Say it in {longest} at most.")
    if "\x00" in text:
        raise NotAllowed("There is a character in it that cannot be kept. Type it again instead of pasting it.")


def can_interpret(release: Release) -> bool:
    """Whether what its figures may mean can still be written."""
    return release.status in {Release.Status.DRAFT, Release.Status.RETURNED}


def check_may_interpret(release: Release) -> None:
    """Refuses to say what figures mean while somebody checks them, or after that."""
    if not can_interpret(release):
        raise NotAllowed(
            f"This release is {release.get_status_display().lower()}, so what it may mean stays as it was written. "
            "A second person can send it back."
        )


def check_is_shown(question: str, known: Collection[str]) -> None:
    """Refuses a reading of a question of which the release shows nothing."""
    if question not in known:
        raise NotAllowed("This release shows no figure of that question. Go back to its page and begin there.")


def check_reading(reading: Reading) -> None:
    """Refuses a reading that leaves one of its three parts out."""
    for name, text in reading.texts.items():
        if not text.strip():
            raise NotAllowed(f"Say something under “{LABELS[name]}” too. If you do not know, say so.")
        check_can_be_kept(text, longest=LONGEST)


def check_every_figure_is_interpreted(release: Release) -> None:
    """Refuses to propose or publish figures while nobody has said what they may mean (rules the software keeps)."""
    if missing := without_a_reading(release):
        questions = "1 question has" if len(missing) == 1 else f"{len(missing)} questions have"
        raise NotAllowed(f"{questions} no interpretation yet. Say what each may mean, then propose the release.")


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
