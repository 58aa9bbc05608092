"""Writing down that somebody tried to find a person in a release; the record stays as it was written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from feedback.releases.intruder_tests import RECORD, IntruderTest
from feedback.releases.models import Release
from feedback.releases.tested import STOPS


@transaction.atomic
def record_test(
    release: Release,
    *,
    who: str,
    knew: Iterable[str],
    sources: Iterable[str],
    hours: int,
    result: str,
    tried_on: date,
    tested_by=None,
    outside: str = "",
    corrects: IntruderTest | None = None,
    by,
) -> IntruderTest:
    """Keeps a record of one try with the release, by somebody who did not make it; nobody can change it later."""
    if not by.has_perm(RECORD, release):
        raise PermissionDenied("You have no role in this area that lets you do this.")
    # Whoever publishes it at the same moment sees this record, or this record sees that it is out.
    release.refresh_from_db(from_queryset=Release.objects.select_for_update())
    test = IntruderTest(
        release=release, who=who, tested_by=tested_by, outside=outside.strip(), hours=hours, result=result,
        knew=_known(IntruderTest.Knew, knew, "knew"), sources=_known(IntruderTest.Source, sources, "sources"),
        tried_on=tried_on, by=by, on=timezone.localdate(), corrects=corrects,
    )  # fmt: skip
    _check_who(test)
    _check_when(test)
    _check_correction(test)
    test.full_clean()
    _check_is_new(test)
    test.save()
    log(release, RECORD, user=by, data={"result": result, "corrects": corrects.pk if corrects else None})
    return test


def _known(choices, codes: Iterable[str], field: str) -> list[str]:
    given = set(codes)
    if not given or not given <= set(choices.values):
        raise ValidationError({field: "Choose at least one from the list."})
    return [code for code in choices.values if code in given]


def _check_who(test: IntruderTest) -> None:
    """Nobody tests their own release, or writes down that somebody did."""
    authors = test.release.authors()
    if test.by_id in authors:
        raise ValidationError("You helped to make this release, so someone else must write down its test.")
    if test.tested_by_id in authors:
        raise ValidationError({"tested_by": "They helped to make this release, so someone else must test it."})
    is_staff = test.who == IntruderTest.Who.STAFF
    if is_staff and test.tested_by is None:
        raise ValidationError({"tested_by": "Say which member of staff tried."})
    if not is_staff and test.tested_by is not None:
        raise ValidationError({"tested_by": "Leave this empty for somebody from outside."})
    if not is_staff and not test.outside:
        raise ValidationError({"outside": "Say in a few words what they do. Do not write a name."})
    if is_staff and test.outside:
        raise ValidationError({"outside": "Leave this empty for a member of staff."})


def _check_when(test: IntruderTest) -> None:
    made = test.release.states.order_by("pk").values_list("on", flat=True).first()
    if test.tried_on > test.on:
        raise ValidationError({"tried_on": "This day has not come yet."})
    if made and test.tried_on < made:
        raise ValidationError({"tried_on": f"The release was made on {made:%-d %B %Y}, so nobody tried before."})


def _check_correction(test: IntruderTest) -> None:
    """What says that somebody was found is not taken back by whoever wrote it, nor twice."""
    earlier = test.corrects
    if earlier is None:
        return
    if earlier.release_id != test.release_id:
        raise ValidationError("This record is about another release.")
    if IntruderTest.objects.filter(corrects=earlier).exists():
        raise ValidationError("This record was put right already. Put the later one right.")
    if earlier.result in STOPS and test.result not in STOPS and earlier.by_id == test.by_id:
        raise ValidationError(
            "You wrote that somebody was found, or may have been, so someone else must write that it was not so."
        )


def _check_is_new(test: IntruderTest) -> None:
    """A form that is sent twice is one record."""
    what = ("release", "who", "tested_by", "outside", "knew", "sources", "hours", "result", "tried_on", "by", "on")
    same = {name: getattr(test, name) for name in what}
    if IntruderTest.objects.filter(**same, corrects=test.corrects).exists():
        raise ValidationError("This is written down already, word for word.")
