"""What happens to quotes: they are chosen, put in order, and recalled for good."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from feedback.anonymisation.quotable import mark_of, marks_that_fell
from feedback.anonymisation.quotable_actions import hold_words, strike_words
from feedback.releases.models import Release
from feedback.releases.quotes import BY_PEOPLE, ORDER, RECALL, Quote
from feedback.releases.quoting import OPEN, bands_of, candidates, printed_with, quotes_of
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed, check_may_move

CHOOSE = "releases.propose"
IN_ORDER = (Release.Status.APPROVED, Release.Status.PUBLISHED)
NOT_OFFERED = "This text is not offered any more: it was chosen, taken back, or somebody is worried about it."
GONE = "This quote is not there any more."


def _check(by, permission: str, release: Release) -> None:
    if not by.has_perm(permission, release):
        raise PermissionDenied("You have no role in this area that lets you do this.")


def _lock(release: Release) -> None:
    release.refresh_from_db(from_queryset=Release.objects.select_for_update(of=("self",)))


def _check_is_open(release: Release) -> None:
    if release.status not in OPEN:
        raise NotAllowed("Quotes are chosen before a release is proposed. A second person can send it back first.")


@transaction.atomic
def look_for_quotes(release: Release, *, by) -> None:
    """Says in the log that somebody looks through usable comments to choose from them."""
    _check(by, CHOOSE, release)
    log(release, "releases.look_for_quotes", user=by)


@transaction.atomic
def look_at_quotes(release: Release, *, by) -> None:
    """Says in the log that somebody reads quotes that are not published."""
    if not any(by.has_perm(permission, release) for permission in ("releases.view", RECALL, ORDER)):
        raise PermissionDenied("You have no role in this area that lets you do this.")
    log(release, "releases.look_at_quotes", user=by)


@transaction.atomic
def choose_quote(release: Release, *, mark: str, by) -> Quote:
    """Makes a usable comment, named by its mark, a quote of a release that nobody has proposed yet."""
    _check(by, CHOOSE, release)
    _lock(release)
    _check_is_open(release)
    found = next((one for one in candidates(release) if one.mark == mark), None)
    words = hold_words(found.key, by=by) if found else ""
    if found is None or not words:
        raise NotAllowed(NOT_OFFERED)
    printed = printed_with(found, bands_of(release))
    quote = Quote(
        release=release,
        edition_id=printed.edition_id,
        item=printed.item,
        audience=printed.audience,
        language=found.language,
        is_drawing=found.is_drawing,
        words=words,
        mark=found.mark,
        chosen_by=by,
        chosen_on=timezone.localdate(),
    )
    quote.save()
    log(release, "releases.choose_quote", user=by)
    return quote


@transaction.atomic
def drop_quote(quote: Quote, *, by) -> None:
    """Takes a quote out of a release that nobody has proposed yet; it can be chosen again."""
    release = quote.release
    _check(by, CHOOSE, release)
    _lock(release)
    _check_is_open(release)
    if not Quote.objects.filter(pk=quote.pk, status=Quote.Status.CHOSEN).delete()[0]:
        raise NotAllowed(GONE)
    log(release, "releases.drop_quote", user=by)


@transaction.atomic
def recall_quote(quote: Quote, *, because: str, by) -> None:
    """Takes a quote back for good, everywhere: its words are erased here and in the comment they come from."""
    release = quote.release
    _check(by, RECALL, release)
    if because not in BY_PEOPLE:
        raise NotAllowed("Say why, so that the others can learn from it.")
    # Comments before quotes, as everybody locks them.
    strike_words(release.area, {quote.mark}, by=by)
    held = Quote.objects.select_for_update(of=("self",)).select_related("release").filter(pk=quote.pk).first()
    if held is None:
        raise NotAllowed(GONE)
    check_may_move(held.status, Quote.Status.RECALLED, Quote.TRANSITIONS)
    _recall(held, because, by=by)
    log(release, "releases.recall_quote", user=by, data={"because": because})


@transaction.atomic
def recall_again(quote: Quote, *, because: str, by=None) -> None:
    """Recalls a quote that came back with a backup; nobody is behind it, so `by` is empty."""
    strike_words(quote.release.area, {quote.mark}, by=by)
    _recall(quote, because, by=by)
    log(quote.release, "releases.recall_quote", user=by, data={"because": because})


def _recall(quote: Quote, because: str, *, by=None, keeps_mark: bool = True) -> None:
    quote.status, quote.because, quote.words = Quote.Status.RECALLED, because, ""
    quote.edition, quote.item, quote.audience = None, "", ""
    quote.recalled_by, quote.recalled_on = by, timezone.localdate()
    quote.was_public = quote.release.status == Release.Status.PUBLISHED
    # As long as the comment is there, its mark keeps it from coming back.
    quote.mark = quote.mark if keeps_mark else None
    quote.save()


@transaction.atomic
def recall_fallen(keys: Collection[uuid.UUID], *, is_erased: bool, by=None) -> None:
    """Recalls what was quoted of these comments, which are erased or decided on anew; nobody has to ask for it."""
    marks = [mark_of(key) for key in keys]
    because = Quote.Reason.TAKEN_BACK if is_erased else Quote.Reason.DECIDED_ANEW
    for quote in Quote.objects.select_for_update(of=("self",)).select_related("release").filter(mark__in=marks):
        if quote.status == Quote.Status.CHOSEN:
            _recall(quote, because, by=by, keeps_mark=not is_erased)
        elif is_erased:
            quote.mark = None
            quote.save()


@transaction.atomic
def recall_worrying(*, by=None) -> None:
    """Recalls for good what is quoted of responses about which there is a worry; the sweep has nobody behind it."""
    for area in Area.objects.filter(pk__in=Quote.objects.standing().order_by().values("release__area")):
        fell = marks_that_fell(area)
        found = Quote.objects.standing().filter(mark__in=fell)
        for quote in found.select_for_update(of=("self",)).select_related("release"):
            _recall(quote, Quote.Reason.WORRY, by=by)


@transaction.atomic
def recall_of_area(area: Area, *, by=None) -> None:
    """Recalls every quote of a fictional area that is erased as a whole."""
    for quote in Quote.objects.filter(release__area=area).select_related("release"):
        if quote.status == Quote.Status.CHOSEN:
            _recall(quote, Quote.Reason.TAKEN_BACK, by=by, keeps_mark=False)
    Quote.objects.filter(release__area=area).update(mark=None)


@transaction.atomic
def move_quote(quote: Quote, *, up: bool, by) -> None:
    """Puts a quote one place up or down among those that are read."""
    release = quote.release
    _check(by, ORDER, release)
    _lock(release)
    if release.status not in IN_ORDER:
        raise NotAllowed("Quotes are put in order once a second person has approved them.")
    keys = [one.key for one in quotes_of(release).shown]
    if quote.pk not in keys:
        raise NotAllowed(GONE)
    at = keys.index(quote.pk)
    keys.insert(max(at - 1, 0) if up else at + 1, keys.pop(at))
    for place, key in enumerate(keys, start=1):
        Quote.objects.filter(pk=key).update(place=place)
    log(release, "releases.order_quotes", user=by)
