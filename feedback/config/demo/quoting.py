"""Quotes of the demo: what a moderator found usable, an analyst chose and the care council put in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from feedback.accounts.models import User
from feedback.anonymisation.moderation import waiting_for
from feedback.anonymisation.moderation_actions import decide_comment, read_comment
from feedback.config.demo.commenting import NAMED
from feedback.releases.models import Release
from feedback.releases.quote_actions import choose_quote, look_for_quotes, move_quote
from feedback.releases.quotes import Quote
from feedback.releases.quoting import Offered, candidates, offered, quotes_of
from surveys.frame.models import Area

# The others wait, so that a visitor has something to moderate.
DECIDED, QUOTED = 24, 5
# So that what is quoted does not all answer one question.
OF_ONE_QUESTION = 2
TELLING = {written for said in NAMED.values() for _, written in said}


def a_moderator_decides(by: User) -> None:
    """Finds usable what names nobody, of what came first; nothing that a reader must think about."""
    plain = [comment for comment in waiting_for(by).order_by("made_on", "pk") if not comment.marks]
    for comment in [one for one in plain if not one.is_drawing and not one.needs_a_reader][:DECIDED]:
        shown = read_comment(comment, by=by)
        if shown.redacted not in TELLING:
            decide_comment(comment, decision="usable", marked=set(), label="PERSON", by=by)


def an_analyst_chooses(draft: Release, by: User) -> None:
    """Reads what is offered for a release that is not proposed yet, and chooses a few: no words twice."""
    look_for_quotes(draft, by=by)
    for mark in list(_various(offered(draft, candidates(draft))))[:QUOTED]:
        choose_quote(draft, mark=mark, by=by)


def _various(texts: Iterable[Offered]) -> Iterator[str]:
    said: set[str] = set()
    asked: Counter[tuple[str, str]] = Counter()
    for one in texts:
        words, about = one.words.casefold(), (one.asked, one.audience)
        if words not in said and asked[about] < OF_ONE_QUESTION:
            said.add(words)
            asked[about] += 1
            yield one.mark


def the_care_council_orders(area: Area, by: User) -> None:
    """Young people put what the youngest said first, in each release of an area whose quotes a second person approved.

    Nobody chooses again: only where each stands.
    """
    for release in Release.objects.published().filter(area=area, quotes__isnull=False).distinct():
        for place, one in enumerate(quotes_of(release).shown):
            quote = Quote.objects.select_related("release__area").get(pk=one.key)
            if quote.audience == "AGE_8_11":
                for _ in range(place):
                    move_quote(quote, up=True, by=by)
