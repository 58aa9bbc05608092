"""When a finding may be written, cited, proposed and published; every refusal says why."""

from __future__ import annotations

from feedback.disclosure.claims import claim_in
from feedback.findings.models import LONGEST_TEXT, WRITE, FindingEvidence, FindingKind, SharedFinding
from feedback.promises.models import Promise
from feedback.promises.policies import answers_for
from feedback.releases.models import Release
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed

Status = SharedFinding.Status
OPEN = (Status.DRAFT, Status.RETURNED)
LONGEST_REASON = 500


def check_words(*texts: str) -> None:
    """Refuses what no database keeps, and what only records may say."""
    for text in texts:
        if "\x00" in text:
            raise NotAllowed("There is a character in it that cannot be kept. Type it again instead of pasting it.")
        if found := claim_in(text):
            raise NotAllowed(f"“{found}” is said by records only. Say instead what was found.")


def check_length(*texts: str, longest: int = LONGEST_TEXT) -> None:
    """Refuses what is too long to be read."""
    for text in texts:
        if len(text) > longest:
            raise NotAllowed(f"That has {len(text)} characters. Say it in {longest} at most.")


def check_reason(reason: str) -> None:
    """Refuses a decision without a word on why."""
    if not reason.strip():
        raise NotAllowed("Say in a sentence why, so that the others can learn from it.")
    check_length(reason, longest=LONGEST_REASON)
    check_words(reason)


def check_is_open(finding: SharedFinding) -> None:
    """Refuses to change what somebody checks, or what is published."""
    if finding.status not in OPEN:
        raise NotAllowed(
            f"This finding is {finding.get_status_display().lower()}, so its words stay. A second person can send it "
            "back, or withdraw it; then write another."
        )


def check_kind(kind: FindingKind) -> None:
    """Refuses a kind that is not on the list any more."""
    if not FindingKind.objects.offered().filter(pk=kind.pk).exists():
        raise NotAllowed("This kind is not on the list any more. Choose another.")


def check_may_cite(finding: SharedFinding, release: Release) -> None:
    """Refuses what nobody can read: a finding rests on published releases of its own area."""
    if release.area_id != finding.area_id:
        raise NotAllowed("A finding rests on releases of its own area.")
    if release.status != Release.Status.PUBLISHED:
        raise NotAllowed(
            f"{release} is {release.get_status_display().lower()}. A finding rests on what is published; write it then."
        )


def what_fell(finding: SharedFinding) -> str:
    """Why a finding is not shown although it was published, in a sentence; blank where it is."""
    cited = FindingEvidence.objects.filter(finding=finding)
    fallen = cited.exclude(release__status=Release.Status.PUBLISHED).select_related("release__area").first()
    if fallen:
        return f"{fallen.release} was withdrawn, and this rests on it."
    if finding.source or cited.filter(FindingEvidence.STANDS).exists():
        return ""
    return "Nothing is left of what it rests on." if cited.exists() else "It rests on nothing yet."


def check_rests_on_something(finding: SharedFinding) -> None:
    """Refuses to propose or publish what rests on nothing that can be read."""
    if fell := what_fell(finding):
        raise NotAllowed(f"{fell} Name what it rests on: a question, a quote or a theme of a published release.")


def check_second_person(finding: SharedFinding, *, by) -> None:
    """Refuses that somebody decides on a finding they wrote."""
    if by.pk in finding.authors():
        raise NotAllowed("You wrote or proposed this finding, so someone else must check it.")


def may_link(finding: SharedFinding, promise: Promise, user) -> bool:
    """Whether somebody writes the finding; or answers for the promise, and the finding is one they can read."""
    if user.has_perm(WRITE, finding):
        return True
    is_public = SharedFinding.objects.public().filter(pk=finding.pk).exists()
    return is_public and answers_for(promise, user)


def check_may_link(finding: SharedFinding, promise: Promise) -> None:
    """Refuses to put a promise beside a finding of another area, or beside what is withdrawn or taken back."""
    if finding.area is None:
        raise NotAllowed("This finding is of no single area, so no promise of an area answers it.")
    if (finding.area.merged_into or finding.area) != promise.place:
        raise NotAllowed("A promise answers findings of its own area.")
    if finding.status == Status.WITHDRAWN:
        raise NotAllowed("This finding is withdrawn, so nothing answers it any more.")
    if promise.status == Promise.Status.TAKEN_BACK:
        raise NotAllowed("This promise was taken back, so it answers nothing any more.")


def check_found_too(first: SharedFinding, area: Area | None) -> None:
    """Refuses to say *we found this too* of one's own finding, or of one that nobody can read."""
    if not SharedFinding.objects.public().filter(pk=first.pk).exists():
        raise NotAllowed("This finding is not published any more.")
    if first.area_id == (area.pk if area else None) and not first.source:
        raise NotAllowed("This is your area’s own finding.")
