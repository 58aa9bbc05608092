"""Quotes of the demo: what a moderator found usable and an analyst chose for the release that waits to be checked."""

from __future__ import annotations

from feedback.accounts.models import User
from feedback.anonymisation.moderation import waiting_for
from feedback.anonymisation.moderation_actions import decide_comment, read_comment
from feedback.config.demo.commenting import NAMED
from feedback.releases.models import Release
from feedback.releases.quote_actions import choose_quote
from feedback.releases.quoting import candidates

# The others wait, so that a visitor has something to moderate.
DECIDED, QUOTED = 24, 5
TELLING = {written for said in NAMED.values() for _, written in said}


def a_moderator_decides(by: User) -> None:
    """Finds usable what names nobody, of what came first; nothing that a reader must think about."""
    plain = [comment for comment in waiting_for(by).order_by("made_on", "pk") if not comment.marks]
    for comment in [one for one in plain if not one.is_drawing and not one.needs_a_reader][:DECIDED]:
        shown = read_comment(comment, by=by)
        if shown.redacted not in TELLING:
            decide_comment(comment, decision="usable", marked=set(), label="PERSON", by=by)


def an_analyst_chooses(draft: Release, by: User) -> None:
    """Chooses a few quotes for a release that is not proposed yet."""
    for one in candidates(draft)[:QUOTED]:
        choose_quote(draft, mark=one.mark, by=by)
