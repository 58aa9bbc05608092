"""What was taken back from the public for good, and takes it back anew where a backup has brought it back."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.contrib.auth import get_user_model
from django.db import transaction

from feedback.releases.actions import withdraw_again
from feedback.releases.models import Quote, Release, ReleaseState
from feedback.releases.quote_actions import recall_again


def recalled_quotes() -> Iterator[str]:
    """Which quotes were recalled, and why."""
    for key, because in Quote.objects.filter(status=Quote.Status.RECALLED).values_list("pk", "because"):
        yield f"{key} {because}"


@transaction.atomic
def recall_those(named: Collection[str]) -> int:
    """Recalls the quotes that came back with a backup."""
    reasons = dict(one.split(" ", 1) for one in named)
    standing = Quote.objects.standing().filter(pk__in=reasons).select_related("release")
    for quote in standing:
        recall_again(quote, because=reasons[str(quote.pk)])
    return len(standing)


def withdrawn_releases() -> Iterator[str]:
    """Which releases were withdrawn, and the number of the account that did it."""
    states = ReleaseState.objects.filter(status=Release.Status.WITHDRAWN, release__status=Release.Status.WITHDRAWN)
    for code, by in states.values_list("release__code", "by"):
        yield f"{by} {code}"


def withdraw_those(named: Collection[str]) -> int:
    """Withdraws the releases that came back with a backup."""
    who = {code: by for by, code in (one.split(" ", 1) for one in named)}
    published = Release.objects.filter(code__in=who, status=Release.Status.PUBLISHED)
    for release in published:
        # Where the account is newer than the backup, it is said of whoever had published it.
        by = get_user_model().objects.filter(pk=who[release.code]).first()
        withdraw_again(release, by=by or release.states.order_by("pk").last().by)
    return len(published)
