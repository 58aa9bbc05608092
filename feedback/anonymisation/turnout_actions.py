"""Counts how many have answered in each part of a wave: once a week, in steps of five, and never downwards.

Kept in the field's own room, because who looks at it may not see an answer. The number itself is kept nowhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from feedback.anonymisation.turnout import last_sunday
from feedback.disclosure.turnout import in_steps
from surveys.design.models import Edition
from surveys.fieldwork.models import Invitation, Turnout, Wave
from surveys.fieldwork.occasions import OccasionPack
from surveys.responses.models import Response, ResponseQuerySet

# A line, a service and a stage.
Key = tuple[str, int | None, int | None]


def count_turnout(*, today: date | None = None, by=None) -> int:
    """Counts every wave that was not counted since Sunday, and says how many; no person is behind it.

    It is not logged: an entry has a time, and who looks at the log may know who was asked shortly before.
    """
    sunday = last_sunday(today or timezone.localdate())
    due = [wave.pk for wave in _waves() if _is_due(wave, sunday)]
    for pk in due:
        _count(pk, sunday)
    return len(due)


def _waves():
    """Those that are or were in the field; what is said in a conversation is never counted."""
    in_field = Wave.objects.exclude(status=Wave.Status.PLANNED).exclude(edition__in=Edition.objects.never_counted())
    return in_field.only("status", "closed_on", "grace_days", "counted_through").order_by("pk")


def _is_due(wave: Wave, sunday: date) -> bool:
    """Whether somebody may have answered since it was counted, up to this Sunday."""
    counted = wave.counted_through
    return counted is None or (counted < sunday and wave.takes_answers_on(counted + timedelta(days=1)))


@transaction.atomic
def _count(pk: int, sunday: date) -> None:
    wave = Wave.objects.select_for_update().get(pk=pk)
    if wave.counted_through and wave.counted_through >= sunday:
        return
    answered = _by_line(_may_count(Response.objects.filter(wave=wave, received_on__lte=sunday)))
    used = _by_line(Invitation.objects.filter(wave=wave, is_used=True))
    for key in answered.keys() | used.keys():
        _keep(wave, key, answered[key], used[key])
    _keep_both_times(wave, sunday)
    wave.counted_through = sunday
    wave.save(update_fields=["counted_through"])


def _may_count(responses: ResponseQuerySet) -> ResponseQuerySet:
    return responses.exclude(status__in=(Response.Status.ASIDE, Response.Status.LEFT_OUT))


def count_anew(wave: Wave, *, without: ResponseQuerySet, by=None) -> None:
    """Lets the next sweep count a wave anew; the parts from which answers were put aside begin at nothing.

    The others keep their steps, of which one that went down would tell of somebody who took their answers back. Whoever
    calls this has asked for the permission, and logs it.
    """
    for line, service, stage in _by_line(without):
        wave.turnout.filter(line=line, service=service, stage=stage).delete()
    Wave.objects.filter(pk=wave.pk).update(counted_through=None)


def _keep_both_times(wave: Wave, sunday: date) -> None:
    """Of a wave after something: how many of its cards were used before as well, in steps that never go down.

    Once nobody can answer any more, the two times of a card forget each other.
    """
    pack = OccasionPack.objects.select_for_update().filter(after=wave).first()
    if pack is None:
        return
    before = Invitation.objects.filter(wave=pack.before_id, is_used=True, twin__isnull=False).values("twin")
    both = Invitation.objects.filter(wave=wave, is_used=True, twin__in=before).count()
    pack.used_both = max(pack.used_both, in_steps(both))
    pack.save(update_fields=["used_both"])
    if not wave.takes_answers_on(sunday + timedelta(days=1)):
        Invitation.objects.filter(wave__in=[pack.before_id, pack.after_id]).update(twin=None)


def _by_line(rows) -> Counter[Key]:
    """How many rows each line of a wave holds."""
    found: Counter[Key] = Counter()
    for service, stage, many in rows.values_list("service_id", "stage_id").annotate(Count("pk")).order_by():
        for line in _lines(service, stage):
            found[line] += many
    return found


def _lines(service: int | None, stage: int | None) -> Iterable[Key]:
    """The lines one row is counted in."""
    yield Turnout.Line.WHOLE, None, None
    yield Turnout.Line.SERVICE, service, None
    if stage:
        yield Turnout.Line.STAGE, None, stage
    if stage and service:
        yield Turnout.Line.BOTH, service, stage


def _keep(wave: Wave, key: Key, answered: int, used: int) -> None:
    """A step that was reached stays: one that is taken back would show that somebody took their answers back."""
    answered, used = in_steps(answered), in_steps(used)
    if not answered and not used:
        return
    line, service, stage = key
    kept, _ = Turnout.objects.get_or_create(wave=wave, line=line, service_id=service, stage_id=stage)
    kept.answered, kept.cards_used = max(kept.answered, answered), max(kept.cards_used, used)
    kept.save(update_fields=["answered", "cards_used"])
