"""What waits among words: children's questions, themes, measures, findings, the board, talks; and many at once."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse

from cms.desk.blockages_waiting import board_waits
from cms.desk.floods import flood_waits
from cms.desk.talk_urls import talk_waits
from cms.desk.waiting_questions import questions_of_children
from feedback.anonymisation.themes import CONFIRM_THEME, CommentTheme
from feedback.findings.models import CHECK, SharedFinding
from feedback.releases.measure import Measure
from feedback.releases.measure_approval_actions import APPROVE


def words_to_check(request: HttpRequest) -> Iterator[tuple[str, str, str, str]]:
    """A heading, a sentence, and where to go, for each kind of which something waits."""
    yield from questions_of_children(request)
    if request.user.has_perm(CONFIRM_THEME):
        found = CommentTheme.objects.visible_to(request.user, CONFIRM_THEME).to_confirm_by(request.user)
        if many := found.count():
            text = f"{many} {'theme' if many == 1 else 'themes'} of comments: named by others, and not confirmed yet."
            yield "Themes to confirm", text, reverse("desk:themes"), "Read the themes"
    yield from _measures(request)
    if request.user.has_perm(CHECK):
        found = SharedFinding.objects.visible_to(request.user, CHECK).to_check_by(request.user)
        if many := found.count():
            text = f"{many} {'finding' if many == 1 else 'findings'}: proposed by others, and not published yet."
            yield "Findings to check", text, reverse("desk:shared_findings"), "Read the findings"
    yield from board_waits(request)
    yield from talk_waits(request)
    yield from flood_waits(request)


def _measures(request: HttpRequest) -> Iterator[tuple[str, str, str, str]]:
    if not request.user.has_perm(APPROVE):
        return
    if many := Measure.objects.visible_to(request.user, APPROVE).to_approve_by(request.user).count():
        text = f"{many} {'measure' if many == 1 else 'measures'}: proposed by others, and not approved yet."
        yield "Measures to approve", text, reverse("desk:measures"), "Read the measures"
