"""Whom somebody chose to be heard by, and who has heard it: sealed beside the response.

Nothing but `surveys.instrument.promises` says where it is kept. A choice is of people as they were named when it was
made (`surveys.fieldwork.hearers`), so that nobody who is named later hears what was said to somebody else.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import date

from django.db import models

from surveys.fieldwork.models import Wave
from surveys.responses.sealed import CannotOpenWords, SealedJSON


class ChosenHearersQuerySet(models.QuerySet["ChosenHearers"]):
    """Ways to reach choices."""

    def of(self, response_key: uuid.UUID) -> ChosenHearersQuerySet:
        """What was chosen with one response."""
        return self.filter(response_key=response_key)


class ChosenHearers(models.Model):
    """Who may hear one response, as its respondent chose; nobody but safeguarding where the choice is empty.

    `chosen` holds the keys of those who were named; `heard`, by such a key, the day on which it was heard and whether
    a safeguarding lead did it in their place.
    """

    class Privacy:
        why = "So that a child decides who hears them, and sees who has."
        kept = "As long as the answers; who has heard it as long as the receipt leads there."
        scrub = "rows"
        personal = {
            "response_key": "Which stored response it belongs to. Deleted with the response.",
            "chosen": "Whom the respondent chose, sealed. Emptied when the answers go.",
            "heard": "Which of them have heard it, and on which day, sealed, so that the receipt can say so.",
        }
        plain = {"wave"}

    response_key = models.UUIDField(primary_key=True)
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="+")
    chosen = SealedJSON(default=list)
    heard = SealedJSON(default=dict)

    objects = ChosenHearersQuerySet.as_manager()

    def heard_on(self, hearer: int) -> date | None:
        """The day on which one of them has heard it, or a lead in their place; nothing if nobody has."""
        return date.fromisoformat(self.heard[str(hearer)]["on"]) if str(hearer) in self.heard else None

    def was_in_place(self, hearer: int) -> bool:
        """Whether it was a safeguarding lead, in place of the one who was chosen."""
        return bool(self.heard.get(str(hearer), {}).get("in_place"))


def keep_hearers(response_key: uuid.UUID, wave_id: int, chosen: Iterable[int]) -> None:
    """Seals whom somebody chose, for one response; an empty choice is kept as well."""
    ChosenHearers.objects.create(response_key=response_key, wave_id=wave_id, chosen=sorted(chosen))


def chosen_among(hearers: Iterable[int], *, waves: Iterable[int]) -> Mapping[uuid.UUID, ChosenHearers]:
    """What in these waves one of these people may hear, by response. What does not open is with the leads as it is."""
    wanted, found = set(hearers), {}
    for one in ChosenHearers.objects.filter(wave__in=list(waves)):
        try:
            if wanted.intersection(one.chosen):
                found[one.response_key] = one
        except CannotOpenWords:
            continue
    return found


def note_heard(response_key: uuid.UUID, hearer: int, *, on: date, in_place: bool = False) -> bool:
    """Notes the first day on which somebody who was chosen heard it; False if it was noted, or they were not chosen.

    Called inside a transaction, by `feedback.safeguarding` only, which has logged the look.
    """
    kept = ChosenHearers.objects.select_for_update(of=("self",)).of(response_key).first()
    if kept is None or hearer not in kept.chosen or str(hearer) in kept.heard:
        return False
    kept.heard = {**kept.heard, str(hearer): {"on": on.isoformat(), "in_place": in_place}}
    kept.save(update_fields=["heard"])
    return True


def forget_hearers(response_keys: Iterable[uuid.UUID]) -> int:
    """Empties the choices with the answers of these responses; who had heard them stays with the receipt."""
    return ChosenHearers.objects.filter(response_key__in=list(response_keys)).update(chosen=[])
