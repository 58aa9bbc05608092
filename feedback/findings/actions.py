"""What people do with findings: write, cite, propose, publish, withdraw; say that they found it too; keep the kinds."""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection
from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log

from feedback.findings import policies
from feedback.findings.models import (
    CHECK,
    KEEP_KINDS,
    LONGEST_MEANING,
    WRITE,
    FindingEvidence,
    FindingKind,
    FindingState,
    SharedFinding,
)
from feedback.releases.models import Release
from feedback.releases.question_words import questions_shown
from feedback.releases.quoting import quotes_of
from feedback.releases.told_themes import told_themes
from surveys.bank.themes import Theme
from surveys.frame.models import Area, JourneyStage
from surveys.frame.policies import NotAllowed, check_may_move

Status = SharedFinding.Status
STARTING_KINDS = Path(__file__).with_name("starting_kinds.json")


def _check(by, permission: str, finding: SharedFinding) -> None:
    if not by.has_perm(permission, finding):
        raise PermissionDenied("You have no role in this area that lets you do this.")


def _lock(finding: SharedFinding) -> None:
    finding.refresh_from_db(from_queryset=SharedFinding.objects.select_for_update(of=("self",)))


def _code(area: Area | None) -> str:
    """The next code of the area; whoever writes at the same moment waits."""
    if area:
        Area.objects.select_for_update().get(pk=area.pk)
    before, many = area.code if area else "all-areas", SharedFinding.objects.filter(area=area).count()
    return f"{before[:63]}-finding-{many + 1}"


@transaction.atomic
def write_finding(
    area: Area | None,
    *,
    kind: FindingKind,
    title: str,
    description: str,
    did: str = "",
    theme: str = Theme.OTHER,
    stage: JourneyStage | None = None,
    by,
    same_as: SharedFinding | None = None,
) -> SharedFinding:
    """Begins a finding of an area, or one of all areas together, in one's own words."""
    finding = SharedFinding(area=area, same_as=same_as)
    _check(by, WRITE, finding)
    finding.code = _code(area)
    _word(finding, kind=kind, title=title, description=description, did=did, theme=theme, stage=stage)
    _move(finding, Status.DRAFT, by=by)
    return finding


@transaction.atomic
def reword_finding(finding: SharedFinding, *, by, **words) -> None:
    """Changes the words of a finding that nobody has proposed, or that came back."""
    _check(by, WRITE, finding)
    _lock(finding)
    policies.check_is_open(finding)
    _word(finding, **words)
    # Whoever words it wrote it, and checks it no more.
    FindingState.objects.create(finding=finding, status=Status.DRAFT, by=by, on=timezone.localdate())
    log(finding, "findings.reword", user=by)


def _word(finding: SharedFinding, *, kind, title, description, did, theme, stage) -> None:
    policies.check_words(title, description, did)
    policies.check_length(description, did)
    if finding.kind_id != kind.pk:
        policies.check_kind(kind)
    finding.kind, finding.title, finding.theme, finding.stage = kind, " ".join(title.split()), theme, stage
    finding.description, finding.did = description.strip(), did.strip()
    try:
        finding.full_clean(exclude={"same_as", "area", "stage"}, validate_unique=False, validate_constraints=False)
        with transaction.atomic():
            finding.save()
    except IntegrityError as problem:
        raise NotAllowed("Your area has said this of that finding already.") from problem
    except ValidationError as problem:
        raise NotAllowed(problem.messages) from problem


@transaction.atomic
def cite(
    finding: SharedFinding,
    release: Release,
    *,
    questions: Collection[str] = (),
    quotes: Collection[uuid.UUID] = (),
    themes: Collection[uuid.UUID] = (),
    by,
) -> None:
    """Says what a finding rests on in one published release; what was said of that release before is replaced."""
    _check(by, WRITE, finding)
    _lock(finding)
    policies.check_is_open(finding)
    # Nobody withdraws it meanwhile.
    release.refresh_from_db(from_queryset=Release.objects.select_for_update(of=("self",)))
    policies.check_may_cite(finding, release)
    _check_stands_in(release, questions, quotes, themes)
    finding.evidence.filter(release=release).delete()
    about = {"finding": finding, "release": release}
    FindingEvidence.objects.bulk_create(
        [
            *(FindingEvidence(**about, question=question) for question in dict.fromkeys(questions)),
            *(FindingEvidence(**about, quote_id=quote) for quote in dict.fromkeys(quotes)),
            *(FindingEvidence(**about, theme_id=theme) for theme in dict.fromkeys(themes)),
        ]
    )
    log(finding, "findings.cite", user=by)


def _check_stands_in(release: Release, questions, quotes, themes) -> None:
    shown = quotes_of(release)
    told = {theme.key for theme in told_themes(release, shown)}
    strange = {*quotes} - {quote.key for quote in shown.shown} | {*themes} - told
    if strange or {*questions} - {*questions_shown(release)}:
        raise NotAllowed("Some of this is not shown in that release, or not any more. Look again.")


def _move(finding: SharedFinding, status: str, *, reason: str = "", by) -> None:
    finding.status = status
    finding.save()
    FindingState.objects.create(finding=finding, status=status, by=by, on=timezone.localdate(), reason=reason)
    log(finding, f"findings.{status}", user=by)


def _step(finding: SharedFinding, status: str, permission: str, *, reason: str = "", by) -> None:
    _check(by, permission, finding)
    # Two people may decide at the same moment; the second must see what the first decided.
    _lock(finding)
    check_may_move(finding.status, status, SharedFinding.TRANSITIONS)
    if status in {Status.RETURNED, Status.PUBLISHED}:
        policies.check_second_person(finding, by=by)
    if status in {Status.PROPOSED, Status.PUBLISHED}:
        policies.check_rests_on_something(finding)
    _move(finding, status, reason=reason, by=by)


@transaction.atomic
def propose_finding(finding: SharedFinding, *, by) -> None:
    """Says that a finding is ready for a second person."""
    _step(finding, Status.PROPOSED, WRITE, by=by)


@transaction.atomic
def return_finding(finding: SharedFinding, *, reason: str, by) -> None:
    """A second person sends it back, and says why."""
    policies.check_reason(reason)
    _step(finding, Status.RETURNED, CHECK, reason=reason, by=by)


@transaction.atomic
def publish_finding(finding: SharedFinding, *, by) -> None:
    """A second person lets everybody read it."""
    _step(finding, Status.PUBLISHED, CHECK, by=by)


@transaction.atomic
def withdraw_finding(finding: SharedFinding, *, reason: str, by) -> None:
    """Takes a finding back for good; its address says when and why."""
    policies.check_reason(reason)
    _step(finding, Status.WITHDRAWN, CHECK, reason=reason, by=by)


@transaction.atomic
def find_too(first: SharedFinding, area: Area | None, *, by) -> SharedFinding:
    """Says that an area found the same: a draft of its own, to be put into its own words, with its own evidence."""
    _check(by, WRITE, SharedFinding(area=area))
    policies.check_found_too(first, area)
    kind = FindingKind.objects.offered().filter(code=first.kind.code).first() or first.kind
    return write_finding(
        area,
        kind=kind,
        title=first.title,
        description="Say in your own words what was found here.",
        theme=first.theme,
        stage=first.stage,
        same_as=first.same_as or first,
        by=by,
    )


@transaction.atomic
def word_kind(
    *, code: str, name: str, means: str, is_offered: bool = True, by, after: FindingKind | None = None
) -> FindingKind:
    """Puts a kind on the list, or a newer edition of its words; findings of the older one keep it."""
    if not by.has_perm(KEEP_KINDS):
        raise PermissionDenied("Only somebody who keeps the list of kinds may do this.")
    policies.check_words(name, means)
    policies.check_length(means, longest=LONGEST_MEANING)
    edition = after.edition + 1 if after else 1
    kind = FindingKind(code=after.code if after else code, edition=edition, name=" ".join(name.split()))
    kind.means, kind.is_offered, kind.by, kind.on = means.strip(), is_offered, by, timezone.localdate()
    try:
        kind.full_clean(exclude={"by"}, validate_unique=False, validate_constraints=False)
        with transaction.atomic():
            kind.save()
    except IntegrityError as problem:
        raise NotAllowed("There is this kind already, or somebody else worded it meanwhile. Look again.") from problem
    except ValidationError as problem:
        raise NotAllowed(problem.messages) from problem
    log(kind, "findings.word_kind", user=by)
    return kind


@transaction.atomic
def start_kinds(*, by) -> int:
    """Puts the kinds on the list that we begin with, as far as they are not there yet; says how many."""
    there = set(FindingKind.objects.values_list("code", flat=True))
    kinds = [one for one in json.loads(STARTING_KINDS.read_text(encoding="utf-8")) if one["code"] not in there]
    for one in kinds:
        word_kind(**one, by=by)
    return len(kinds)
