"""Who may hear what is said in a wave: named by an officer, and bound to what was said while they were named."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from surveys.design.frozen import instrument_of
from surveys.fieldwork.models import Wave
from surveys.frame.policies import NotAllowed
from surveys.instrument.hearers import HEARERS

HEAR = "fieldwork.hear_conversation"
NAME = "fieldwork.name_hearer"


class HearerQuerySet(models.QuerySet["Hearer"]):
    """Ways to reach those who are named."""

    def visible_to(self, user, permission: str) -> HearerQuerySet:
        """Those named for waves of the areas in which a role of this person carries the permission."""
        return self.filter(wave__in=Wave.objects.visible_to(user, permission))

    def of(self, wave: Wave) -> HearerQuerySet:
        """Everybody who is or was named for a wave, in the order of the list."""
        return self.filter(wave=wave).select_related("person").order_by("pk")

    def named_now(self) -> HearerQuerySet:
        """Those whose naming has not been ended."""
        return self.filter(until=None)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refused: who was named when a child chose stays known as long as the wave."""
        raise NotAllowed(NEVER_CHANGED)

    def update(self, **changed: Any) -> int:
        """Refused, but for the day on which it ended: another person would hear what was said to this one."""
        if set(changed) != {"until"}:
            raise NotAllowed(NEVER_CHANGED)
        return super().update(**changed)


NEVER_CHANGED = "Who was named to hear a child is never changed or deleted. End it, and name the next person."


class Hearer(models.Model):
    """That one member of staff is, to the children of a wave, somebody whom they can choose to be heard by.

    What a child chooses is this row, not the category: who is named later for the same category hears nothing of it.
    """

    class Privacy:
        why = "So that a child can choose who hears them, and nobody else does."
        kept = "As long as the wave."
        scrub = {
            "person": "harmless: the account it names has no name any more.",
            "named_by": "harmless: the account it names has no name any more.",
        }
        personal = {"person": "Which member of staff may hear.", "named_by": "Which officer named them."}
        plain = {"id", "wave", "category", "number", "since", "until"}

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="hearers")
    category = models.CharField(max_length=20, choices=list(HEARERS.items()))
    # Counts within one category of one wave.
    number = models.PositiveSmallIntegerField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = HearerQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["wave", "category", "number"], name="hearer_numbered_once"),
            models.UniqueConstraint(
                fields=["wave", "category"], condition=Q(until=None), name="hearer_once_in_a_category"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="hearer_ends_after_being_named"
            ),
        ]

    def save(self, *args, **kwargs) -> None:
        """Stores a new one; of one that is there only the day on which it ended."""
        if not self._state.adding and list(kwargs.get("update_fields") or ()) != ["until"]:
            raise NotAllowed(NEVER_CHANGED)
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs) -> tuple[int, dict[str, int]]:
        """Refused, as for many."""
        raise NotAllowed(NEVER_CHANGED)

    @property
    def code(self) -> str:
        """What a device sends for this choice: which person of which category, without a name."""
        return f"{self.category}.{self.number}"

    @property
    def can_hear(self) -> bool:
        """Whether this person may still open what was said to them."""
        return self.until is None and may_hear(self.person, self.wave)


def may_hear(person, wave: Wave) -> bool:
    """Whether an account is open and a role in the wave's area lets it hear conversations."""
    return person.is_active and person.has_perm(HEAR, wave)


def is_subject(person, wave: Wave) -> bool:
    """Whether the questions of a conversation are about this person, who is named in it as that to the children."""
    about = instrument_of(wave.edition_id).about
    return bool(about) and Hearer.objects.of(wave).named_now().filter(category=about, person=person).exists()


def hearers_of(wave: Wave) -> list[Hearer]:
    """Those whom a child can choose in a wave today, in the order of the list."""
    named = Hearer.objects.of(wave).named_now().select_related("person", "wave")
    places = list(HEARERS)
    return sorted((one for one in named if one.can_hear), key=lambda one: places.index(one.category))
