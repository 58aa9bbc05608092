"""Loading a scale held under licence, whole or not at all, and ending its use."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from surveys.fieldwork.licences import LOAD, LicensedScale
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed
from surveys.frame.tables import BadTable, check_columns, table_of
from surveys.instrument.licensed import Licensed, as_document
from surveys.instrument.licensed_reading import COLUMNS, NEEDED, BadScale, read_licensed
from surveys.instrument.wording import LANGUAGES


def read_scale(content: bytes) -> Licensed:
    """The version of a scale that a table holds; BadTable names each line and what is wrong with it."""
    table = table_of(content)
    check_columns(table.header, needed=NEEDED, known=lambda name: name in COLUMNS)
    try:
        return read_licensed((line.number, line.values) for line in table.lines)
    except BadScale as problem:
        raise BadTable(problem.faults) from problem


@transaction.atomic
def load_scale(area: Area, content: bytes, *, by) -> LicensedScale:
    """From now on families of the area are asked in these words; what was answered before keeps its own."""
    _check(by, area)
    licensed, today = read_scale(content), timezone.localdate()
    # Two at the same moment come one after the other.
    Area.objects.select_for_update().get(pk=area.pk)
    if licensed.expires_on < today:
        raise BadTable(
            [f"This licence ended on {licensed.expires_on:%d.%m.%Y}. Load it with the day until which it runs."]
        )
    _check_words_stay(licensed)
    now = LicensedScale.objects.current().version_of(licensed.record, licensed.version).filter(area=area)
    now.update(ended_on=today)
    made = LicensedScale.objects.create(
        area=area, record=licensed.record, version=licensed.version, number=licensed.number,
        expires_on=licensed.expires_on, content=as_document(licensed), digest=licensed.digest, loaded_by=by,
        loaded_on=today,
    )  # fmt: skip
    log(area, "fieldwork.load_scale", user=by, data={"scale": licensed.record, "version": licensed.version})
    return made


def _check_words_stay(licensed: Licensed) -> None:
    """Under one licence a version has one wording in each language, in whichever area it is loaded."""
    for before in LicensedScale.objects.version_of(licensed.record, licensed.version).filter(number=licensed.number):
        for language in set(licensed.languages) & set(before.licensed.languages):
            if licensed.wording(language) != before.licensed.wording(language):
                raise BadTable([_difference(licensed, before.licensed, language)])


def _difference(licensed: Licensed, before: Licensed, language: str) -> str:
    changed = [item for item, texts in licensed.items.items() if texts[language] != before.items[item].get(language)]
    where = f"the item {changed[0]}" if changed else "an option, the notice or the introduction"
    return (
        f"In {LANGUAGES[language]}, {where} is worded otherwise than it was loaded under this licence before, and the "
        "wording of a licensed scale may not be changed. Copy it again; if the licence itself has new words, load "
        "them under its new number or as a new version."
    )


@transaction.atomic
def end_scale(scale: LicensedScale, *, by) -> None:
    """Nobody is asked with it any more; what was scored stays to be looked at."""
    _check(by, scale.area)
    scale.refresh_from_db(from_queryset=LicensedScale.objects.select_for_update(of=("self",)))
    if scale.ended_on is not None:
        raise NotAllowed("This has been ended already.")
    scale.ended_on = timezone.localdate()
    scale.save(update_fields=["ended_on"])
    log(scale.area, "fieldwork.end_scale", user=by, data={"scale": scale.record, "version": scale.version})


def _check(by, area: Area) -> None:
    if not by.has_perm(LOAD, area):
        raise PermissionDenied("You have no role in this area that lets you do this.")
