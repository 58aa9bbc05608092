"""Findings as JSON, in an open format that another installation can read: docs/reference/findings-format.md.

Quotes are named by the address of their release and never copied: a copy could not be recalled.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import prefetch_related_objects
from django.urls import reverse

from feedback.findings.models import LONGEST_TEXT, LONGEST_TITLE, SharedFinding
from feedback.promises.models import Promise
from surveys.bank.themes import Theme
from surveys.frame.models import CODE
from surveys.frame.policies import NotAllowed

FORMAT, VERSION = "earshot-findings", 1
MOST_BYTES, MOST_FINDINGS, LONGEST_ADDRESS = 1_000_000, 500, 300


def written(findings: Iterable[SharedFinding], *, site: str, made_by: str) -> dict:
    """The document of these findings, as anybody may read it."""
    findings = list(findings)
    prefetch_related_objects(findings, "answers__promise__area__merged_into")
    kinds = {(one.kind.code, one.kind.edition): one.kind for one in findings}
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_by": made_by,
        "note": "Words of areas about what they found, to be recognised by others. Not a ranking, and no counts.",
        "kinds": [
            {"code": kind.code, "edition": kind.edition, "name": kind.name, "means": kind.means}
            for kind in kinds.values()
        ],
        "findings": [_one(finding, site) for finding in findings],
    }


def address_of(finding: SharedFinding, site: str) -> str:
    """The address of a finding that stays: where it came from, or ours."""
    return finding.source or site + reverse("nation:finding", args=[finding.code])


def _one(finding: SharedFinding, site: str) -> dict:
    return {
        "address": address_of(finding, site),
        "found_by": finding.whose,
        "kind": {"code": finding.kind.code, "edition": finding.kind.edition},
        "title": finding.title,
        "description": finding.description,
        "what_was_done": finding.did,
        "theme": finding.theme,
        "stage": finding.stage.code if finding.stage else "",
        "same_as": address_of(finding.same_as, site) if finding.same_as else finding.same_as_elsewhere,
        "promises": [
            promise_address(one.promise, site)
            for one in finding.answers.all()
            if one.promise.status != Promise.Status.TAKEN_BACK
        ],
    }


def promise_address(promise: Promise, site: str) -> str:
    """Where a promise is read."""
    return f"{site}{reverse('promises:promises', args=[promise.place.code])}#p-{promise.pk}"


def found_at(address: str, site: str) -> SharedFinding | None:
    """The finding of an address: one that was brought in from there, or one of ours."""
    return SharedFinding.objects.filter(source=address).first() or ours_at(address, site)


def ours_at(address: str, site: str) -> SharedFinding | None:
    """The finding of our own that has this address."""
    ours, theirs = (_without_scheme(one) for one in (site + reverse("nation:findings"), address))
    if not site or not theirs.startswith(ours):
        return None
    return SharedFinding.objects.filter(source="", code=theirs.removeprefix(ours).strip("/")).first()


def _without_scheme(address: str) -> str:
    return address.partition("://")[2]


@dataclass(frozen=True)
class BroughtIn:
    """One finding from elsewhere, as the file says it."""

    address: str
    found_by: str
    kind: str
    title: str
    description: str
    what_was_done: str
    theme: str
    stage: str
    same_as: str


def read(content: bytes) -> tuple[str, dict[str, tuple[str, str]], list[BroughtIn]]:
    """Who made a file, its kinds, and its findings; refused as a whole where something is not as it should be."""
    document = _document(content)
    made_by = _text(document, "made_by", "The file", most=LONGEST_TITLE, is_needed=True)
    kinds = {}
    for place, one in enumerate(_list(document, "kinds", "The file"), start=1):
        where = f"Kind {place}"
        code = _text(one, "code", where, most=63, is_needed=True)
        if not CODE.regex.match(code):
            raise NotAllowed(f"{where}: the code has small letters, digits, - and _ only.")
        kinds[code] = (
            _text(one, "name", where, most=LONGEST_TITLE, is_needed=True),
            _text(one, "means", where, most=500, is_needed=True),
        )
    rows = _list(document, "findings", "The file")
    if not rows:
        raise NotAllowed("The file holds no finding.")
    if len(rows) > MOST_FINDINGS:
        raise NotAllowed(f"The file holds {len(rows)} findings. Bring in {MOST_FINDINGS} at most at once.")
    found = [_finding(one, f"Finding {place}", kinds) for place, one in enumerate(rows, start=1)]
    if len({one.address for one in found}) < len(found):
        raise NotAllowed("Two findings of the file have the same address. Each needs one of its own.")
    return made_by, kinds, found


def _document(content: bytes) -> dict:
    if len(content) > MOST_BYTES:
        raise NotAllowed(f"The file has {len(content)} bytes. It may have {MOST_BYTES} at most.")
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as problem:
        raise NotAllowed("This is not a file of findings: it cannot be read as JSON.") from problem
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise NotAllowed("This is JSON, and not a file of findings: “format” is not “earshot-findings”.")
    if document.get("version") != VERSION:
        raise NotAllowed(f"This file is of another version of the format. We read version {VERSION}.")
    return document


def _list(document: dict, name: str, where: str) -> list[dict]:
    found = document.get(name)
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise NotAllowed(f"{where}: “{name}” should be a list of things in curly brackets.")
    return found


def _text(one: dict, name: str, where: str, *, most: int, is_needed: bool = False) -> str:
    found = one.get(name, "")
    if not isinstance(found, str):
        raise NotAllowed(f"{where}: “{name}” should be a text.")
    if "\x00" in found or any("\ud800" <= sign <= "\udfff" for sign in found):
        raise NotAllowed(f"{where}: there is a character in “{name}” that cannot be kept.")
    if len(found) > most:
        raise NotAllowed(f"{where}: “{name}” has {len(found)} characters, and {most} at most can be kept.")
    if is_needed and not found.strip():
        raise NotAllowed(f"{where}: “{name}” is missing.")
    return found.strip()


def _finding(one: dict, where: str, kinds: dict) -> BroughtIn:
    address = _address(one, "address", where, is_needed=True)
    same_as = _address(one, "same_as", where)
    if address == same_as:
        raise NotAllowed(f"{where}: “same_as” is its own address. Leave it empty, or name the one that was first.")
    kind = one.get("kind")
    code = _text(kind, "code", where, most=63, is_needed=True) if isinstance(kind, dict) else ""
    if code not in kinds:
        raise NotAllowed(f"{where}: its kind is not among the kinds of the file.")
    theme = _text(one, "theme", where, most=20)
    return BroughtIn(
        address=address,
        found_by=_text(one, "found_by", where, most=LONGEST_TITLE, is_needed=True),
        kind=code,
        title=_text(one, "title", where, most=LONGEST_TITLE, is_needed=True),
        description=_text(one, "description", where, most=LONGEST_TEXT, is_needed=True),
        what_was_done=_text(one, "what_was_done", where, most=LONGEST_TEXT),
        theme=theme if theme in Theme.values else Theme.OTHER,
        stage=_text(one, "stage", where, most=63),
        same_as=same_as,
    )


def _address(one: dict, name: str, where: str, *, is_needed: bool = False) -> str:
    address = _text(one, name, where, most=LONGEST_ADDRESS, is_needed=is_needed)
    if address and (not address.startswith(("https://", "http://")) or any(sign.isspace() for sign in address)):
        raise NotAllowed(f"{where}: “{name}” should be the address of a finding, beginning with https://.")
    return address


def file_name(today: date) -> str:
    """What the file is called when it is saved."""
    return f"findings-{today:%Y-%m-%d}.json"
