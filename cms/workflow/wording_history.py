"""How the words of a question came to be, in words that everybody may read: roles and areas, and no person's name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone
from wagtail.models import PageLogEntry

from feedback.accounts.models import RoleHeld
from feedback.accounts.roles import Role
from surveys.bank.models import QuestionPage
from surveys.bank.words import ANSWERS, WAY

FOR = {
    "AGE_4_5": "the wording for 4 and 5", "AGE_6_7": "the wording for 6 and 7", "AGE_8_11": "the wording for 8 to 11",
    "AGE_12_17": "the wording for 12 to 17", "CARE_LEAVER": "the wording for care leavers",
    "PARENT_CARER": "the wording for parents and carers", "PROFESSIONAL": "the wording for professionals",
    "REFERRER": "the wording for referrers",
    ANSWERS: "the answers to choose from", WAY: "the way it is answered",
}  # fmt: skip
COUNCIL, OFFICER = Role.CARE_COUNCIL_MEMBER, Role.PARTICIPATION_OFFICER
# What the log calls it: how it is told, and which role says so where somebody holds several.
TOLD: Mapping[str, tuple[str, Role]] = {
    "wagtail.create": ("Designed by {who}", COUNCIL),
    "bank.load": ("Put in from {origin}; no care council had approved it then", OFFICER),
    "bank.import_question": ("Brought in from a pack of another area by {who}", OFFICER),
    "bank.change_wording": ("{What} changed by {who}", COUNCIL),
    "bank.submit": ("Submitted for approval by {who}", COUNCIL),
    "bank.approve": ("Approved by {who}", COUNCIL),
    "bank.confirm": ("Confirmed by {who}; these words are asked from then on", OFFICER),
    "bank.send_back": ("Sent back by {who}", COUNCIL),
    "bank.answer_refusal": ("Answered by {who}", OFFICER),
    "bank.take_back": ("Taken back by {who}, to go on working on it", COUNCIL),
    "bank.retire": ("Retired by {who}", OFFICER),
    "bank.take_up": ("Taken up again by {who}", COUNCIL),
}
CAME_FROM_ELSEWHERE = {"bank.load", "bank.import_question"}


@dataclass(frozen=True)
class Said:
    """One thing that happened to the words: in public words, when, why, and what they were and became."""

    what: str
    on: date
    reason: str = ""
    words: list[tuple[str, str, str]] = field(default_factory=list)


def wording_history(question: QuestionPage) -> list[Said]:
    """What happened to the words of a question, the first first."""
    found = PageLogEntry.objects.filter(page=question.pk, action__in=TOLD).order_by("timestamp", "pk")
    # What came from a file was designed elsewhere; an entry of its own says from where.
    came = any(entry.action in CAME_FROM_ELSEWHERE for entry in found)
    entries = [entry for entry in found if entry.action != "wagtail.create" or not (came or _program(entry))]
    roles = _roles({entry.user_id for entry in entries if entry.user_id})
    return [_said(entry, roles) for entry in _settled(entries)]


def _program(entry: PageLogEntry) -> str:
    """The program that did it, if no person did."""
    return (entry.data or {}).get("program", "") if entry.user_id is None else ""


def _settled(entries: Iterable[PageLogEntry]) -> Iterator[PageLogEntry]:
    """One entry for one draft: the editor saves while somebody types, and each time the log knows a little more."""
    kept: list[PageLogEntry] = []
    for entry in entries:
        if kept and _same_draft(kept[-1], entry):
            entry.data = {**entry.data, "changed": _joined(kept.pop().data["changed"], entry.data["changed"])}
        kept.append(entry)
    return (entry for entry in kept if entry.action != "bank.change_wording" or entry.data["changed"])


def _same_draft(one: PageLogEntry, other: PageLogEntry) -> bool:
    changes = one.action == other.action == "bank.change_wording"
    return changes and one.user_id == other.user_id and one.data["revision"] == other.data["revision"]


def _joined(first: Mapping[str, list[str]], then: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """From what the words were before the first to what they are after the last."""
    both = {key: [first.get(key, then.get(key))[0], then.get(key, first.get(key))[1]] for key in {*first, *then}}
    return {key: both[key] for key in sorted(both) if both[key][0] != both[key][1]}


def _roles(users: set[int]) -> dict[int, list[RoleHeld]]:
    found: dict[int, list[RoleHeld]] = {}
    for held in RoleHeld.objects.filter(user__in=users).select_related("area").order_by("area__name", "pk"):
        found.setdefault(held.user_id, []).append(held)
    return found


def _said(entry: PageLogEntry, roles: Mapping[int, list[RoleHeld]]) -> Said:
    data: dict[str, Any] = entry.data or {}
    sentence, role = TOLD[entry.action]
    day = timezone.localtime(entry.timestamp).date()
    if entry.action == "bank.send_back" and not _holds(roles.get(entry.user_id, []), COUNCIL, day):
        role = OFFICER
    # In the order of ages, whatever order the database keeps.
    changed = {key: data["changed"][key] for key in FOR if key in data.get("changed", {})}
    what = sentence.format(
        who=_who(entry, roles, role, day),
        origin=data.get("origin", "a file"),
        What=_listed([FOR[key] for key in changed]),
    )
    words = [(FOR[key], before, after) for key, (before, after) in changed.items() if key != WAY]
    return Said(what, day, data.get("reason", ""), words)


def _listed(names: list[str]) -> str:
    """Names in a sentence that begins with them."""
    text = ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else "".join(names)
    return text[:1].upper() + text[1:]


def _holds(held: list[RoleHeld], role: Role, day: date) -> list[RoleHeld]:
    """The places in which a role was held on a day."""
    return [one for one in held if one.role == role and one.since <= day and (one.until is None or day <= one.until)]


def _who(entry: PageLogEntry, roles: Mapping[int, list[RoleHeld]], role: Role, day: date) -> str:
    """The role somebody had on that day, never their name."""
    if entry.user_id is None:
        return "a program" if _program(entry) else "somebody whose account is gone"
    held = roles.get(entry.user_id, [])
    for which in (role, COUNCIL, OFFICER):
        if places := _holds(held, which, day):
            return _council(places) if which == COUNCIL else "an officer"
    return "a member of staff"


def _council(places: list[RoleHeld]) -> str:
    areas = list(dict.fromkeys(str(held.area) for held in places if held.area))
    return f"the care council of {' and '.join(areas)}" if areas else "a care council"
