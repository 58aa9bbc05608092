"""The names that questions of editions are counted under, kept from the first figure on. A module of models."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django.db import models

from feedback.anonymisation.models import CodedResponse
from feedback.releases.series import AskedEdition, names_of_editions
from surveys.design.models import Edition
from surveys.design.series import meanings_said
from surveys.frame.policies import NotAllowed
from surveys.instrument.document import Instrument


class CountedName(models.Model):
    """Under which name a question of an edition is counted: kept with the first figure, and never changed.

    Whether a series breaks may be said later. Answers that were counted under one name would then be counted once more
    under another, and so be in more figures than the noise carries.
    """

    class Privacy:
        personal = {}
        plain = {"id", "edition", "item", "name"}

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=63)
    name = models.CharField(max_length=70)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "item"], name="counted_under_one_name")]


def names_kept() -> dict[tuple[int, str], str]:
    """The names that are settled, by edition and item."""
    rows = CountedName.objects.values_list("edition_id", "item", "name")
    return {(edition, item): name for edition, item, name in rows}


def names_of(editions: Collection[Edition], instruments: Mapping[int, Instrument]) -> dict[int, dict[str, str]]:
    """The names of the questions of these editions, in the order in which they were frozen: settled, or as of now."""
    surveys = {edition.pk: edition.survey for edition in editions}

    def means_the_same(before: AskedEdition, after: AskedEdition, item: str) -> bool:
        said = meanings_said(surveys[after.key], before.number, after.number).get(item)
        return said is not None and said.is_same

    asked = (AskedEdition(one.pk, one.survey_id, one.number, instruments[one.pk]) for one in editions)
    return names_of_editions(asked, settled=names_kept(), means_the_same=means_the_same)


def keep_names(names: Mapping[int, Mapping[str, str]], *, area_ids: Iterable[int]) -> None:
    """Settles the names of every edition that was answered in these areas; in the transaction that stores figures."""
    answered = CodedResponse.objects.counted().filter(area__in=list(area_ids)).order_by()
    editions = sorted(answered.values_list("edition_id", flat=True).distinct())
    wanted = {(edition, item): name for edition in editions for item, name in names[edition].items()}
    missing = wanted.keys() - names_kept().keys()
    rows = [CountedName(edition_id=key[0], item=key[1], name=wanted[key]) for key in sorted(missing)]
    # Somebody may settle the same ones for another area at this moment: whoever is second waits, and reads what came
    # of it. In one order, so that two never wait for each other.
    CountedName.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    kept = names_kept()
    for key, name in wanted.items():
        if kept[key] != name:
            raise NotAllowed(f"While this was counted, somebody else settled how {key[1]} is counted. Start again.")
